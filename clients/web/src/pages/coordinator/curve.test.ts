// SPDX-License-Identifier: Apache-2.0
import { create } from "@bufbuild/protobuf";
import { expect, test } from "vitest";
import { FlowCountsSchema } from "~/gen/reprise/cohort/v1/allocation_pb";
import { forecastOf, nextMonth, paceOf, pointsOf } from "./curve";

const counts = [
  ["A", "2026-01", 2], ["A", "2026-03", 3], ["B", "2026-02", 4], ["A", "", 5], ["B", "", 4],
].map(([site, month, enrolled]) => create(FlowCountsSchema, { site: String(site), month: String(month), enrolled: Number(enrolled) }));

test("months without a count stay, and sums over all months are not counted twice", () => {
  expect(pointsOf(counts, "", "2026-04").map((each) => [each.month, each.enrolled, each.cumulated]))
    .toEqual([["2026-01", 2, 2], ["2026-02", 4, 6], ["2026-03", 3, 9], ["2026-04", 0, 9]]);
  expect(pointsOf(counts, "A", "2026-03").map((each) => each.cumulated)).toEqual([2, 2, 5]);
  expect(pointsOf([], "", "2026-03")).toEqual([]);
});

test("the month after December is January", () => {
  expect(nextMonth("2026-12")).toBe("2027-01");
  expect(nextMonth("2026-11", 14)).toBe("2028-01");
});

test("the forecast goes by the last three whole months", () => {
  const points = pointsOf(counts, "", "2026-04");
  // 2, 4 and 3 a month; 9 of 40: 31 are missing, at 3 a month eleven months after April.
  expect(paceOf(points)).toBe(3);
  expect(forecastOf(points, 40)).toEqual({ kind: "month", month: "2027-03" });
  expect(forecastOf(points, 9)).toEqual({ kind: "reached" });
  expect(forecastOf(pointsOf(counts, "", "2026-12"), 40)).toEqual({ kind: "none" });
  expect(forecastOf(points, 0)).toEqual({ kind: "none" });
});
