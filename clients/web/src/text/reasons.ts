// SPDX-License-Identifier: Apache-2.0
// The sentence for each reason of a refusal (docs/errors.md). Participants load those that they can meet
// alone; the staff's pages add theirs. text.test.ts compares the keys with the reasons in the protos.
import { fill, pair, type Texts } from "./text";
import en from "./reasons.all.en.json";
import fr from "./reasons.all.fr.json";

const reasons: Record<"fr" | "en", Record<string, string>> = { ...pair(fr, en) };

export function addReasons(more: Texts<string>): void {
  for (const language of ["fr", "en"] as const) reasons[language] = { ...reasons[language], ...more[language] };
}

export function sentenceOf(reason: string, language: string, about: Readonly<Record<string, string>> = {}): string {
  const spoken = language === "en" ? "en" : "fr";
  const known = reasons[spoken][reason];
  return known === undefined ? fill(reasons[spoken]["OTHER"]!, spoken, { reason }) : fill(known, spoken, about);
}
