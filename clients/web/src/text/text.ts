// SPDX-License-Identifier: Apache-2.0
// Texts that people read stand in pairs of files fr.json and en.json beside the pages that show them.
// A text may hold {name}, and {count|one form|other forms} for plurals. A key that one of the two lacks
// does not compile; text.test.ts compares the placeholders.
import { useMemo } from "react";
import { currentLanguage, type Language, useLanguage } from "./language";

export type Values = Readonly<Record<string, string | number>>;
export type Texts<Key extends string> = Readonly<Record<Language, Readonly<Record<Key, string>>>>;
export type Say<Key extends string> = (key: Key, values?: Values) => string;

// Both files of a pair; `en` must have the keys of `fr`, and no others.
export function pair<Fr extends Record<string, string>, En extends Record<keyof Fr, string>>(
  fr: Fr,
  en: En & Record<Exclude<keyof En, keyof Fr>, never>,
): Texts<Extract<keyof Fr, string>> {
  return { fr, en };
}

export function say<Key extends string>(texts: Texts<Key>, language: Language, key: Key, values: Values = {}): string {
  return fill(texts[language][key] ?? key, language, values);
}

export function useText<Key extends string>(texts: Texts<Key>): Say<Key> {
  const language = useLanguage();
  return useMemo(() => (key, values) => say(texts, language, key, values), [texts, language]);
}

export function fill(text: string, language: Language, values: Values): string {
  return text.replace(/\{(\w+)(?:\|([^|}]*)\|([^}]*))?\}/g, (whole, name: string, one?: string, other?: string) => {
    const value = values[name];
    if (value === undefined) return whole;
    if (one === undefined) return typeof value === "number" ? new Intl.NumberFormat(language).format(value) : value;
    const form = new Intl.PluralRules(language).select(Number(value)) === "one" ? one : other!;
    return form.replaceAll("#", new Intl.NumberFormat(language).format(Number(value)));
  });
}

// "Visite : suivi" in French, "Visit: follow-up" in English.
export function labelled(label: string, value: string): string {
  return currentLanguage() === "fr" ? `${label}\u00a0: ${value}` : `${label}: ${value}`;
}

// A text that a document of the trial gives by language, as `title` of a stage.
export function told(texts: Readonly<Record<string, string>> | undefined, language: Language = currentLanguage()): string {
  if (texts === undefined) return "";
  return texts[language] || texts["fr"] || texts["en"] || Object.values(texts)[0] || "";
}

// A sentence that a service wrote, set as its language is: curly apostrophes and, in French, signs that
// stay on the line.
export function typeset(sentence: string, language: Language = currentLanguage()): string {
  const curly = sentence.replace(/(\p{L})'(?=\p{L})/gu, "$1’");
  return language === "fr" ? curly.replace(/ (?=[:;?!»%])/g, "\u00a0").replace(/« /g, "«\u00a0") : curly;
}
