// SPDX-License-Identifier: Apache-2.0
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { call, day, enrolled, placeOf, screened, someone } from "../people.mjs";
import { ROOT } from "../house.mjs";
import { walk } from "../walk.mjs";

const house = await walk();
const T = {
  fr: {
    today: "Aujourd’hui", participants: "Participantes", screenings: "Repérage et inclusion", matrix: "Tableau de suivi", recruitment: "Recrutement",
    newCandidate: "Nouvelle candidate", tabs: ["Parcours", "Travail et arrêts", "Questionnaires", "Consentement et statut", "Notes"],
  },
  en: {
    today: "Today", participants: "Participants", screenings: "Screening and enrolment", matrix: "Follow-up table", recruitment: "Recruitment",
    newCandidate: "New candidate", tabs: ["Course", "Work and leave", "Questionnaires", "Consent and status", "Notes"],
  },
};

for (const language of ["fr", "en"]) {
  for (const size of ["desktop", "phone"]) {
    test(`what a coordinator sees stands in ${language} on a ${size}`, async () => {
      const t = T[language];
      const menu = JSON.parse(readFileSync(join(ROOT, `clients/web/src/shell/${language}.json`), "utf8"));
      const person = await house.loggedIn("demo.coordinator.lys", { language, size });
      const { page } = person;
      const go = async (name, heading, look) => {
        await page.getByRole("navigation", { name: /^Menu/ }).getByRole("link", { name, exact: true }).click();
        await page.getByRole("heading", { level: 1, name: heading }).waitFor();
        await page.getByText(/Chargement…|Loading…/).first().waitFor({ state: "detached" });
        await person.look(look);
      };
      await page.getByRole("heading", { level: 1, name: t.today }).waitFor();
      await person.look("coordinator-home");
      await go(menu.menu_participants, t.participants, "coordinator-participants");
      await page.getByRole("link", { name: /^LYS-0002$/ }).click();
      await page.getByRole("heading", { level: 1, name: /LYS-0002/ }).waitFor();
      await page.getByRole("img", { name: /tableau qui suit|table below/ }).waitFor();
      await person.look("coordinator-participant");
      await page.getByText(language === "fr" ? "Lire le parcours en tableau" : "Read the course as a table").click();
      await page.getByRole("cell", { name: language === "fr" ? "Travail" : "Work", exact: true }).first().waitFor();
      for (const [index, tab] of t.tabs.entries()) {
        await page.getByRole("link", { name: tab, exact: true }).last().click();
        await page.getByText(/Chargement…|Loading…/).first().waitFor({ state: "detached" });
        if (index > 0) await person.look(`coordinator-participant-${index}`);
      }
      await go(menu.menu_screenings, t.screenings, "coordinator-screenings");
      await page.getByRole("link", { name: t.newCandidate }).first().click();
      await page.getByRole("heading", { level: 1, name: t.newCandidate }).waitFor();
      await person.look("coordinator-screening-new");
      await go(menu.menu_matrix, t.matrix, "coordinator-matrix");
      await go(menu.menu_recruitment, t.recruitment, "coordinator-recruitment");
      await person.close();
    });
  }
}

test("every line of the home page leads to where it is done", async () => {
  const person = await house.loggedIn("demo.coordinator.fme");
  const { page } = person;
  const line = page.locator(".due-link", { hasText: "Consentement" }).first();
  await line.click();
  await page.getByRole("dialog").getByText("Renouveler un consentement").waitFor();
  await person.look("coordinator-renew");
  await page.getByRole("dialog").getByRole("button", { name: "Fermer" }).click();
  await page.getByRole("heading", { name: "Consentements", level: 2 }).waitFor();
  await person.close();
});

