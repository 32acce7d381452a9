// SPDX-License-Identifier: Apache-2.0
// Who sees no colours tells states by their shapes.
import { isValidElement } from "react";
import { describe, expect, test } from "vitest";
import { endpointStanding, formStanding, legalStanding, type SayCourse, type Standing, statusStanding, visitStanding } from "~/course/labels";
import { course } from "~/course/text";
import { ParticipantStatus } from "~/gen/reprise/enrolment/v1/screening_pb";
import { Visit_State } from "~/gen/reprise/phase/v1/course_pb";
import { Instance_State } from "~/gen/reprise/questionnaire/v1/response_pb";
import { wireOf } from "~/api/dates";
import { DRAWINGS } from "~/parts/sign";
import { say } from "~/text/text";

const t: SayCourse = (key, values) => say(course, "fr", key, values);
const valuesOf = (states: Record<string, string | number>) => Object.values(states).filter((each): each is number => typeof each === "number");

const NOW = "2026-11-22";
const LEGENDS: Readonly<Record<string, readonly Standing[]>> = {
  participants: valuesOf(ParticipantStatus).filter((each) => each !== ParticipantStatus.UNSPECIFIED).map((each) => statusStanding(t, each)),
  visits: [
    ...valuesOf(Visit_State).map((state) => visitStanding(t, { state, inWindow: true }, NOW)),
    visitStanding(t, { state: Visit_State.PLANNED, date: "2026-11-21", inWindow: true }, NOW),
    visitStanding(t, { state: Visit_State.DONE, windowEnd: "2026-11-01", inWindow: false }, NOW),
    visitStanding(t, { state: Visit_State.EXPECTED, windowEnd: "2026-11-21", inWindow: true }, NOW),
    visitStanding(t, { state: Visit_State.EXPECTED, windowStart: "2026-11-21", windowEnd: "2026-11-30", inWindow: true }, NOW),
  ],
  questionnaires: [
    ...valuesOf(Instance_State).map((state) => formStanding(t, { state, outOfWindow: false })),
    formStanding(t, { state: Instance_State.SUBMITTED, outOfWindow: true }),
    formStanding(t, { state: Instance_State.SCHEDULED, outOfWindow: false, windowOpenDate: wireOf("2027-01-01")! }),
  ],
  legal: ["not_applicable", "possible", "due", "done", "late", "waived"].map((each) => legalStanding(t, each)),
  endpoint: ["reached", "not_reached", "competing", "not_ascertainable"].map((each) => endpointStanding(t, each)),
};

describe("states", () => {
  test.each(Object.entries(LEGENDS))("of %s have a shape each", (_, standings) => {
    const shapes = new Map<string, string>();
    for (const { shape, label } of standings) {
      expect([label, shapes.get(shape) ?? label]).toEqual([label, label]);
      shapes.set(shape, label);
    }
    expect(shapes.size).toBe(new Set(standings.map((each) => each.label)).size);
  });

  test("are drawn differently, colour apart", () => {
    const drawings = Object.values(DRAWINGS).map((drawing) => JSON.stringify(isValidElement(drawing) ? [drawing.type, drawing.props] : drawing));
    expect(new Set(drawings).size).toBe(drawings.length);
  });
});
