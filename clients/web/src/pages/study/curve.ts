// SPDX-License-Identifier: Apache-2.0
// Recruitment month by month, and the target of the time.

export interface MonthCount {
  // 2025-06
  readonly month: string;
  readonly count: number;
}

export interface CurvePoint {
  readonly month: string;
  readonly count: number;
  readonly sum: number;
}

export function nextMonth(month: string): string {
  const [year, number] = month.split("-").map(Number) as [number, number];
  return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, "0")}`;
}

// Every month from the first until the last of both, those without anybody too.
export function cumulate(counts: readonly MonthCount[], from: string, until: string): CurvePoint[] {
  const by = new Map<string, number>();
  for (const each of counts) by.set(each.month, (by.get(each.month) ?? 0) + each.count);
  const months = [...by.keys(), from, until].filter((month) => month !== "").sort();
  const points: CurvePoint[] = [];
  if (months.length === 0) return points;
  const last = months[months.length - 1]!;
  let sum = 0;
  for (let month = months[0]!; month <= last && points.length < 600; month = nextMonth(month)) {
    const count = by.get(month) ?? 0;
    sum += count;
    points.push({ month, count, sum });
  }
  return points;
}

export interface TargetStep {
  readonly from: string;
  readonly participants: number;
}

// The target that counted on the last day of a month; undefined before the first.
export function targetIn(steps: readonly TargetStep[], month: string): number | undefined {
  return steps.filter((step) => step.from.slice(0, 7) <= month).at(-1)?.participants;
}

// Round numbers from 0 to at least `most`, at most `steps` intervals.
export function ticks(most: number, steps = 4): number[] {
  if (most <= 0) return [0, 1];
  const rough = most / steps;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max(1, [1, 2, 5, 10].map((each) => each * power).find((each) => each >= rough)!);
  const marks: number[] = [];
  for (let mark = 0; mark < most + step; mark += step) marks.push(mark);
  return marks;
}
