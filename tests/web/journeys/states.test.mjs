// SPDX-License-Identifier: Apache-2.0
// A questionnaire that was missed and one that is cancelled, as she and her coordinator see them; the
// correction of a stratum; pages in the dark and on paper.
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
  const { participantId } = await enrolled(person, "JME", { course: false, ago: 200 });
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
  const address = she.page.url();

  await call(person, "enrolment.v1.EnrolmentService/WithdrawParticipant", { requestId: randomUUID(), participantId, kind: "WITHDRAWAL_KIND_CONTACT", withdrawalDate: wire(day(0)) });
  // What was missed before stays missed; what was to come is cancelled.
  const states = new Set((await listed(person, participantId)).map((each) => each.state));
  assert.ok(states.has("STATE_CANCELLED"), [...states].join());
  await page.reload();
  await page.getByText("Annulé", { exact: true }).first().waitFor();
  assert.equal(await page.getByRole("link", { name: /^Saisie papier/ }).count(), (await listed(person, participantId)).filter((each) => ["STATE_OPEN", "STATE_IN_PROGRESS", "STATE_MISSED"].includes(each.state)).length);
  await person.look("coordinator-forms-cancelled");
  // She is told so, or her way in is closed: either way a sentence says whom to ask.
  await she.page.goto(address);
  await she.page.getByText(/équipe de votre centre/).first().waitFor();
  await she.look("participant-after-withdrawal");
  await she.close();
  await person.close();
});

for (const [language, size] of [["fr", "desktop"], ["en", "phone"]]) {
  const french = language === "fr";
  test(`a stratum is corrected and the arm stands, in ${language} on a ${size}`, async () => {
    const person = await house.loggedIn("demo.coordinator.crx", { language, size });
    const { page } = person;
    const { studyId } = await placeOf(person, "CRX");
    const { participants } = await call(person, "enrolment.v1.EnrolmentService/ListParticipants", { studyId, pageSize: 1000 });
    const she = participants.find((each) => ["PARTICIPANT_STATUS_IN_FOLLOW_UP", "PARTICIPANT_STATUS_RANDOMISED", "PARTICIPANT_STATUS_COMPLETED"].includes(each.status));
    assert.ok(she !== undefined, "nobody at CRX was randomised");
    const before = await call(person, "cohort.v1.CohortService/GetAllocation", { participantId: she.participantId });
    await page.goto(`/centre/participants/${she.participantId}/consent`);
    await page.getByRole("button", { name: french ? "Afficher le bras" : "Show the arm" }).click();
    await page.getByRole("button", { name: french ? "Corriger une strate" : "Correct a stratum" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText(french ? "Le bras attribué ne change pas." : "The arm that was drawn does not change.").waitFor();
    // Without a reason, and without a change.
    await dialog.getByRole("button", { name: french ? "Enregistrer la correction" : "Record the correction" }).click();
    await dialog.getByText(french ? "Indiquez le motif du changement." : "State the reason for the change.").waitFor();
    await dialog.getByLabel(french ? "Motif" : "Reason").fill(french ? "Date de naissance mal lue" : "Birth date misread");
    await dialog.getByRole("button", { name: french ? "Enregistrer la correction" : "Record the correction" }).click();
    await dialog.getByText(french ? "Rien n’a changé" : "Nothing has changed").waitFor();
    await person.look("coordinator-stratum-refused");
    const select = dialog.getByRole("combobox").first();
    const chosen = await select.inputValue();
    const other = (await select.locator("option").evaluateAll((all) => all.map((each) => each.value))).find((each) => each !== chosen);
    await select.selectOption(other);
    await dialog.getByRole("button", { name: french ? "Enregistrer la correction" : "Record the correction" }).click();
    await dialog.waitFor({ state: "hidden" });
    await person.look("coordinator-stratum");
    const after = await call(person, "cohort.v1.CohortService/GetAllocation", { participantId: she.participantId });
    assert.equal(after.arm, before.arm);
    assert.deepEqual(after.factors, before.factors);
    assert.notDeepEqual(after.correctedFactors ?? {}, before.correctedFactors ?? {});
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
