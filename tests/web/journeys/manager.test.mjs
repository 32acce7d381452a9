// SPDX-License-Identifier: Apache-2.0
// The study manager: how the study stands, its protocol, and decisions about extracts.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { ROOT } from "../house.mjs";
import { walk } from "../walk.mjs";

const house = await walk();
const SAY = {
  fr: {
    pilot: "Essai pilote", flow: "Diagramme de flux", board: "Critères de progression", protocol: "Protocole", needs: "À regarder", sites: "Centres",
    screened: "Candidates évaluées", overall: "Ensemble", nothing: "Rien n’était encore enregistré", today: "Revenir à aujourd’hui",
    asOf: "État au", versions: "Versions", compare: "Comparer", faults: "Erreurs du document", plan: "Nouvelle version", file: "Fichier du protocole",
    wilson: "intervalle de Wilson", signed: "Critères signés le", decisions: "Extractions à décider", notAnonymous: "Pseudonymisé ne veut pas dire anonyme",
  },
  en: {
    pilot: "Pilot trial", flow: "Flow diagram", board: "Progression criteria", protocol: "Protocol", needs: "What needs attention", sites: "Sites",
    screened: "Screened", overall: "Overall", nothing: "Nothing was recorded yet", today: "Back to today",
    asOf: "As of", versions: "Versions", compare: "Compare", faults: "Errors of the document", plan: "New version", file: "File of the protocol",
    wilson: "Wilson interval", signed: "Rules signed on", decisions: "Extracts to decide", notAnonymous: "Pseudonymised does not mean anonymous",
  },
};
const document = () => readFileSync(join(ROOT, "deploy/studies/fastracs/study.yaml"), "utf8");
const upload = (person, name, text) =>
  person.page.getByLabel(SAY[person.language].file, { exact: true }).setInputFiles({ name, mimeType: "application/yaml", buffer: Buffer.from(text) });
const menu = (person, name) => person.page.getByRole("navigation").first().getByRole("link", { name, exact: true }).click();

for (const [language, size] of [["fr", "desktop"], ["en", "desktop"], ["fr", "phone"], ["en", "phone"]]) {
  const say = SAY[language];
  test(`the study stands in ${language} on a ${size}`, async () => {
    const person = await house.loggedIn("demo.manager", { language, size });
    const { page } = person;
    await page.getByRole("heading", { name: say.needs }).waitFor();
    await page.getByRole("heading", { name: say.sites, exact: true }).waitFor();
    await person.look("manager-overview");

    await page.goto("/study/flow");
    await page.getByRole("button", { name: say.pilot }).waitFor();
    await person.look("manager-flow-choice");
    await page.getByRole("button", { name: say.pilot }).click();
    await page.getByRole("img", { name: new RegExp(say.pilot) }).waitFor();
    await person.look("manager-flow");
    const total = await page.getByRole("row", { name: new RegExp(`^${say.screened} \\d`) }).getByRole("cell").innerText();
    assert.match(total.replace(/\D/g, ""), /^\d{3,5}$/);
    // The diagram has the same number as its table.
    await page.locator("svg text", { hasText: `${say.screened} (n\u00a0=\u00a0${total})` }).waitFor();

    // Another day draws it anew; the demo recorded nothing then.
    await page.getByLabel(say.asOf, { exact: true }).fill("2025-06-30");
    await page.getByText(say.nothing).waitFor();
    assert.match(page.url(), /day=2025-06-30/);
    await person.look("manager-flow-before");
    await page.getByRole("button", { name: say.today }).click();
    await page.locator("svg text", { hasText: `${say.screened} (n\u00a0=\u00a0${total})` }).waitFor();

    await page.goto("/study/progression");
    await page.getByText(new RegExp(`^${say.overall}`)).waitFor();
    await page.getByText(say.signed).waitFor();
    assert.ok(await page.getByText(say.wilson).count() >= 5);
    await person.look("manager-progression");

    await page.goto("/study/protocol");
    await page.getByRole("heading", { level: 3, name: say.pilot }).waitFor();
    await person.look("manager-protocol");
    await page.goto("/study/protocol/versions");
    await page.getByRole("table").waitFor();
    await person.look("manager-protocol-versions");

    await page.goto("/study/extracts");
    await page.getByText(say.notAnonymous).waitFor();
    await page.getByRole("table").waitFor();
    await person.look("manager-extracts");
    await person.close();
  });

  test(`faults of a document are shown at their lines in ${language} on a ${size}`, async () => {
    const person = await house.loggedIn("demo.manager", { language, size });
    const { page } = person;
    await page.goto("/study/protocol/plan");
    await page.getByLabel(say.file, { exact: true }).waitFor();
    await person.look("manager-plan");
    const text = document().replace("excludes: [MAIN]", "excludes: [MIAN]").replace("anchor: CHEMO_START", "anchor: CHEMO_STRAT").replace("of: TRANSITION_CONSULTATION", "of: TRANSITION");
    const line = text.split("\n").findIndex((each) => each.includes("[MIAN]")) + 1;
    await upload(person, "faulty study.yaml", text);
    await page.getByRole("listitem").filter({ hasText: `${language === "fr" ? "ligne" : "line"} ${line}` }).filter({ hasText: "MIAN" }).waitFor();
    assert.equal(await page.getByRole("list", { name: say.faults }).getByRole("listitem").count(), 3);
    await person.look("manager-plan-faults");

    await upload(person, "no study.yaml", "stages: [unclosed\n");
    await page.getByRole("alert").waitFor();
    await upload(person, "forbidden.yaml", document().replace("pilot_kind: EXTERNAL", "pilot_kind: INTERNAL").replace('label: "1.0"', 'label: "1.0-forbidden"'));
    await page.getByRole("listitem").filter({ hasText: new RegExp(language === "fr" ? "déjà consenti" : "consented already") }).waitFor();
    await person.look("manager-plan-forbidden");

    const changed = document().replace('label: "1.0"', 'label: "1.0-seen"').replace("green: 0.5", "green: 0.55").replace("participants: 40,", "participants: 44,");
    await upload(person, "study.yaml", changed);
    await page.getByRole("heading", { level: 2, name: /study\.yaml/ }).waitFor();
    await person.look("manager-plan-differences");
    await person.close();
  });
}

