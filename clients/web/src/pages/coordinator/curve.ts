// SPDX-License-Identifier: Apache-2.0
// Enrolments by month, cumulated, and how long the pace of the last months would take to the target.
import type { FlowCounts } from "~/gen/reprise/cohort/v1/allocation_pb";

export interface Point {
  // "2026-11"
  readonly month: string;
  readonly screened: number;
  readonly consented: number;
  readonly enrolled: number;
  readonly randomised: number;
  readonly cumulated: number;
}

export function nextMonth(month: string, by = 1): string {
  const at = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 + by;
  return `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, "0")}`;
}

// Every month from the first count to `until`, also those without one; of one site, or of all.
export function pointsOf(counts: readonly FlowCounts[], site: string, until: string): Point[] {
  const own = counts.filter((each) => each.month !== "" && (site === "" || each.site === site));
  const first = own.map((each) => each.month).sort()[0];
  if (first === undefined) return [];
  const points: Point[] = [];
  let cumulated = 0;
  for (let month = first; month <= until; month = nextMonth(month)) {
    const now = own.filter((each) => each.month === month);
    const sum = (of: (each: FlowCounts) => number) => now.reduce((total, each) => total + of(each), 0);
    const enrolled = sum((each) => each.enrolled);
    cumulated += enrolled;
    points.push({ month, screened: sum((each) => each.screened), consented: sum((each) => each.consented), enrolled, randomised: sum((each) => each.randomised), cumulated });
  }
  return points;
}

// Of the last three whole months before the current one.
export function paceOf(points: readonly Point[]): number {
  const whole = points.slice(0, -1).slice(-3);
  return whole.length === 0 ? 0 : whole.reduce((total, each) => total + each.enrolled, 0) / whole.length;
}

export type Forecast = { readonly kind: "reached" } | { readonly kind: "none" } | { readonly kind: "month"; readonly month: string };

export function forecastOf(points: readonly Point[], target: number): Forecast {
  const last = points.at(-1);
  if (last === undefined || target === 0) return { kind: "none" };
  if (last.cumulated >= target) return { kind: "reached" };
  const pace = paceOf(points);
  if (pace === 0) return { kind: "none" };
  return { kind: "month", month: nextMonth(last.month, Math.ceil((target - last.cumulated) / pace)) };
}
