// SPDX-License-Identifier: Apache-2.0
import assert from "node:assert/strict";
import { test } from "node:test";
import { assigned, call, day, enrolled } from "../people.mjs";
import { walk } from "../walk.mjs";

const house = await walk();

async function hers(siteCode) {
  const coordinator = await house.loggedIn(`demo.coordinator.${siteCode.toLowerCase()}`);
  const participant = await enrolled(coordinator, siteCode);
  await assigned(coordinator, participant.participantId, siteCode);
  await coordinator.close();
  return participant;
}

for (const language of ["fr", "en"]) {
  for (const size of ["desktop", "phone"]) {
    test(`what a physician sees stands in ${language} on a ${size}`, async () => {
      const person = await house.loggedIn("demo.physician.lys", { language, size });
      const { page } = person;
      await page.getByRole("heading", { level: 1, name: language === "fr" ? "Mes participantes" : "My participants" }).waitFor();
      await page.getByRole("link", { name: "LYS-0002" }).waitFor();
      await person.look("physician-list");
      await page.getByRole("link", { name: "LYS-0002" }).click();
      await page.getByRole("heading", { name: language === "fr" ? "Ce que prévoit la loi" : "What the law expects" }).waitFor();
      await person.look("physician-participant");
      await person.close();
    });
  }
}

test("a pre-return visit is recorded with the keyboard alone, in under a minute", async () => {
  const { participantId, code } = await hers("JME");
  const person = await house.loggedIn("demo.physician.jme");
  const { page } = person;
  await page.getByRole("link", { name: code }).waitFor();
  let keys = 0;
  const press = async (key) => {
    keys++;
    await page.keyboard.press(key);
  };
  const tabTo = async (locator) => {
    for (let tries = 0; tries < 60; tries++) {
      if (await locator.evaluate((element) => element === document.activeElement)) return;
      await press("Tab");
    }
    assert.fail("the keyboard does not get there");
  };
  const began = Date.now();
  await tabTo(page.getByRole("link", { name: code }));
  await press("Enter");
  const form = page.locator("form").filter({ has: page.getByRole("button", { name: "Enregistrer la visite" }) });
  await form.waitFor();
  await tabTo(form.getByLabel("Quelle visite"));
  assert.equal(await form.getByLabel("Quelle visite").evaluate((element) => element.selectedOptions[0].text), "Pré-reprise");
  // The day is today and the place is proposed: only the measures are left.
  await tabTo(form.getByLabel("Aménagement du poste"));
  await press("Space");
  await tabTo(form.getByRole("button", { name: "Enregistrer la visite" }));
  await press("Enter");
  await page.getByText("La visite est enregistrée.").waitFor();
  const seconds = (Date.now() - began) / 1000;
  console.log(`visit by keyboard: ${keys} keys, ${seconds.toFixed(1)} s`);
  assert.ok(seconds < 60, `${seconds} s`);
  await person.look("physician-visit-recorded");
  const course = await call(person, "phase.v1.PhaseService/GetCourse", { participantId });
  assert.deepEqual(course.visits.map((visit) => [visit.visit, visit.state, visit.measures]), [["PRE_RETURN", "STATE_DONE", ["JOB_ADAPTATION"]]]);
  await person.close();
});

test("a change of work is previewed before it is recorded", async () => {
  const { participantId } = await hers("JME");
  const person = await house.loggedIn("demo.physician.jme");
  const { page } = person;
  await page.goto(`/physician/participants/${participantId}`);
  await page.getByRole("button", { name: "Changement de travail" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Situation").selectOption({ label: "Temps partiel thérapeutique" });
  await dialog.getByLabel("Premier jour").fill(day(0));
  await dialog.getByLabel(/Part du contrat/).fill("150");
  await dialog.getByRole("button", { name: "Voir ce qui changera" }).click();
  await dialog.locator("[aria-invalid=true]").or(dialog.getByRole("button", { name: "Confirmer l’enregistrement" })).first().waitFor();
  if (await dialog.getByRole("button", { name: "Revenir à la saisie" }).count() > 0) await dialog.getByRole("button", { name: "Revenir à la saisie" }).click();
  await dialog.getByLabel(/Part du contrat/).fill("50");
  await dialog.getByRole("button", { name: "Voir ce qui changera" }).click();
  await dialog.getByText("Ce qui changera").waitFor();
  await person.look("physician-preview");
  await dialog.getByRole("button", { name: "Confirmer l’enregistrement" }).click();
  await page.getByText("C’est enregistré.").waitFor();
  const course = await call(person, "phase.v1.PhaseService/GetCourse", { participantId });
  assert.equal(course.workStatus.at(-1).percent, 50);
  await person.close();
});

test("another physician's participant is not found, and the page leads back", async () => {
  const { participantId } = await hers("JME");
  const person = await house.loggedIn("demo.physician.six", { size: "phone" });
  await person.page.goto(`/physician/participants/${participantId}`);
  await person.page.getByRole("heading", { level: 1, name: "Participante introuvable" }).waitFor();
  await person.look("physician-not-found");
  await person.page.getByRole("link", { name: "Revenir à mes participantes" }).click();
  await person.page.getByRole("heading", { level: 1, name: "Mes participantes" }).waitFor();
  await person.close();
});