const answerAll = async (page, wrong = []) => {
  await page.getByRole("heading", { name: "Critères d’exclusion" }).waitFor();
  for (const [heading, good] of [["Critères d’inclusion", "Oui"], ["Critères d’exclusion", "Non"]]) {
    const card = page.locator(".card").filter({ has: page.getByRole("heading", { name: heading }) });
    for (const group of await card.getByRole("group").all()) {
      const bad = wrong.includes(await group.locator("legend").innerText());
      await group.getByLabel(bad ? (good === "Oui" ? "Non" : "Oui") : good, { exact: true }).check();
    }
  }
};
const identify = async (page, who) => {
  await page.getByLabel("Nom de naissance").fill(who.birthName);
  await page.getByLabel("Prénom").fill(who.givenName);
  await page.getByLabel("Date de naissance").fill(who.birthDate);
};

test("screening to the draw in one flow, left in between and continued", async () => {
  const person = await house.loggedIn("demo.coordinator.crx");
  const { page } = person;
  const who = someone();
  await page.goto("/centre/screenings/new");
  await page.getByRole("button", { name: "Enregistrer la vérification" }).click();
  await page.getByText(/questions sans réponse/).waitFor();
  await answerAll(page);
  await page.getByText("Tous les critères sont remplis").waitFor();
  await identify(page, who);
  await page.getByRole("button", { name: "Enregistrer la vérification" }).click();
  await page.getByLabel("Signé le").waitFor();
  await person.look("coordinator-flow-consent");
  // Left, and taken up again from the list.
  const number = /n° (\d+)/.exec(await page.getByRole("heading", { level: 1 }).innerText())[1];
  await page.getByRole("link", { name: "Repérage et inclusion" }).first().click();
  await page.getByRole("link", { name: `Continuer le dossier n° ${number}` }).click();
  await page.getByLabel("Être recontactée pour une autre étude").check();
  await page.getByRole("button", { name: "Enregistrer le consentement" }).click();
  await page.getByText(/Elle a consenti\s: code CRX-/).waitFor();
  await person.look("coordinator-flow-enrol");
  await page.getByRole("button", { name: "Inclure" }).click();
  await page.getByText("Ces questionnaires sont attendus avant la randomisation.").first().waitFor();
  await person.look("coordinator-flow-baseline");
  const flow = page.url();
  for (let left = await page.getByRole("link", { name: /^Saisie papier/ }).count(); left > 0; left--) {
    await page.getByRole("link", { name: /^Saisie papier/ }).first().click();
    await page.getByLabel("Rempli par la participante le").waitFor();
    if (left === 1) await person.look("coordinator-paper");
    await fillPaper(page);
    await page.getByRole("button", { name: "Enregistrer le questionnaire" }).click();
    await page.getByText("Le questionnaire est enregistré.").waitFor();
    await page.goto(flow);
    await page.getByText("Randomisation").first().waitFor();
    await page.getByText(/Tous les questionnaires de départ|Ces questionnaires sont attendus/).first().waitFor();
  }
  await page.getByRole("button", { name: "Vérifier avant le tirage" }).click();
  await page.getByRole("dialog").getByText("Croix-Rousse").waitFor();
  await person.look("coordinator-flow-allocate");
  await page.getByRole("dialog").getByRole("button", { name: /^Randomiser CRX-/ }).click();
  await page.getByRole("heading", { name: "Bras attribué" }).waitFor();
  await page.getByText(/Tirage du .*, définitif/).waitFor();
  await person.look("coordinator-flow-allocated");
  await page.getByRole("link", { name: /Ouvrir le parcours de CRX-/ }).click();
  await page.getByRole("heading", { level: 1, name: /Participante CRX-/ }).waitFor();
  await person.close();
});

// The first choice of everything that is asked in any case, a number or text where one is typed.
async function fillPaper(page) {
  for (const group of await page.getByRole("group").all()) {
    if (await group.getByText("À saisir seulement si").count() > 0) continue;
    const radios = group.getByRole("radio");
    const boxes = group.getByRole("checkbox");
    if (await radios.count() > 0) await radios.first().check();
    else if (await boxes.count() > 0) await boxes.first().check();
    for (const select of await group.getByRole("combobox").all()) await select.selectOption({ index: 1 });
  }
  for (const field of await page.locator(".paper-typed").all()) {
    if (await field.getByText("À saisir seulement si").count() > 0) continue;
    await field.getByRole("combobox").selectOption({ label: "Ne souhaite pas répondre" });
  }
}

