// SPDX-License-Identifier: Apache-2.0
// What the states of a course are called and which shape stands for each.
import { useMemo } from "react";
import type { Day } from "~/api/dates";
import { ParticipantStatus } from "~/gen/reprise/enrolment/v1/screening_pb";
import { Visit_State, type WorkStatusEpisode, WorkStatusEpisode_Kind as Work } from "~/gen/reprise/phase/v1/course_pb";
import { type Instance, Instance_State } from "~/gen/reprise/questionnaire/v1/response_pb";
import type { Shape, SignTone } from "~/parts/sign";
import { type Say, useText } from "~/text/text";
import { course, type CourseKey } from "./text";

export interface Standing {
  readonly shape: Shape;
  readonly tone: SignTone;
  readonly label: string;
}

export type SayCourse = Say<CourseKey>;

export function useCourseText(): SayCourse {
  return useText(course);
}

// The text of a code that documents or services give; `other` where this client does not know it yet.
export function known(prefix: string, code: string, other: CourseKey): CourseKey {
  const key = `${prefix}${code}`;
  return key in course.fr ? (key as CourseKey) : other;
}

export const WORKING: ReadonlySet<Work> = new Set([Work.THERAPEUTIC_PART_TIME, Work.FULL_TIME, Work.CONTRACTUAL_PART_TIME]);

export function workLabel(t: SayCourse, episode: Pick<WorkStatusEpisode, "kind" | "percent">, short = false): string {
  const kind = t(`work_${short ? "short_" : ""}${episode.kind}` as CourseKey);
  const told = episode.percent !== undefined && episode.kind !== Work.FULL_TIME;
  return told ? t("work_percent", { kind, percent: episode.percent! }) : kind;
}

const STATUS: Readonly<Record<number, readonly [Shape, SignTone]>> = {
  [ParticipantStatus.CONSENTED]: ["empty", "calm"],
  [ParticipantStatus.SCREEN_FAILED]: ["barred", "mute"],
  [ParticipantStatus.ENROLLED]: ["quarter", "calm"],
  [ParticipantStatus.RANDOMISED]: ["half", "good"],
  [ParticipantStatus.IN_FOLLOW_UP]: ["clock", "good"],
  [ParticipantStatus.COMPLETED]: ["full", "good"],
  [ParticipantStatus.WITHDRAWN]: ["cross", "bad"],
  [ParticipantStatus.LOST]: ["question", "warn"],
  [ParticipantStatus.DECEASED]: ["bar", "mute"],
};

export function statusStanding(t: SayCourse, status: ParticipantStatus): Standing {
  const [shape, tone] = STATUS[status] ?? ["question", "mute"];
  return { shape, tone, label: t(`status_${status || 1}` as CourseKey) };
}

interface VisitFacts {
  readonly state: Visit_State;
  readonly date?: Day | undefined;
  readonly windowStart?: Day | undefined;
  readonly windowEnd?: Day | undefined;
  readonly inWindow: boolean;
}

// `now` is the day on which somebody looks: a plan whose day has passed waits for an answer.
export function visitStanding(t: SayCourse, visit: VisitFacts, now: Day): Standing {
  switch (visit.state) {
    case Visit_State.PLANNED:
      return visit.date !== undefined && visit.date < now
        ? { shape: "diamond", tone: "bad", label: t("visit_planned_late") }
        : { shape: "clock", tone: "calm", label: t("visit_1") };
    case Visit_State.DONE:
      return !visit.inWindow && visit.windowEnd !== undefined
        ? { shape: "square", tone: "warn", label: t("visit_out_of_window") }
        : { shape: "full", tone: "good", label: t("visit_2") };
    case Visit_State.MISSED:
      return { shape: "cross", tone: "bad", label: t("visit_3") };
    case Visit_State.CANCELLED:
      return { shape: "bar", tone: "mute", label: t("visit_4") };
    case Visit_State.RESCHEDULED:
      return { shape: "arrow", tone: "calm", label: t("visit_5") };
    case Visit_State.EXPECTED:
      if (visit.windowEnd !== undefined && visit.windowEnd < now) return { shape: "late", tone: "bad", label: t("visit_late") };
      if (visit.windowStart !== undefined && visit.windowStart <= now) return { shape: "star", tone: "warn", label: t("visit_due") };
      return { shape: "empty", tone: "mute", label: t("visit_6") };
    default:
      return { shape: "question", tone: "mute", label: t("visit_0") };
  }
}

export function formStanding(t: SayCourse, form: Pick<Instance, "state" | "outOfWindow" | "windowOpenDate" | "targetDate">): Standing {
  switch (form.state) {
    case Instance_State.OPEN:
      return { shape: "star", tone: "warn", label: t("form_due") };
    case Instance_State.IN_PROGRESS:
      return { shape: "half", tone: "warn", label: t("form_4") };
    case Instance_State.SUBMITTED:
      return form.outOfWindow
        ? { shape: "square", tone: "warn", label: t("form_late_fill") }
        : { shape: "full", tone: "good", label: t("form_2") };
    case Instance_State.SCHEDULED:
      return form.windowOpenDate === undefined
        ? { shape: "dashed", tone: "mute", label: t("form_no_window") }
        : { shape: "empty", tone: "mute", label: t("form_3") };
    case Instance_State.MISSED:
      return { shape: "late", tone: "bad", label: t("form_5") };
    case Instance_State.CANCELLED:
      return { shape: "bar", tone: "mute", label: t("form_6") };
    default:
      return { shape: "question", tone: "mute", label: t("form_0") };
  }
}

const LEGAL: Readonly<Record<string, readonly [Shape, SignTone]>> = {
  not_applicable: ["bar", "mute"],
  possible: ["empty", "calm"],
  due: ["star", "warn"],
  done: ["full", "good"],
  late: ["late", "bad"],
  waived: ["cross", "mute"],
};

export function legalStanding(t: SayCourse, state: string): Standing {
  const [shape, tone] = LEGAL[state] ?? ["question", "mute"];
  return { shape, tone, label: t(known("legal_", state, "legal_possible")) };
}

const ENDPOINT: Readonly<Record<string, readonly [Shape, SignTone]>> = {
  reached: ["full", "good"],
  not_reached: ["empty", "calm"],
  competing: ["cross", "mute"],
  not_ascertainable: ["question", "warn"],
};

export function endpointStanding(t: SayCourse, state: string): Standing {
  const [shape, tone] = ENDPOINT[state] ?? ["question", "mute"];
  return { shape, tone, label: t(known("endpoint_", state, "endpoint_not_ascertainable")) };
}

// Titles that the study document gives to its codes, by code.
export function useTitles(list: readonly { code: string; title: Record<string, string> }[] | undefined): ReadonlyMap<string, Record<string, string>> {
  return useMemo(() => new Map((list ?? []).map((each) => [each.code, each.title])), [list]);
}

