// SPDX-License-Identifier: Apache-2.0
// A questionnaire that was missed and one that is cancelled, as she and her coordinator see them; the
// strata of a draw; pages in the dark and on paper.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { test } from "node:test";
import { call, day, enrolled, placeOf, wire } from "../people.mjs";
import { walk } from "../walk.mjs";

const house = await walk();

async function listed(person, participantId) {
  const { instances } = await call(person, "questionnaire.v1.QuestionnaireService/ListInstances", { participantId });
  return instances;
}

test("a missed questionnaire is still taken, a cancelled one is no more awaited", async () => {
  const person = await house.loggedIn("demo.coordinator.jme");
  const { page } = person;
  const { participantId } = await enrolled(person, "JME", { course: false, ago: 200, formVersion: "1.0" });
  const missed = (await listed(person, participantId)).filter((each) => each.state === "STATE_MISSED");
  assert.ok(missed.length > 0, "nothing is missed after 200 days");
  await page.goto(`/centre/participants/${participantId}/forms`);
  await page.getByText("Manqué", { exact: true }).first().waitFor();
  await person.look("coordinator-forms-missed");

  const link = await call(person, "access.v1.AccessService/CreateParticipantLink", { requestId: randomUUID(), participantId, language: "fr" });
  const she = await house.person({ size: "phone" });
  await she.page.goto(`/p#${link.token}`);
  await she.page.getByRole("button", { name: "Commencer", exact: true }).click();
  await she.page.getByText("Date dépassée").first().waitFor();
  await she.page.getByText("vous pouvez encore le remplir").first().waitFor();
  await she.look("participant-missed");
  await she.page.getByRole("button", { name: /^Remplir/ }).first().click();
  await she.page.waitForURL(/\/p\/q\//);
  await she.page.locator(".ask-progress").waitFor();

  await call(person, "enrolment.v1.EnrolmentService/WithdrawParticipant", { requestId: randomUUID(), participantId, kind: "WITHDRAWAL_KIND_CONTACT", withdrawalDate: wire(day(0)) });
  // What was missed before stays missed; what was to come is cancelled.
  const states = new Set((await listed(person, participantId)).map((each) => each.state));
  assert.ok(states.has("STATE_CANCELLED"), [...states].join());
  await page.reload();
  await page.getByText("Annulé", { exact: true }).first().waitFor();
  // What she missed before stays missed, and nobody is asked for it any more: an answer would be refused.
  await page.getByText("Manqué", { exact: true }).first().waitFor();
  assert.equal(await page.getByRole("link", { name: /^Saisie papier/ }).count(), 0);
  await person.look("coordinator-forms-cancelled");
  // What is cancelled is no more announced to her; the page says whom to ask.
  await she.page.goto("/p");
  await she.page.getByText("l’équipe de l’étude de votre centre").waitFor();
  assert.equal(await she.page.getByRole("heading", { name: "À venir" }).count(), 0);
  assert.equal(await she.page.getByRole("button", { name: /^Remplir/ }).count(), 0);
  await she.look("participant-after-withdrawal");
  await she.close();
  await person.close();
});

for (const [language, size] of [["fr", "desktop"], ["en", "phone"]]) {
  const french = language === "fr";
  // The pilot's only stratum is the site, which nobody types; the trial itself has not begun in the demo.
  test(`the strata of a draw are told with its arm, in ${language} on a ${size}`, async () => {
    const person = await house.loggedIn("demo.coordinator.crx", { language, size });
    const { page } = person;
    const { studyId } = await placeOf(person, "CRX");
    const { participants } = await call(person, "enrolment.v1.EnrolmentService/ListParticipants", { studyId, pageSize: 1000 });
    const drawn = new Set(["PARTICIPANT_STATUS_IN_FOLLOW_UP", "PARTICIPANT_STATUS_RANDOMISED", "PARTICIPANT_STATUS_COMPLETED"]);
    const she = participants.find((each) => each.stage === "PILOT" && drawn.has(each.status));
    assert.ok(she !== undefined, "nobody at CRX was randomised");
    await page.goto(`/centre/participants/${she.participantId}/consent`);
    await page.getByRole("button", { name: french ? "Afficher le bras" : "Show the arm" }).click();
    await page.getByText(french ? "il n’y a rien à corriger" : "there is nothing to correct").waitFor();
    await person.look("coordinator-arm");
    await person.close();
  });
}

// The trial itself: its age band is typed, so it can be typed wrongly. Answers before the draw count, also where
// every question was refused.
async function drawnForTrial(person) {
  const data = await house.loggedIn("demo.data");
  const { studyId } = await placeOf(data, "CRX");
  try {
    await call(data, "cohort.v1.CohortService/CreateAllocationList", { requestId: randomUUID(), studyId, stage: "MAIN" });
  } catch (error) {
    if (!/ALLOCATION_LIST_EXISTS/.test(error.message)) throw error;
  }
  await data.close();
  const { participantId, code } = await enrolled(person, "CRX", { course: false, stage: "MAIN" });
  for (const each of (await listed(person, participantId)).filter((one) => one.timepoint === "baseline" && one.required)) {
    const { instanceId } = await call(person, "questionnaire.v1.QuestionnaireService/OpenInstance", {
      requestId: randomUUID(), participantId, instrumentVersionId: each.instrumentVersionId, timepoint: "baseline",
    });
    const { instrumentVersion } = await call(person, "questionnaire.v1.QuestionnaireService/GetForm", { instrumentVersionId: each.instrumentVersionId });
    const answers = Object.fromEntries(instrumentVersion.itemCodes.map((item) => [item, { missing: "MISSING_REFUSED" }]));
    await call(person, "questionnaire.v1.QuestionnaireService/SubmitResponse", { requestId: randomUUID(), instanceId, answers });
  }
  await call(person, "cohort.v1.CohortService/AllocateParticipant", { requestId: randomUUID(), participantId, factors: { age_band: "18-44" } });
  return { participantId, code };
}

for (const [language, size] of [["fr", "desktop"], ["en", "phone"]]) {
  const say = (french, english) => (language === "fr" ? french : english);
  test(`a stratum typed wrongly is corrected and the arm stays, in ${language} on a ${size}`, async () => {
    const person = await house.loggedIn("demo.coordinator.crx", { language, size });
    const { page } = person;
    const { participantId, code } = await drawnForTrial(person);
    await page.goto(`/centre/participants/${participantId}/consent`);
    await page.getByRole("button", { name: say("Afficher le bras", "Show the arm") }).click();
    await page.getByText(say("De 18 à 44 ans", "18 to 44 years")).waitFor();
    const before = await call(person, "cohort.v1.CohortService/GetAllocation", { participantId });
    await page.getByRole("button", { name: say("Corriger une strate", "Correct a stratum") }).click();
    const dialog = page.getByRole("dialog", { name: code });
    await dialog.getByLabel(say("Âge au consentement", "Age at consent")).selectOption("45-55");
    await person.look("coordinator-stratum-correct");
    // Without a reason it is refused at its field, and what she chose is still there.
    await dialog.getByRole("button", { name: say("Enregistrer la correction", "Record the correction") }).click();
    await dialog.locator("[aria-invalid=true]").first().waitFor();
    assert.equal(await dialog.getByLabel(say("Âge au consentement", "Age at consent")).inputValue(), "45-55");
    await dialog.getByRole("textbox").fill(say("Date de naissance mal lue.", "Date of birth misread."));
    await dialog.getByRole("button", { name: say("Enregistrer la correction", "Record the correction") }).click();
    await page.getByText(say("De 18 à 44 ans au tirage, corrigé en De 45 à 55 ans", "18 to 44 years at the draw, corrected to 45 to 55 years")).waitFor();
    await person.look("coordinator-stratum-corrected");
    const after = await call(person, "cohort.v1.CohortService/GetAllocation", { participantId });
    assert.deepEqual([after.arm, after.sequence, after.factors], [before.arm, before.sequence, before.factors]);
    assert.equal(after.correctedFactors.age_band, "45-55");
    await person.close();
  });
}

// One page of each area, with contrast judged by axe as by day.
const DARK = [
  ["demo.coordinator.lys", ["/centre", "/centre/matrix"], "coordinator"], ["demo.physician.lys", ["/physician"], "physician"],
  ["demo.manager", ["/study", "/study/progression"], "manager"], ["demo.researcher", ["/data"], "researcher"], ["admin", ["/administration"], "administrator"],
];
for (const [name, paths, area] of DARK) {
  test(`the ${area}'s pages can be read in the dark`, async () => {
    const person = await house.loggedIn(name, { colorScheme: "dark" });
    for (const [index, path] of paths.entries()) {
      await person.page.goto(path);
      await person.page.getByRole("heading", { level: 1 }).waitFor();
      await person.page.getByText(/Chargement…/).first().waitFor({ state: "detached" });
      await person.look(`dark-${area}${index === 0 ? "" : index + 1}`);
    }
    await person.close();
  });
}

test("a course can be read in the dark and is printed whole", async () => {
  const person = await house.loggedIn("demo.coordinator.lys", { colorScheme: "dark" });
  const { page } = person;
  await page.goto("/centre/participants");
  await page.getByRole("link", { name: /^LYS-0002$/ }).click();
  await page.getByRole("img", { name: /tableau qui suit/ }).waitFor();
  await person.look("dark-course");
  await page.emulateMedia({ media: "print", colorScheme: "light" });
  assert.equal(await page.getByRole("navigation", { name: /^Menu/ }).isVisible(), false);
  assert.equal(await page.getByRole("button", { name: "Imprimer" }).isVisible(), false);
  assert.equal(await page.getByRole("img", { name: /tableau qui suit/ }).isVisible(), true);
  await person.look("print-course");
  await person.close();
});

test("her pages can be read in the dark", async () => {
  const person = await house.person({ size: "phone", colorScheme: "dark" });
  await person.page.goto("/p");
  await person.page.getByRole("heading", { level: 1 }).waitFor();
  await person.look("dark-participant");
  await person.close();
});
