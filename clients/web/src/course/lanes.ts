// SPDX-License-Identifier: Apache-2.0
// A course as lanes of blocks and marks, before anything is drawn: the drawing and its table are made
// from the same entries, so that they cannot say different things.
import { addDays, type Day, dayOf, daysBetween } from "~/api/dates";
import { type Course, Milestone_Kind, Visit_State } from "~/gen/reprise/phase/v1/course_pb";
import { type Instance, Instance_State } from "~/gen/reprise/questionnaire/v1/response_pb";
import { told } from "~/text/text";
import type { Language } from "~/text/language";
import { formStanding, type SayCourse, type Standing, visitStanding, workLabel } from "./labels";
import type { CourseKey } from "./text";

export type LaneName = "work" | "phase" | "leave" | "treatment" | "visit" | "form";

export interface Entry {
  readonly lane: LaneName;
  readonly label: string;
  // For narrow blocks.
  readonly short: string;
  readonly from: Day;
  // Inclusive; undefined while it goes on. Marks have `from` alone.
  readonly until?: Day | undefined;
  // Blocks of work: their kind and the share worked, 0 to 1.
  readonly kind?: number;
  readonly share?: number;
  // Marks: their state, and the window of the protocol.
  readonly standing?: Standing;
  readonly window?: readonly [Day, Day];
  readonly T0?: boolean;
}

export interface Titles {
  readonly visits: ReadonlyMap<string, Record<string, string>>;
}

export function entriesOf(t: SayCourse, language: Language, course: Course, forms: readonly Instance[], titles: Titles, now: Day): Entry[] {
  const entries: Entry[] = [];
  for (const episode of course.workStatus) {
    entries.push({
      lane: "work", label: workLabel(t, episode), short: workLabel(t, episode, true), from: dayOf(episode.startDate)!,
      until: dayOf(episode.endDate), kind: episode.kind, share: (episode.percent ?? 0) / 100,
    });
  }
  for (const phase of course.phases) {
    const label = t(`phase_${phase.kind}` as CourseKey);
    entries.push({ lane: "phase", label, short: label, from: dayOf(phase.startDate)!, until: dayOf(phase.endDate), kind: phase.kind });
  }
  for (const episode of course.leaveEpisodes) {
    const label = t("endpoint_days", { days: episode.days });
    entries.push({ lane: "leave", label, short: label, from: dayOf(episode.startDate)!, until: dayOf(episode.endDate)! });
  }
  for (const milestone of course.milestones) {
    const label = t(`milestone_${milestone.kind}` as CourseKey);
    const T0 = milestone.kind === Milestone_Kind.ACTIVE_TREATMENT_END;
    entries.push({
      lane: "treatment", label, short: label, from: dayOf(milestone.date)!, T0,
      standing: { shape: T0 ? "star" : "empty", tone: "calm", label: "" },
    });
  }
  for (const visit of course.visits) {
    const label = told(titles.visits.get(visit.visit), language) || visit.visit;
    const window = windowOf(dayOf(visit.windowStartDate), dayOf(visit.windowEndDate));
    const date = dayOf(visit.date);
    if (date === undefined || visit.state === Visit_State.RESCHEDULED) continue;
    const standing = visitStanding(t, { ...visit, date, windowStart: window?.[0], windowEnd: window?.[1] }, now);
    entries.push({ lane: "visit", label, short: label, from: date, standing, ...(window && { window }) });
  }
  // Forms of one timepoint stand together, with the least finished state.
  const groups = new Map<string, Instance[]>();
  for (const form of forms) groups.set(form.timepoint, [...(groups.get(form.timepoint) ?? []), form]);
  for (const group of groups.values()) {
    for (const form of oneOfEachState(group)) {
      const window = windowOf(dayOf(form.windowOpenDate), dayOf(form.windowCloseDate));
      const from = dayOf(form.answeredDate) ?? dayOf(form.targetDate);
      if (from === undefined) continue;
      const same = group.filter((each) => each.state === form.state && each.outOfWindow === form.outOfWindow);
      const label = same.map((each) => told(each.title, language) || each.instrumentId).join(", ");
      entries.push({ lane: "form", label, short: label, from, standing: formStanding(t, form), ...(window && { window }) });
    }
  }
  return entries;
}

function oneOfEachState(forms: readonly Instance[]): Instance[] {
  const found = new Map<string, Instance>();
  for (const form of forms) found.set(`${form.state} ${form.outOfWindow}`, found.get(`${form.state} ${form.outOfWindow}`) ?? form);
  return [...found.values()].filter((form) => form.state !== Instance_State.CANCELLED);
}

function windowOf(from: Day | undefined, until: Day | undefined): readonly [Day, Day] | undefined {
  return from === undefined || until === undefined ? undefined : [from, until];
}

export interface Scale {
  readonly from: Day;
  readonly until: Day;
  // 0 to 1.
  at(day: Day): number;
  // First days of months (or quarters where there are many).
  readonly ticks: readonly Day[];
}

// From the first day that matters to a little after the last; at least half a year.
export function scaleOf(entries: readonly Entry[], now: Day): Scale {
  const days = entries.flatMap((entry) => [entry.from, ...(entry.until ? [entry.until] : []), ...(entry.window ?? [])]);
  const sorted = [...days, now].sort();
  const first = `${sorted[0]!.slice(0, 7)}-01`;
  const least = addDays(first, 183);
  const last = sorted.at(-1)!;
  const until = monthAfter(last > least ? last : least);
  const span = daysBetween(first, until);
  const months: Day[] = [];
  for (let day = first; day <= until; day = monthAfter(day)) months.push(day);
  const step = months.length > 30 ? 6 : months.length > 14 ? 3 : 1;
  const ticks = months.filter((day) => (Number(day.slice(5, 7)) - 1) % step === 0 && day < until);
  return { from: first, until, ticks, at: (day) => Math.min(1, Math.max(0, daysBetween(first, day) / span)) };
}

function monthAfter(day: Day): Day {
  return `${addDays(`${day.slice(0, 7)}-28`, 7).slice(0, 7)}-01`;
}

// Marks that would cover one another move to a row of their own.
export function rowsOf(entries: readonly Entry[], scale: Scale, gap: number): number[] {
  const ends: number[] = [];
  return entries.map((entry) => {
    const at = scale.at(entry.from);
    let row = ends.findIndex((end) => at - end >= gap);
    if (row < 0) row = ends.length;
    ends[row] = at;
    return row;
  });
}

