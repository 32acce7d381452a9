// SPDX-License-Identifier: Apache-2.0
// What the counts of one questionnaire say. Later, cancelled and unknown ones are not expected.
import type { CompletenessCount } from "~/gen/reprise/questionnaire/v1/questionnaire_service_pb";
import type { Shape, SignTone } from "~/parts/sign";

type Counts = Pick<CompletenessCount, "inWindow" | "outOfWindow" | "open" | "missed">;

export function answered(count: Counts): number {
  return count.inWindow + count.outOfWindow;
}

export function expected(count: Counts): number {
  return answered(count) + count.open + count.missed;
}

export interface CompletenessStanding {
  readonly shape: Shape;
  readonly tone: SignTone;
  readonly key: "standing_later" | "standing_complete" | "standing_open" | "standing_missed";
}

export function standing(count: Counts): CompletenessStanding {
  if (expected(count) === 0) return { shape: "empty", tone: "mute", key: "standing_later" };
  if (count.missed > 0) return { shape: "late", tone: "warn", key: "standing_missed" };
  if (count.open > 0) return { shape: "half", tone: "calm", key: "standing_open" };
  return { shape: "full", tone: "good", key: "standing_complete" };
}