test("a new version is applied with a reason, and compared", async () => {
  const person = await house.loggedIn("demo.manager");
  const { page } = person;
  await page.goto("/study/protocol/plan");
  // The house may have been here before: each run makes a label and a target of its own.
  const label = `1.${Date.now() % 1_000_000_000}`;
  const target = 300 + (Date.now() % 677);  // below 1,000, which is written with a space
  await upload(person, "study.yaml", document().replace('label: "1.0"', `label: "${label}"`).replace("participants: 30,", `participants: ${target},`));
  await page.getByRole("heading", { level: 2, name: /study\.yaml/ }).waitFor();
  await page.getByRole("button", { name: "Appliquer la nouvelle version" }).click();
  await page.getByText("Indiquez le motif").waitFor();
  await person.look("manager-plan-reason");
  await page.getByLabel("Motif du changement").fill("Davantage d’entretiens que prévu");
  await page.getByRole("button", { name: "Appliquer la nouvelle version" }).click();
  await page.getByText(`La version ${label}`).waitFor();
  await person.look("manager-plan-applied");
  await page.getByRole("link", { name: "Versions" }).click();
  await page.getByRole("row", { name: new RegExp(label) }).getByRole("link", { name: /avec/ }).click();
  await page.getByRole("heading", { level: 3, name: /Étapes › Analyse des besoins › Effectifs visés › n°\s1 › Participantes/ }).waitFor();
  await page.getByText(String(target), { exact: true }).waitFor();
  await person.look("manager-compare");
  await person.close();
});

test("a version that somebody else applied meanwhile is shown, and the reason is kept", async () => {
  const first = await house.loggedIn("demo.manager");
  const second = await house.loggedIn("demo.manager");
  const text = (label, more) => document().replace('label: "1.0"', `label: "${label}.${Date.now() % 1_000_000_000}"`).replace("participants: 200,", `participants: ${200 + more},`);
  for (const [person, more] of [[first, Date.now() % 89 + 1], [second, Date.now() % 83 + 100]]) {
    await person.page.goto("/study/protocol/plan");
    await upload(person, "study.yaml", text("2", more));
    await person.page.getByLabel("Motif du changement").fill("Nouveau calcul d’effectif");
  }
  await first.page.getByRole("button", { name: "Appliquer la nouvelle version" }).click();
  await first.page.getByText(/La version .* est enregistrée/).waitFor();
  await second.page.getByRole("button", { name: "Appliquer la nouvelle version" }).click();
  await second.page.getByText("a appliqué une version entre-temps").waitFor();
  assert.equal(await second.page.getByLabel("Motif du changement").inputValue(), "Nouveau calcul d’effectif");
  await second.look("manager-plan-overtaken");
  await second.page.getByRole("button", { name: "Appliquer la nouvelle version" }).click();
  await second.page.getByText(/La version .* est enregistrée/).waitFor();
  await first.close();
  await second.close();
});

test("the data manager checks documents but applies none", async () => {
  const person = await house.loggedIn("demo.data");
  const { page } = person;
  await page.goto("/study/protocol/plan");
  await upload(person, "study.yaml", document().replace('label: "1.0"', 'label: "9.9"').replace("relapse_days: 28", "relapse_days: 30"));
  await page.getByText("seule la cheffe de projet peut l’appliquer").waitFor();
  await person.look("data-plan");
  assert.equal(await page.getByRole("link", { name: "Équipe et rôles" }).count(), 0);
  await page.goto("/study/people");
  await page.getByRole("heading", { name: "Cette page n’existe pas" }).waitFor();
  await person.close();
});
