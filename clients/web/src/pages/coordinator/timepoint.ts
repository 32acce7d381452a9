// SPDX-License-Identifier: Apache-2.0
import { type Say, told } from "~/text/text";
import type { Key } from "./text";

// What people call the timepoint of a questionnaire: the words of the study document, else those of the usual
// timepoints, else the document's own code.
export function timepointOf(t: Say<Key>, timepoint: string, title?: Readonly<Record<string, string>>): string {
  const words = told(title);
  if (words !== "") return words;
  if (timepoint === "baseline") return t("timepoint_baseline");
  if (timepoint === "transition") return t("timepoint_transition");
  const months = /^T0\+(\d+)m$/.exec(timepoint)?.[1];
  return months === undefined ? timepoint : t("timepoint_t0", { months });
}

// A questionnaire and which time it is. Titles of occasions begin like sentences, so no comma goes before.
export function occasionName(form: string, occasion: string): string {
  return `${form} – ${occasion}`;
}
