// SPDX-License-Identifier: Apache-2.0
// What journeys need to have happened before: candidates, participants and their courses of their own,
// made through the gateway as the person who is logged in would, so that no journey leans on another's.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";

export const day = (offset = 0) => {
  const date = new Date(Date.now() + offset * 86_400_000);
  return new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Paris" }).format(date);
};

export const wire = (text) => {
  const [year, month, date] = text.split("-").map(Number);
  return { year, month, day: date };
};

// Calls a method as the person in the browser; `method` is `enrolment.v1.EnrolmentService/ListParticipants`.
export async function call(person, method, request) {
  const answer = await person.page.evaluate(async ([path, body]) => {
    const response = await fetch(path, {
      method: "POST", headers: { "Content-Type": "application/json", "X-Reprise-Csrf": "1" }, body: JSON.stringify(body),
    });
    return { status: response.status, body: await response.json() };
  }, [`/reprise.${method}`, request]);
  assert.equal(answer.status, 200, `${method}: ${JSON.stringify(answer.body).slice(0, 400)}`);
  return answer.body;
}

export async function placeOf(person, siteCode) {
  const { studies } = await call(person, "study.v1.StudyService/ListStudies", {});
  const { study, sites } = studies[0];
  return { studyId: study.studyId, siteId: sites.find((site) => site.code === siteCode).siteId };
}

// Syllables; nobody is called so, and nobody twice.
export function someone() {
  const syllables = ["ba", "ri", "lo", "tu", "ne", "ma", "vi", "so", "ka", "de", "pu", "zo"];
  const word = (count) => Array.from({ length: count }, () => syllables[Math.floor(Math.random() * syllables.length)]).join("");
  return { birthName: `${word(4)}`, givenName: word(3), birthDate: "1980-05-17" };
}

export async function screened(person, siteCode, { identity = someone(), on = day(-40), stage = "PILOT" } = {}) {
  const place = await placeOf(person, siteCode);
  return call(person, "enrolment.v1.EnrolmentService/ScreenCandidate", {
    requestId: randomUUID(), ...place, stage, screenedDate: wire(on), identity: { ...identity, birthDate: wire(identity.birthDate) },
  });
}

// Enrolled some weeks ago, with leave, T0 and a work situation where `course` is true. `ago`: days since.
export async function enrolled(person, siteCode, { course = true, ago = 38, formVersion = "2.0", stage } = {}) {
  const screening = await screened(person, siteCode, { on: day(-ago - 2), stage });
  const participant = await call(person, "enrolment.v1.EnrolmentService/RecordConsent", {
    requestId: randomUUID(), screeningId: screening.screeningId, form: "MAIN_CONSENT", formVersion, signedDate: wire(day(-ago)), mode: "CONSENT_MODE_PAPER",
  });
  const participantId = participant.participantId;
  await call(person, "enrolment.v1.EnrolmentService/EnrolParticipant", { requestId: randomUUID(), participantId, enrolledDate: wire(day(-ago)) });
  if (course) {
    const phase = (method, request) => call(person, `phase.v1.PhaseService/${method}`, { requestId: randomUUID(), participantId, ...request });
    await phase("RecordMilestone", { kind: "KIND_CHEMOTHERAPY_START", date: wire(day(-200)) });
    await phase("RecordMilestone", { kind: "KIND_ACTIVE_TREATMENT_END", date: wire(day(-30)) });
    await phase("RecordLeave", { issuedDate: wire(day(-100)), startDate: wire(day(-100)), endDate: wire(day(20)), kind: "KIND_INITIAL", cause: "CAUSE_ILLNESS" });
    await phase("ChangeWorkStatus", { kind: "KIND_SICK_LEAVE", startDate: wire(day(-100)) });
    await phase("ChangePhase", { kind: "KIND_LEAVE", startDate: wire(day(-38)), trigger: "ENROLMENT" });
  }
  return { participantId, code: participant.code, screeningId: screening.screeningId };
}

export async function assigned(person, participantId, siteCode) {
  const { physicians } = await call(person, "enrolment.v1.EnrolmentService/ListPhysicians", await placeOf(person, siteCode));
  const userId = physicians.find((each) => each.displayName.includes(siteCode))?.userId ?? physicians[0].userId;
  await call(person, "enrolment.v1.EnrolmentService/AssignPhysician", { requestId: randomUUID(), participantId, userId });
}
