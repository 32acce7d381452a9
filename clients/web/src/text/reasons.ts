// SPDX-License-Identifier: Apache-2.0
// The sentence for each reason of a refusal (docs/errors.md). text.test.ts compares the keys with the
// reasons that the protos document.
import { fill, pair } from "./text";
import en from "./reasons.en.json";
import fr from "./reasons.fr.json";

const reasons = pair(fr, en);

export function sentenceOf(reason: string, language: string, about: Readonly<Record<string, string>> = {}): string {
  const texts: Readonly<Record<string, string>> = language === "en" ? reasons.en : reasons.fr;
  const known = texts[reason];
  if (known !== undefined) return fill(known, language === "en" ? "en" : "fr", about);
  return fill(texts["OTHER"]!, language === "en" ? "en" : "fr", { reason });
}