test("somebody who is in the study already is not screened twice, and nothing says where she is", async () => {
  const who = someone();
  const first = await house.loggedIn("demo.coordinator.jme");
  await screened(first, "JME", { identity: who, on: day(-3) });
  await first.close();
  const person = await house.loggedIn("demo.coordinator.six", { size: "phone" });
  const { page } = person;
  await page.goto("/centre/screenings/new");
  await answerAll(page);
  await identify(page, who);
  await page.getByRole("button", { name: "Enregistrer la vérification" }).click();
  const warning = page.getByRole("alert").filter({ hasText: "Cette personne est déjà dans l’étude" });
  await warning.waitFor();
  assert.doesNotMatch(await warning.innerText(), /JME|Mermoz/);
  await person.look("coordinator-duplicate");
  await person.close();
});

test("a candidate who is not eligible, and one who declines", async () => {
  const person = await house.loggedIn("demo.coordinator.six");
  const { page } = person;
  await page.goto("/centre/screenings/new");
  await answerAll(page, ["Déjà revenue au travail"]);
  await page.getByRole("button", { name: "Enregistrer la vérification" }).click();
  await page.getByRole("heading", { name: "Non éligible", level: 2 }).waitFor();
  await page.getByText("Déjà revenue au travail").waitFor();
  await person.look("coordinator-ineligible");
  await page.goto("/centre/screenings/new");
  await answerAll(page);
  await page.getByLabel("La saisir plus tard").check();
  await page.getByRole("button", { name: "Enregistrer la vérification" }).click();
  await page.getByRole("button", { name: "Enregistrer l’identité" }).waitFor();
  await person.look("coordinator-flow-identity");
  await page.getByRole("button", { name: "Elle refuse" }).click();
  await page.getByRole("dialog").getByLabel("Pas le temps").check();
  await page.getByRole("dialog").getByRole("button", { name: "Enregistrer le refus" }).click();
  await page.getByText(/Motif\s: Pas le temps/).waitFor();
  await person.close();
});

test("everything is recorded within two clicks, and a change of work shows first what follows", async () => {
  const person = await house.loggedIn("demo.coordinator.clb");
  const { page } = person;
  const { participantId } = await enrolled(person, "CLB");
  await page.goto(`/centre/participants/${participantId}`);
  const dialog = page.getByRole("dialog");
  const record = async (name, fill, look) => {
    await page.getByRole("button", { name, exact: true }).click();
    await fill();
    if (look) await person.look(look);
    await dialog.getByRole("button", { name: "Enregistrer" }).click();
    await page.getByText("C’est enregistré.").waitFor();
  };
  await record("Visite", async () => dialog.getByLabel("Quelle visite").selectOption({ label: "Consultation de transition" }), "coordinator-record-visit");
  await record("Arrêt de travail", async () => {
    await dialog.getByLabel("Date de prescription").fill(day(-1));
    await dialog.getByLabel("Premier jour").fill(day(-1));
    await dialog.getByLabel("Dernier jour inclus").fill(day(20));
  }, "coordinator-record-leave");
  await record("Date du traitement", async () => {
    await dialog.getByLabel("Quelle date").selectOption({ label: "Diagnostic" });
    await dialog.getByLabel("Le", { exact: true }).fill(day(-220));
  });
  await record("Outil ou étape remis", async () => dialog.getByLabel("Remis à").selectOption({ label: "Participante" }));
  await record("Note", async () => dialog.getByLabel("Note pour l’équipe du centre").fill("Préfère être appelée le matin."));
  await page.getByRole("button", { name: "Changement de travail" }).click();
  await dialog.getByLabel("Situation").selectOption({ label: "Temps partiel thérapeutique" });
  await dialog.getByLabel(/Part du contrat/).fill("50");
  await dialog.getByLabel("Premier jour").fill(day(0));
  await dialog.getByRole("button", { name: "Voir ce qui changera" }).click();
  await dialog.getByText("Ce qui changera").waitFor();
  await person.look("coordinator-preview");
  await dialog.getByRole("button", { name: "Confirmer l’enregistrement" }).click();
  await page.getByText("C’est enregistré.").waitFor();
  await page.getByText("Lire le parcours en tableau").click();
  await page.getByRole("cell", { name: "Temps partiel thérapeutique, 50 %" }).waitFor();
  await person.close();
});

