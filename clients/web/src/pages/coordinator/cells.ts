// SPDX-License-Identifier: Apache-2.0
// The cells of the status matrix: for each participant and event one state.
import { type Day, dayOf } from "~/api/dates";
import { formStanding, type SayCourse, type Standing, visitStanding } from "~/course/labels";
import { type VisitEntry, Visit_State } from "~/gen/reprise/phase/v1/course_pb";
import { type Instance, Instance_State } from "~/gen/reprise/questionnaire/v1/response_pb";

export interface EventColumn {
  readonly key: string;
  readonly kind: "visit" | "form";
  readonly title: Record<string, string>;
  // Of a questionnaire.
  readonly timepoint: string;
  readonly timepointTitle?: Record<string, string>;
  readonly code: string;
}

export interface Cell {
  readonly standing: Standing;
  readonly late: boolean;
  readonly due: boolean;
}

// Visits in the order of the document, then questionnaires by their first appearance in the schedule.
export function columnsOf(kinds: readonly { visit: string; title: Record<string, string> }[], forms: readonly Instance[]): EventColumn[] {
  const columns: EventColumn[] = kinds.map((kind) => ({ key: `visit ${kind.visit}`, kind: "visit", title: kind.title, timepoint: "", code: kind.visit }));
  const seen = new Map<string, EventColumn & { order: number }>();
  for (const form of forms) {
    const key = `form ${form.timepoint} ${form.instrumentId}`;
    if (!seen.has(key)) seen.set(key, { key, kind: "form", title: form.title, timepoint: form.timepoint, timepointTitle: form.timepointTitle, code: form.instrumentId, order: orderOf(form.timepoint) });
  }
  return [...columns, ...[...seen.values()].sort((a, b) => a.order - b.order || a.code.localeCompare(b.code))];
}

function orderOf(timepoint: string): number {
  if (timepoint === "baseline") return 0;
  const months = /^T0\+(\d+)m$/.exec(timepoint)?.[1];
  return months === undefined ? 1 : 1 + Number(months);
}

// Where a participant has several visits of a kind, the one that is still to be done, else the last.
export function cellsOf(say: SayCourse, visits: readonly VisitEntry[], forms: readonly Instance[], now: Day): Map<string, Map<string, Cell>> {
  // Thousands of cells share a dozen words.
  const words = new Map<string, string>();
  const t: SayCourse = (key) => {
    let word = words.get(key);
    if (word === undefined) words.set(key, (word = say(key)));
    return word;
  };
  const rows = new Map<string, Map<string, Cell>>();
  const rowOf = (id: string) => {
    let row = rows.get(id);
    if (row === undefined) rows.set(id, (row = new Map()));
    return row;
  };
  const open = new Set<string>();
  for (const visit of visits) {
    if (visit.state === Visit_State.RESCHEDULED) continue;
    const key = `visit ${visit.visit}`;
    const place = `${visit.participantId} ${key}`;
    if (open.has(place)) continue;
    const waits = visit.state === Visit_State.PLANNED || visit.state === Visit_State.EXPECTED;
    if (waits) open.add(place);
    const windowEnd = dayOf(visit.windowEndDate);
    const windowStart = dayOf(visit.windowStartDate);
    const standing = visitStanding(t, { state: visit.state, date: dayOf(visit.date), windowStart, windowEnd, inWindow: visit.inWindow }, now);
    rowOf(visit.participantId).set(key, { standing, late: waits && (standing.shape === "late" || standing.shape === "diamond"), due: standing.shape === "star" });
  }
  for (const form of forms) {
    const due = form.state === Instance_State.OPEN || form.state === Instance_State.IN_PROGRESS;
    rowOf(form.participantId).set(`form ${form.timepoint} ${form.instrumentId}`, {
      standing: formStanding(t, form), late: form.state === Instance_State.MISSED, due,
    });
  }
  return rows;
}
