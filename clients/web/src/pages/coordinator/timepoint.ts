// SPDX-License-Identifier: Apache-2.0
import type { Say } from "~/text/text";
import type { Key } from "./text";

// What people call the timepoint of a questionnaire; the document's own code where it is another.
export function timepointOf(t: Say<Key>, timepoint: string): string {
  if (timepoint === "baseline") return t("timepoint_baseline");
  if (timepoint === "transition") return t("timepoint_transition");
  const months = /^T0\+(\d+)m$/.exec(timepoint)?.[1];
  return months === undefined ? timepoint : t("timepoint_t0", { months });
}
