// SPDX-License-Identifier: Apache-2.0
// What a participant sent, as her coordinator reads and corrects it; and a paper form with branching.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { test } from "node:test";
import { call, day, enrolled } from "../people.mjs";
import { walk } from "../walk.mjs";

const house = await walk();
const T = {
  fr: {
    read: /^Lire les réponses/, title: "Après la reprise, Moment", versions: "Versions", correct: "Corriger les réponses", never: "jamais été corrigées",
    percent: /pourcentage/, reason: "Motif de la correction", record: "Enregistrer la correction", partTime: /temps partiel thérapeutique/, yes: "Oui", no: "Non",
    minutes: "45 minutes", refused: "Ne souhaite pas répondre", why: "Indiquez le motif", saved: /version 2/, letters: "Pourquoi une réponse manque", before: "Avant", by: /par vous/,
    range: "Indiquez une valeur entre 1 % et 100 %.",
  },
  en: {
    read: /^Read the answers/, title: "After the return", versions: "Versions", correct: "Correct the answers", never: "were never corrected",
    percent: /percentage/, reason: "Reason for the correction", record: "Record the correction", partTime: /therapeutic part-time/, yes: "Yes", no: "No",
    minutes: "45 minutes", refused: "Does not wish to answer", why: "State the reason", saved: /version 2/, letters: "Why an answer is missing", before: "Before", by: /by you/,
    range: "Give a value between 1 % and 100 %.",
  },
};

const ANSWERS = {
  return_date: { value: "2026-10-05" }, strain_tired: { value: "2" }, strain_pace: { missing: "MISSING_REFUSED" }, part_time: { value: "1" },
  part_time_percent: { value: "60" }, work_days: { value: "1|4" }, commute_minutes: { value: "45" }, comment: { value: "Rien à ajouter." },
};

async function opened(person, participantId) {
  const { instrumentVersions } = await call(person, "questionnaire.v1.QuestionnaireService/ListInstrumentVersions", { instrumentId: "reprise-return" });
  const { instrumentVersionId } = instrumentVersions.at(-1);
  return call(person, "questionnaire.v1.QuestionnaireService/OpenInstance", { requestId: randomUUID(), participantId, instrumentVersionId, timepoint: `walk-${randomUUID().slice(0, 8)}` });
}

async function sent(person, participantId) {
  const instance = await opened(person, participantId);
  await call(person, "questionnaire.v1.QuestionnaireService/SubmitResponse", { requestId: randomUUID(), instanceId: instance.instanceId, answers: ANSWERS });
  return instance;
}

for (const language of ["fr", "en"]) {
  for (const size of ["desktop", "phone"]) {
    test(`answers are read and corrected in ${language} on a ${size}`, async () => {
      const t = T[language];
      const person = await house.loggedIn("demo.coordinator.crx", { language, size });
      const { page } = person;
      const { participantId } = await enrolled(person, "CRX", { course: false });
      await sent(person, participantId);
      await page.goto(`/centre/participants/${participantId}/forms`);
      await page.getByRole("link", { name: t.read }).click();
      const told = (question, answer) => page.locator(".sheet > div").filter({ hasText: question }).filter({ hasText: answer }).first().waitFor();
      await told(t.percent, "60 %");
      await told(/trajet aller|journey to work/, t.minutes);
      await told(/rythme habituel|usual pace/, t.refused);
      await page.getByText(t.never).waitFor();
      await page.getByText(t.letters).click();
      await person.look("coordinator-answers");

      await page.getByRole("button", { name: t.correct }).click();
      await page.getByLabel(t.percent).first().fill("300");
      await page.getByLabel(t.percent).first().blur();
      await page.getByText(t.range.replaceAll(" %", "\u00a0%")).waitFor();
      // Sent all the same: the server refuses it at its field, then asks for the reason.
      await page.getByRole("button", { name: t.record }).click();
      await page.getByRole("button", { name: t.record }).and(page.locator("[aria-disabled=false]")).waitFor();
      await page.getByLabel(t.percent).first().fill("50");
      await page.getByRole("button", { name: t.record }).click();
      await page.getByText(t.why).waitFor();
      await person.look("coordinator-answers-refused");
      await page.getByLabel(t.reason).fill("Relu sur le papier");
      // What branching no longer shows is gone, and comes back as it was.
      const group = page.getByRole("group", { name: t.partTime });
      await group.getByLabel(t.no, { exact: true }).check();
      await page.getByLabel(t.percent).first().waitFor({ state: "detached" });
      await group.getByLabel(t.yes, { exact: true }).check();
      assert.equal(await page.getByLabel(t.percent).first().inputValue(), "50");
      await person.look("coordinator-answers-correct");
      await page.getByRole("button", { name: t.record }).click();
      await page.getByText(t.saved).first().waitFor();
      const versions = page.locator(".card", { has: page.getByRole("heading", { name: t.versions }) });
      await versions.getByRole("row").filter({ hasText: t.percent }).filter({ hasText: /60.%.*50.%/s }).waitFor();
      await versions.getByText(t.by).first().waitFor();
      await versions.getByText("Relu sur le papier").waitFor();
      await person.look("coordinator-answers-versions");
      await person.close();
    });
  }
}

