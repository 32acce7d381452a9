// SPDX-License-Identifier: Apache-2.0
// Days, instants and numbers as people of either language write them.
import { useMemo } from "react";
import type { Day } from "~/api/dates";
import { type Language, useLanguage } from "./language";

const LOCALE: Readonly<Record<Language, string>> = { fr: "fr-FR", en: "en-GB" };

export interface Formats {
  // 22/11/2026
  day(day: Day | undefined): string;
  // 22 novembre 2026
  longDay(day: Day | undefined): string;
  // nov. 2026, for "2026-11"
  month(month: string): string;
  // novembre, for 11
  monthName(month: number): string;
  // 22/11/2026 14:05, in the time of the browser
  instant(instant: Date | undefined): string;
  number(value: number, digits?: number): string;
  // 0.8 as 80 %
  percent(share: number, digits?: number): string;
}

export function formatsOf(language: Language): Formats {
  const locale = LOCALE[language];
  const utc = { timeZone: "UTC" } as const;
  const short = new Intl.DateTimeFormat(locale, { ...utc, day: "2-digit", month: "2-digit", year: "numeric" });
  const long = new Intl.DateTimeFormat(locale, { ...utc, day: "numeric", month: "long", year: "numeric" });
  const month = new Intl.DateTimeFormat(locale, { ...utc, month: "short", year: "numeric" });
  const monthName = new Intl.DateTimeFormat(locale, { ...utc, month: "long" });
  const instant = new Intl.DateTimeFormat(locale, { dateStyle: "short", timeStyle: "short" });
  const at = (day: Day) => new Date(`${day}T00:00:00Z`);
  return {
    day: (day) => (day === undefined ? "–" : short.format(at(day))),
    // 1er septembre, as only the first day of a month is said.
    longDay: (day) => (day === undefined ? "–" : long.format(at(day)).replace(/^1 /, language === "fr" ? "1er " : "1 ")),
    month: (text) => month.format(at(`${text}-01`)),
    monthName: (number) => monthName.format(new Date(Date.UTC(2000, number - 1, 1))),
    instant: (when) => (when === undefined ? "–" : instant.format(when)),
    number: (value, digits = 0) =>
      new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value),
    percent: (share, digits = 0) =>
      new Intl.NumberFormat(locale, { style: "percent", minimumFractionDigits: digits, maximumFractionDigits: digits })
        .format(share),
  };
}

export function useFormats(): Formats {
  const language = useLanguage();
  return useMemo(() => formatsOf(language), [language]);
}