test("two coordinators at one course: the second sees what changed and keeps what she typed", async () => {
  const first = await house.loggedIn("demo.coordinator.clb");
  const second = await house.loggedIn("demo.coordinator.clb");
  const { participantId } = await enrolled(first, "CLB");
  const correct = async (person) => {
    await person.page.goto(`/centre/participants/${participantId}/work`);
    await person.page.getByRole("button", { name: "Corriger le travail" }).click();
  };
  await correct(first);
  await correct(second);
  const one = first.page.getByRole("dialog");
  await one.getByLabel("Premier jour").first().fill(day(-95));
  await one.getByRole("button", { name: "Voir ce qui changera" }).click();
  await one.getByRole("heading", { name: "Avant" }).waitFor();
  await first.look("coordinator-correct");
  await one.getByLabel("Motif").fill("Date du premier certificat");
  await one.getByRole("button", { name: "Confirmer l’enregistrement" }).click();
  await one.waitFor({ state: "hidden" });

  const two = second.page.getByRole("dialog");
  await two.getByLabel("Premier jour").first().fill(day(-99));
  await two.getByRole("button", { name: "Voir ce qui changera" }).click();
  await two.getByText("Quelqu’un a modifié ce parcours entre-temps").waitFor();
  await second.look("coordinator-changed-meanwhile");
  assert.equal(await two.getByLabel("Premier jour").first().inputValue(), day(-99));
  await two.getByRole("button", { name: "Voir ce qui changera" }).click();
  await two.getByLabel("Motif").fill("Certificat relu ensemble");
  await two.getByRole("button", { name: "Confirmer l’enregistrement" }).click();
  await two.waitFor({ state: "hidden" });
  const course = await call(second, "phase.v1.PhaseService/GetCourse", { participantId });
  assert.equal(course.workStatusRevision, 3);
  await first.close();
  await second.close();
});

test("a withdrawal explains its four kinds; identity and arm are shown on purpose", async () => {
  const person = await house.loggedIn("demo.coordinator.clb", { language: "en", size: "phone" });
  const { page } = person;
  const { participantId } = await enrolled(person, "CLB", { course: false });
  await page.goto(`/centre/participants/${participantId}/consent`);
  await page.getByRole("button", { name: "Show the identity" }).click();
  await page.getByText("17/05/1980").waitFor();
  await page.getByRole("button", { name: "Hide" }).click();
  await page.getByText("She is not randomised yet.").waitFor();
  await page.getByRole("button", { name: "Withdrawal" }).click();
  const dialog = page.getByRole("dialog");
  for (const kind of ["From the intervention only", "From all contact", "From everything to come", "From everything, asking for erasure"]) {
    await dialog.getByLabel(kind).waitFor();
  }
  await person.look("coordinator-withdraw");
  await dialog.getByLabel("From all contact").check();
  await dialog.getByRole("button", { name: "Record the withdrawal" }).click();
  await page.getByText("Withdrawn", { exact: true }).first().waitFor();
  await person.close();
});