test("two correct the same answers: the second sees what changed, keeps hers and loses nothing of the first", async () => {
  const first = await house.loggedIn("demo.coordinator.crx");
  const second = await house.loggedIn("demo.coordinator.crx");
  const { participantId } = await enrolled(first, "CRX", { course: false });
  const { instanceId } = await sent(first, participantId);
  for (const { page } of [first, second]) {
    await page.goto(`/centre/participants/${participantId}/answers/${instanceId}`);
    await page.getByRole("button", { name: "Corriger les réponses" }).click();
  }
  const correct = async ({ page }, label, value, reason) => {
    await page.getByLabel(label).first().fill(value);
    await page.getByLabel("Motif de la correction").fill(reason);
    await page.getByRole("button", { name: "Enregistrer la correction" }).click();
  };
  await correct(first, /trajet aller/, "50", "Trajet relu");
  await first.page.getByText(/version 2/).first().waitFor();
  await correct(second, /pourcentage/, "55", "Pourcentage relu");
  await second.page.getByText("Quelqu’un a corrigé ce questionnaire entre-temps").first().waitFor();
  await second.page.getByRole("row").filter({ hasText: /45.minutes/ }).filter({ hasText: /50.minutes/ }).waitFor();
  await second.look("coordinator-answers-meanwhile");
  assert.equal(await second.page.getByLabel(/pourcentage/).first().inputValue(), "55");
  assert.equal(await second.page.getByLabel(/trajet aller/).first().inputValue(), "50");
  await second.page.getByRole("button", { name: "Enregistrer la correction" }).click();
  await second.page.getByText(/version 3/).first().waitFor();
  const { answers } = await call(second, "questionnaire.v1.QuestionnaireService/GetResponse", { instanceId });
  assert.deepEqual([answers.commute_minutes.value, answers.part_time_percent.value, answers.strain_pace.missing], ["50", "55", "MISSING_REFUSED"]);
  await first.close();
  await second.close();
});

test("a paper form asks what branching asks, with the keyboard alone", async () => {
  const person = await house.loggedIn("demo.coordinator.crx");
  const { page } = person;
  const { participantId } = await enrolled(person, "CRX", { course: false });
  const instance = await opened(person, participantId);
  await page.goto(`/centre/participants/${participantId}/forms/reprise-return/${instance.timepoint}`);
  await page.getByLabel(/avez-vous effectivement repris/).first().fill(day(-20));
  assert.equal(await page.getByLabel(/pourcentage/).count(), 0);
  const group = page.getByRole("group", { name: /temps partiel thérapeutique/ });
  await group.getByLabel("Oui", { exact: true }).focus();
  await page.keyboard.press("Space");
  await page.getByLabel(/pourcentage/).first().focus();
  await page.keyboard.type("95");
  await page.keyboard.press("Tab");
  await page.getByText(/cette réponse est inhabituelle/).waitFor();
  await person.look("coordinator-paper-branching");
  await page.getByLabel(/trajet aller/).first().fill("12");
  await page.getByRole("button", { name: "Enregistrer le questionnaire" }).focus();
  await page.keyboard.press("Enter");
  await page.getByText("Le questionnaire est enregistré.").waitFor();
  const { answers } = await call(person, "questionnaire.v1.QuestionnaireService/GetResponse", { instanceId: instance.instanceId });
  assert.deepEqual([answers.part_time.value, answers.part_time_percent.value, answers.team_ease?.missing ?? "MISSING_NOT_ANSWERED"], ["1", "95", "MISSING_NOT_ANSWERED"]);
  await person.close();
});
