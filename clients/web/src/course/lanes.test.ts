// SPDX-License-Identifier: Apache-2.0
import { create } from "@bufbuild/protobuf";
import { expect, test } from "vitest";
import { wireOf } from "~/api/dates";
import { CourseSchema, Timeline, WorkStatusEpisodeSchema } from "~/gen/reprise/phase/v1/course_pb";
import { type Entry, rowsOf, scaleOf } from "./lanes";
import { appended } from "./work";

const mark = (from: string): Entry => ({ lane: "visit", label: "", short: "", from });

test("a scale begins with a month, ends after the last day, and spans half a year at least", () => {
  const short = scaleOf([mark("2026-11-20")], "2026-11-22");
  expect([short.from, short.until]).toEqual(["2026-11-01", "2027-06-01"]);
  const long = scaleOf([mark("2025-02-10"), { ...mark("2025-03-01"), until: "2026-12-31" }], "2026-11-22");
  expect([long.from, long.until]).toEqual(["2025-02-01", "2027-01-01"]);
  // More than fourteen months: quarters, more than thirty: half-years.
  expect(long.ticks).toEqual(["2025-04-01", "2025-07-01", "2025-10-01", "2026-01-01", "2026-04-01", "2026-07-01", "2026-10-01"]);
  expect(long.at("2025-02-01")).toBe(0);
  expect(long.at("2027-01-01")).toBe(1);
});

test("marks that would cover one another move to rows of their own", () => {
  const scale = scaleOf([mark("2026-01-01"), mark("2026-12-31")], "2026-06-01");
  // A gap of a tenth of a year is about 36 days.
  expect(rowsOf([mark("2026-01-01"), mark("2026-01-15"), mark("2026-03-15"), mark("2026-03-16")], scale, 0.1)).toEqual([0, 1, 0, 1]);
});

const course = (...episodes: [number, string, string?][]) => create(CourseSchema, {
  workStatus: episodes.map(([kind, from, until]) => create(WorkStatusEpisodeSchema, { kind, startDate: wireOf(from)!, ...(until ? { endDate: wireOf(until)! } : {}) })),
});
const days = (found: ReturnType<typeof appended>) =>
  found?.workStatus.map((each) => [each.kind, each.startDate?.day, each.endDate?.day, each.percent]);
const wanted = { kind: 2, start: "2026-11-10", percent: 50, trigger: "" };

test("a change of work ends what was open on the eve, and fills a gap with the unknown", () => {
  expect(days(appended(course([1, "2026-11-01"]), Timeline.WORK_STATUS, wanted))).toEqual([[1, 1, 9, undefined], [2, 10, undefined, 50]]);
  expect(days(appended(course([1, "2026-11-01", "2026-11-05"]), Timeline.WORK_STATUS, wanted)))
    .toEqual([[1, 1, 5, undefined], [11, 6, 9, undefined], [2, 10, undefined, 50]]);
  expect(days(appended(course([1, "2026-11-01", "2026-11-09"]), Timeline.WORK_STATUS, wanted))).toEqual([[1, 1, 9, undefined], [2, 10, undefined, 50]]);
  expect(days(appended(course(), Timeline.WORK_STATUS, { ...wanted, kind: 3, percent: undefined }))).toEqual([[3, 10, undefined, 100]]);
});

test("what only the service can judge is left to it", () => {
  expect(appended(course([1, "2026-11-10"]), Timeline.WORK_STATUS, wanted)).toBeUndefined();
  expect(appended(course(), Timeline.WORK_STATUS, { ...wanted, start: "" })).toBeUndefined();
  expect(appended(course(), Timeline.WORK_STATUS, { ...wanted, kind: 0 })).toBeUndefined();
});