test("a personal link is shown once, to be copied or printed", async () => {
  const person = await house.loggedIn("demo.coordinator.clb");
  const { page } = person;
  const { participantId } = await enrolled(person, "CLB", { course: false });
  await page.goto(`/centre/participants/${participantId}/forms`);
  await page.getByRole("button", { name: /^Donner un lien pour/ }).first().click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Créer le lien" }).click();
  await dialog.getByText("il ne pourra plus être affiché").waitFor();
  assert.match(await dialog.locator(".link-address").innerText(), /^http.*\/p#[A-Za-z0-9_-]{43}$/);
  assert.match(await dialog.locator(".link-code").innerText(), /^[0-9A-Z]{5}-[0-9A-Z]{5}$/);
  await person.look("coordinator-link");
  await dialog.getByRole("button", { name: "Fermer" }).click();
  await page.getByText("Prêt").waitFor();
  await page.getByRole("button", { name: /^Révoquer le lien/ }).click();
  await page.getByText("Révoqué").waitFor();
  await person.close();
});

// A coordinator of all sites, so that the matrix holds everybody.
async function everywhere() {
  const admin = await house.loggedIn("admin");
  const loginName = `walk.${randomUUID().slice(0, 8)}`;
  const password = `walk ${randomUUID()}`;
  const { userId } = await call(admin, "access.v1.AccessService/CreateUser", { requestId: randomUUID(), loginName, displayName: "Walk, coordinator", password });
  const manager = await house.loggedIn("demo.manager");
  const { studyId } = await placeOf(manager, "LYS");
  await manager.close();
  await call(admin, "access.v1.AccessService/CreateDelegation", { requestId: randomUUID(), userId, role: "ROLE_COORDINATOR", studyId });
  await admin.close();
  house.accounts.push({ role: "coordinator", login_name: loginName, password });
  return house.loggedIn(loginName);
}

test("the matrix of everybody is ready at once, drops no key, and opens with Enter", async () => {
  const person = await everywhere();
  const { page } = person;
  await page.getByRole("navigation", { name: /^Menu/ }).getByRole("link", { name: "Tableau de suivi" }).click();
  const grid = page.getByRole("grid");
  await grid.waitFor();
  await page.waitForFunction(() => performance.getEntriesByName("matrix-ready").length > 0);
  const ready = await page.evaluate(() => performance.getEntriesByName("matrix-ready")[0].duration);
  const rows = Number(await grid.getAttribute("aria-rowcount")) - 1;
  const columns = Number(await grid.getAttribute("aria-colcount")) - 1;
  await person.look("coordinator-matrix-all");
  await grid.getByRole("rowheader").first().focus();
  await page.keyboard.press("ArrowRight");
  const began = Date.now();
  const steps = Math.min(100, rows - 1);
  for (let step = 0; step < steps; step++) await page.keyboard.press("ArrowDown");
  const keys = (Date.now() - began) / steps;
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute("data-at")), `${steps}-1`);
  // Frames while the wheel turns over the whole of it.
  const frames = await page.evaluate(async () => {
    const frame = document.querySelector(".matrix");
    const times = [];
    let last = performance.now();
    for (let turn = 0; turn < 60; turn++) {
      frame.scrollTop = (frame.scrollHeight * turn) / 60;
      await new Promise((next) => requestAnimationFrame(next));
      times.push(performance.now() - last);
      last = performance.now();
    }
    return times.sort((a, b) => a - b)[Math.floor(times.length * 0.95)];
  });
  console.log(`matrix: ${rows} participants, ${columns} events, ready ${ready.toFixed(0)} ms after its data; ` +
    `${keys.toFixed(0)} ms a key; 95 % of frames within ${frames.toFixed(0)} ms while scrolling`);
  // The keyboard has kept its place.
  await page.keyboard.press("Home");
  const code = await page.evaluate(() => document.activeElement.textContent);
  assert.match(code, /^[A-Z]{3}-[0-9]{4}$/);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: new RegExp(code) }).waitFor();
  await person.close();
});

test("a participant of another site is not found, and the page leads on", async () => {
  const other = await house.loggedIn("demo.coordinator.jme");
  const { participants } = await call(other, "enrolment.v1.EnrolmentService/ListParticipants", { studyId: (await placeOf(other, "JME")).studyId });
  await other.close();
  const person = await house.loggedIn("demo.coordinator.six");
  await person.page.goto(`/centre/participants/${participants[0].participantId}`);
  await person.page.getByRole("heading", { level: 1, name: "Participante introuvable" }).waitFor();
  await person.look("coordinator-not-found");
  await person.page.getByRole("link", { name: "Voir mes participantes" }).click();
  await person.page.getByRole("heading", { level: 1, name: "Participantes" }).waitFor();
  await person.close();
});
