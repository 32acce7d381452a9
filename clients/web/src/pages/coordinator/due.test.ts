// SPDX-License-Identifier: Apache-2.0
import { create } from "@bufbuild/protobuf";
import { expect, test } from "vitest";
import { wireOf } from "~/api/dates";
import { ConsentSchema, ConsentStandingSchema } from "~/gen/reprise/enrolment/v1/screening_pb";
import { VisitEntrySchema, Visit_State } from "~/gen/reprise/phase/v1/course_pb";
import { Instance_State, InstanceSchema } from "~/gen/reprise/questionnaire/v1/response_pb";
import { dueOf } from "./due";

const NOW = "2026-11-22";
const visit = (state: Visit_State, day?: string, from?: string, until?: string) => create(VisitEntrySchema, {
  participantId: "p", participantCode: "LYS-0001", visit: "V", state,
  ...(day ? { date: wireOf(day)! } : {}), ...(from ? { windowStartDate: wireOf(from)!, windowEndDate: wireOf(until)! } : {}),
});
const form = (state: Instance_State, from: string, until: string, takesAnswers = false) =>
  create(InstanceSchema, { participantId: "p", state, windowOpenDate: wireOf(from)!, windowCloseDate: wireOf(until)!, takesAnswers });

test.each([
  ["planned yesterday", visit(Visit_State.PLANNED, "2026-11-21"), "overdue"],
  ["planned today", visit(Visit_State.PLANNED, "2026-11-22"), "now"],
  ["planned within a week", visit(Visit_State.PLANNED, "2026-11-29"), "soon"],
  ["planned after a week", visit(Visit_State.PLANNED, "2026-11-30"), undefined],
  ["window closed yesterday", visit(Visit_State.EXPECTED, undefined, "2026-11-01", "2026-11-21"), "overdue"],
  ["window closed 60 days ago", visit(Visit_State.EXPECTED, undefined, "2026-09-01", "2026-09-23"), "overdue"],
  ["window closed 61 days ago", visit(Visit_State.EXPECTED, undefined, "2026-09-01", "2026-09-22"), undefined],
  ["last day of the window", visit(Visit_State.EXPECTED, undefined, "2026-11-01", "2026-11-22"), "now"],
  ["window opens today", visit(Visit_State.EXPECTED, undefined, "2026-11-22", "2026-12-22"), "now"],
  ["window opens in a week", visit(Visit_State.EXPECTED, undefined, "2026-11-29", "2026-12-22"), "soon"],
  ["no anchor yet", visit(Visit_State.EXPECTED), undefined],
  ["done", visit(Visit_State.DONE, "2026-11-20"), undefined],
  ["missed", visit(Visit_State.MISSED, "2026-11-20"), undefined],
])("a visit, %s", (_, entry, group) => {
  expect(dueOf([entry], [], [], NOW)[0]?.group).toBe(group);
});

test.each([
  ["open", form(Instance_State.OPEN, "2026-11-01", "2026-11-30", true), "now"],
  ["started", form(Instance_State.IN_PROGRESS, "2026-11-01", "2026-11-30", true), "now"],
  ["missed lately", form(Instance_State.MISSED, "2026-10-01", "2026-11-01", true), "overdue"],
  ["missed lately by somebody who left since", form(Instance_State.MISSED, "2026-10-01", "2026-11-01"), undefined],
  ["missed long ago", form(Instance_State.MISSED, "2026-07-01", "2026-08-01", true), undefined],
  ["opens tomorrow", form(Instance_State.SCHEDULED, "2026-11-23", "2026-12-23"), "soon"],
  ["opens next month", form(Instance_State.SCHEDULED, "2026-12-23", "2027-01-23"), undefined],
  ["submitted", form(Instance_State.SUBMITTED, "2026-11-01", "2026-11-30"), undefined],
])("a questionnaire, %s", (_, entry, group) => {
  expect(dueOf([], [entry], [], NOW)[0]?.group).toBe(group);
});

test("groups come by urgency, and each by its deadline", () => {
  const consent = create(ConsentStandingSchema, { consent: create(ConsentSchema, { participantId: "p" }), participantCode: "LYS-0002" });
  const found = dueOf(
    [visit(Visit_State.PLANNED, "2026-11-22"), visit(Visit_State.PLANNED, "2026-11-20"), visit(Visit_State.PLANNED, "2026-11-10")],
    [form(Instance_State.OPEN, "2026-11-01", "2026-11-23")], [consent], NOW);
  expect(found.map((each) => [each.group, each.deadline])).toEqual([
    ["overdue", "2026-11-10"], ["overdue", "2026-11-20"], ["now", "2026-11-22"], ["now", "2026-11-23"], ["renew", undefined],
  ]);
});
