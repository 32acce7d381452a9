// SPDX-License-Identifier: Apache-2.0
// How many questionnaires were answered of those that were expected, by timepoint and instrument.
import { type Instance, Instance_State as State } from "~/gen/reprise/questionnaire/v1/response_pb";

export interface Tally {
  readonly timepoint: string;
  readonly instrument: string;
  readonly required: boolean;
  // Their window has begun and nobody excused them: answered, open or missed.
  expected: number;
  answered: number;
  outOfWindow: number;
  open: number;
  missed: number;
  later: number;
  cancelled: number;
}

export function tally(occasions: ReadonlyArray<Pick<Instance, "timepoint" | "instrumentId" | "state" | "required" | "outOfWindow">>): Map<string, Tally> {
  const tallies = new Map<string, Tally>();
  for (const each of occasions) {
    const key = keyOf(each.timepoint, each.instrumentId);
    let sum = tallies.get(key);
    if (sum === undefined) {
      sum = { timepoint: each.timepoint, instrument: each.instrumentId, required: each.required, expected: 0, answered: 0, outOfWindow: 0, open: 0, missed: 0, later: 0, cancelled: 0 };
      tallies.set(key, sum);
    }
    if (each.state === State.SUBMITTED) {
      sum.answered++;
      if (each.outOfWindow) sum.outOfWindow++;
    } else if (each.state === State.OPEN || each.state === State.IN_PROGRESS) sum.open++;
    else if (each.state === State.MISSED) sum.missed++;
    else if (each.state === State.SCHEDULED) sum.later++;
    else sum.cancelled++;
    sum.expected = sum.answered + sum.open + sum.missed;
  }
  return tallies;
}

export function keyOf(timepoint: string, instrument: string): string {
  return `${timepoint} ${instrument}`;
}
