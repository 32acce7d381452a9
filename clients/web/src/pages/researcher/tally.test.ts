// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from "vitest";
import { Instance_State as State } from "~/gen/reprise/questionnaire/v1/response_pb";
import { keyOf, tally } from "./tally";

const occasion = (state: State, outOfWindow = false, instrumentId = "diary") => ({ timepoint: "T0+4m", instrumentId, state, required: true, outOfWindow });

describe("tally", () => {
  it("expects what was answered, is open or was missed, and nothing that is later or was cancelled", () => {
    const sums = tally([
      occasion(State.SUBMITTED), occasion(State.SUBMITTED, true), occasion(State.OPEN), occasion(State.IN_PROGRESS), occasion(State.MISSED),
      occasion(State.SCHEDULED), occasion(State.CANCELLED), occasion(State.SUBMITTED, false, "leave"),
    ]);
    expect(sums.get(keyOf("T0+4m", "diary"))).toEqual({
      timepoint: "T0+4m", instrument: "diary", required: true, expected: 5, answered: 2, outOfWindow: 1, open: 2, missed: 1, later: 1, cancelled: 1,
    });
    expect(sums.get(keyOf("T0+4m", "leave"))?.answered).toBe(1);
  });
  it("is empty without occasions", () => expect(tally([]).size).toBe(0));
});
