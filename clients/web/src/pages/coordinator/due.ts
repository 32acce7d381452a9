// SPDX-License-Identifier: Apache-2.0
// What waits at a site on a day, the most urgent first. The services say what is awaited and in which
// window; here it is only sorted.
import { addDays, type Day, dayOf } from "~/api/dates";
import type { ConsentStanding } from "~/gen/reprise/enrolment/v1/screening_pb";
import { type VisitEntry, Visit_State } from "~/gen/reprise/phase/v1/course_pb";
import { type Instance, Instance_State } from "~/gen/reprise/questionnaire/v1/response_pb";

export type Group = "overdue" | "now" | "soon" | "renew";
export const GROUPS: readonly Group[] = ["overdue", "now", "soon", "renew"];

export interface Due {
  readonly group: Group;
  readonly participantId: string;
  // Empty where only her id is known.
  readonly code: string;
  // Sorted by it; undefined where nothing limits it.
  readonly deadline: Day | undefined;
  readonly visit?: VisitEntry;
  readonly form?: Instance;
  readonly consent?: ConsentStanding;
}

// Later than this a missed questionnaire is no longer asked for every day; it stays on the matrix.
export const STALE_DAYS = 60;

export function dueOf(visits: readonly VisitEntry[], forms: readonly Instance[], consents: readonly ConsentStanding[], now: Day): Due[] {
  const soon = addDays(now, 7);
  const stale = addDays(now, -STALE_DAYS);
  const found: Due[] = [];
  for (const visit of visits) {
    const group = groupOfVisit(visit, now, soon, stale);
    if (group === undefined) continue;
    const deadline = visit.state === Visit_State.PLANNED ? dayOf(visit.date) : group === "soon" ? dayOf(visit.windowStartDate) : dayOf(visit.windowEndDate);
    found.push({ group, participantId: visit.participantId, code: visit.participantCode, deadline, visit });
  }
  for (const form of forms) {
    const opens = dayOf(form.windowOpenDate);
    const closes = dayOf(form.windowCloseDate);
    const base = { participantId: form.participantId, code: "", form };
    if (form.state === Instance_State.OPEN || form.state === Instance_State.IN_PROGRESS) found.push({ ...base, group: "now", deadline: closes });
    if (form.state === Instance_State.MISSED && form.takesAnswers && closes !== undefined && closes >= stale) found.push({ ...base, group: "overdue", deadline: closes });
    if (form.state === Instance_State.SCHEDULED && opens !== undefined && opens > now && opens <= soon) found.push({ ...base, group: "soon", deadline: opens });
  }
  for (const consent of consents) {
    found.push({ group: "renew", participantId: consent.consent?.participantId ?? "", code: consent.participantCode, deadline: dayOf(consent.renewalDueDate), consent });
  }
  return found.sort((a, b) =>
    GROUPS.indexOf(a.group) - GROUPS.indexOf(b.group) ||
    (a.deadline ?? "9999").localeCompare(b.deadline ?? "9999") || a.code.localeCompare(b.code));
}

function groupOfVisit(visit: VisitEntry, now: Day, soon: Day, stale: Day): Group | undefined {
  if (visit.state === Visit_State.PLANNED) {
    const date = dayOf(visit.date);
    if (date === undefined) return undefined;
    return date < now ? "overdue" : date === now ? "now" : date <= soon ? "soon" : undefined;
  }
  if (visit.state !== Visit_State.EXPECTED) return undefined;
  const opens = dayOf(visit.windowStartDate);
  const closes = dayOf(visit.windowEndDate);
  if (opens === undefined || closes === undefined) return undefined;
  if (closes < now) return closes >= stale ? "overdue" : undefined;
  if (opens <= now) return "now";
  return opens <= soon ? "soon" : undefined;
}
