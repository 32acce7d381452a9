// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from "vitest";
import { cumulate, targetIn, ticks } from "./curve";

describe("cumulate", () => {
  it("counts sites together and keeps the months without anybody", () => {
    expect(cumulate([{ month: "2025-11", count: 2 }, { month: "2025-11", count: 1 }, { month: "2026-02", count: 4 }], "2025-10", "2026-02")).toEqual([
      { month: "2025-10", count: 0, sum: 0 },
      { month: "2025-11", count: 3, sum: 3 },
      { month: "2025-12", count: 0, sum: 3 },
      { month: "2026-01", count: 0, sum: 3 },
      { month: "2026-02", count: 4, sum: 7 },
    ]);
  });
  it("is empty without months", () => expect(cumulate([], "", "")).toEqual([]));
});

describe("targetIn", () => {
  const steps = [{ from: "2025-01-15", participants: 200 }, { from: "2025-09-01", participants: 300 }];
  it.each([["2024-12", undefined], ["2025-01", 200], ["2025-08", 200], ["2025-09", 300], ["2027-01", 300]])(
    "in %s it is %s", (month, target) => expect(targetIn(steps, month)).toBe(target));
});

describe("ticks", () => {
  it.each([[0, [0, 1]], [3, [0, 1, 2, 3]], [40, [0, 10, 20, 30, 40]], [420, [0, 200, 400, 600]]])(
    "for %s", (most, marks) => expect(ticks(most)).toEqual(marks));
});
