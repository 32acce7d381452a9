// SPDX-License-Identifier: Apache-2.0
// Answers and computed values as people write them.
import { useMemo } from "react";
import { type Choice, type Item, ItemType } from "~/gen/reprise/questionnaire/v1/instrument_pb";
import { Missing } from "~/gen/reprise/questionnaire/v1/response_pb";
import { common } from "~/text/common";
import { sentenceOf } from "~/text/reasons";
import { type Formats, useFormats } from "~/text/format";
import type { Language } from "~/text/language";
import { type Say, told, useText } from "~/text/text";
import type { Field, Form, Standing } from "./form";
import { boundsOf, type Given } from "./reading";
import { type TextKey, texts } from "./text";
import { CivilDay, daysOfText, numberOfText } from "./value";

// What answers belong to; `version` tells that they changed.
export interface Answered {
  readonly form: Form;
  readonly standing: Standing;
  readonly version: number;
}

export function labelOf(choice: Choice): string {
  return told(choice.label) || choice.code;
}

// 12,5 and 12 000 as they are stored: 12.5 and 12000.
export function storedNumber(typed: string): string {
  return typed.replace(/[\s\u00a0\u202f]/g, "").replace(",", ".");
}

export function writtenNumber(stored: string, language: Language): string {
  return language === "fr" ? stored.replace(".", ",") : stored;
}

function isoDay(days: number): string {
  return new Date(days * 86_400_000).toISOString().slice(0, 10);
}

function partial(text: string, formats: Formats): string {
  if (daysOfText(text) !== undefined) return formats.longDay(text);
  return /^\d{4}-\d{2}$/.test(text) ? `${formats.monthName(Number(text.slice(5)))} ${text.slice(0, 4)}` : text;
}

function withUnit(text: string, item: Item): string {
  const unit = told(item.unit?.label) || item.unit?.code || "";
  return unit === "" ? text : `${text}\u00a0${unit}`;
}

const KINDS: Readonly<Partial<Record<Missing, TextKey>>> = {
  [Missing.REFUSED]: "prefer_not", [Missing.NOT_APPLICABLE]: "not_applicable", [Missing.NOT_ASKED]: "not_asked", [Missing.NOT_ANSWERED]: "unanswered",
};

function faultOf(t: Say<TextKey>, field: Field, reason: string, bound: (field: Field, text: string) => string): string {
  if (reason === "ANSWER_OUT_OF_RANGE" && field.type !== ItemType.TEXT) {
    const { low, high } = boundsOf(field);
    const { min = "", max = "" } = field.type === ItemType.SCALE ? { min: String(low ?? ""), max: String(high ?? "") } : field.item.hard ?? {};
    if (low !== undefined && high !== undefined) return t("fault_range", { low: bound(field, min), high: bound(field, max) });
    if (low !== undefined) return t("fault_low", { low: bound(field, min) });
    if (high !== undefined) return t("fault_high", { high: bound(field, max) });
  }
  if (reason === "ANSWER_MALFORMED" && (field.type === ItemType.INTEGER || field.type === ItemType.DECIMAL)) {
    return t(field.type === ItemType.INTEGER ? "fault_integer" : "fault_number");
  }
  if (reason === "ANSWER_MALFORMED" && field.type === ItemType.DATE) return t("fault_date");
  return sentenceOf(reason, t("language"));
}

const STAFF: Readonly<Partial<Record<Missing, TextKey>>> = { ...KINDS, [Missing.REFUSED]: "staff_refused", [Missing.NOT_APPLICABLE]: "staff_not_applicable" };

// `staff`: about her answers, rather than to her.
export function useShowing(of?: Answered, staff = false) {
  const t = useText(texts);
  const c = useText(common);
  const formats = useFormats();
  return useMemo(() => {
    const language = t("language") as Language;
    const plain = (type: ItemType, text: string): string => {
      switch (type) {
        case ItemType.DATE: return daysOfText(text) === undefined ? text : formats.longDay(text);
        case ItemType.PARTIAL_DATE: return partial(text, formats);
        case ItemType.TIME: case ItemType.TEXT: return text;
        default: return numberOfText(text) === undefined ? text : writtenNumber(text, language);
      }
    };
    const labels = (field: Field, value: string): string =>
      value.split("|").map((code) => field.choices.find((each) => each.code === code)).map((each) => (each === undefined ? value : labelOf(each))).join(", ");
    const kind = (missing: Missing): string => {
      if (staff) return t(STAFF[missing] ?? "unanswered");
      const own = of?.form.instrument.missingCodes.find((each) => (each.kind as number) === (missing as number));
      return told(own?.label) || t(KINDS[missing] ?? "unanswered");
    };
    const bound = (field: Field, text: string) => withUnit(plain(field.type, text), field.item);
    const answer = (field: Field, given: Given): string => {
      if (given.missing !== Missing.UNSPECIFIED) return kind(given.missing);
      if (given.value === "") return "";
      if (field.type === ItemType.SINGLE_CHOICE || field.type === ItemType.MULTIPLE_CHOICE) return labels(field, given.value);
      return withUnit(plain(field.type, given.value), field.item);
    };
    return {
      // Why there is no answer, in the words of the instrument where it has any.
      kind,
      // Empty where there is neither an answer nor a reason for none.
      answer,
      // What is wrong with an answer, for a reason.
      fault: (field: Field, reason: string) => faultOf(t, field, reason, bound),
      // That an answer is taken, but should be looked at again.
      unusual: (field: Field, given: Given) => t("unusual", { value: answer(field, given) }),
      // Of a computed item.
      value(item: Item): string {
        const value = of?.standing.computed.get(item.code) ?? null;
        if (value === null) return "–";
        if (value instanceof CivilDay) return formats.longDay(isoDay(value.days));
        if (typeof value === "boolean") return c(value ? "yes" : "no");
        if (typeof value === "string") return value;
        const rounded = Number(value.toFixed(item.decimals ?? 2));
        return withUnit(writtenNumber(String(rounded), language), item);
      },
    };
  }, [t, c, formats, of, of?.version, staff]);
}
