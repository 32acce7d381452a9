// SPDX-License-Identifier: Apache-2.0
// The researcher: counts, and an extract from its request through somebody else's decision to checked files.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { walk } from "../walk.mjs";

const house = await walk();
const SAY = {
  fr: { pilot: "Essai pilote", bySite: "Par centre", complete: "Complétude des questionnaires", months: /4 mois après la fin du traitement actif/, team: /rempli par l’équipe/, asOf: /Essai pilote – Tous les centres – au /, notAnonymous: "Pseudonymisé ne veut pas dire anonyme", request: "Demander une extraction", send: "Envoyer la demande", stage: "Étape", purpose: "Finalité", required: "Ce champ est obligatoire", recorded: "La demande est enregistrée", waits: "n’est pas encore approuvée", archive: "Télécharger l’archive (ZIP)", done: "fichiers ont été vérifiés", dictionary: "Dictionnaire des données", file: "Fichier" },
  en: { pilot: "Pilot trial", bySite: "By site", complete: "Completeness of questionnaires", months: /4 months after the end of active treatment/, team: /filled in by the team/, asOf: /Pilot trial – All sites – as of /, notAnonymous: "Pseudonymised does not mean anonymous", request: "Request an extract", send: "Send the request", stage: "Stage", purpose: "Purpose", required: "This field is required", recorded: "The request is recorded", waits: "is not approved yet", archive: "Download the archive (ZIP)", done: "files were checked", dictionary: "Data dictionary", file: "File" },
};

// Nobody is named where a researcher looks: no code of a participant, no name of the demo's people.
async function namesNobody(page) {
  const text = await page.locator("main").innerText();
  assert.doesNotMatch(text, /\b(LYS|CRX|FME|CLB|JME|SIX)-\d{4}\b/);
}

for (const [language, size] of [["fr", "desktop"], ["en", "desktop"], ["fr", "phone"], ["en", "phone"]]) {
  const say = SAY[language];
  test(`counts stand in ${language} on a ${size}`, async () => {
    const person = await house.loggedIn("demo.researcher", { language, size });
    const { page } = person;
    await page.getByRole("button", { name: say.pilot }).click();
    await page.getByRole("heading", { name: say.bySite }).waitFor();
    const complete = page.getByRole("table", { name: say.complete });
    await complete.waitFor();
    await namesNobody(page);
    // The words of the study for its codes, a share with what it is of, and which form the team fills in.
    const told = await complete.innerText();
    assert.match(told, say.months);
    assert.doesNotMatch(told, /T0\+|(?<!At )baseline|reprise-diary/);
    assert.match(told, /\d+\s*%\s*\(\d+\/\d+\)/);
    assert.match(told, say.team);
    await page.getByText(say.asOf).waitFor();
    await person.look("researcher-counts");
    await complete.scrollIntoViewIfNeeded();
    await person.look("researcher-completeness");
    await page.goto("/data/extracts");
    await page.getByRole("table").waitFor();
    await page.getByText(say.notAnonymous).waitFor();
    await namesNobody(page);
    await person.look("researcher-extracts");
    await person.close();
  });

  test(`an extract is requested, decided about and downloaded in ${language} on a ${size}`, async () => {
    const purpose = `Rapport ${language} ${size} ${Date.now().toString(36)}`;
    const person = await house.loggedIn("demo.researcher", { language, size });
    const { page } = person;
    await page.goto("/data/extracts");
    await page.getByRole("button", { name: say.request }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: say.send }).click();
    await dialog.getByText(say.required).first().waitFor();
    await person.look("researcher-request-refused");
    await dialog.getByLabel(say.stage, { exact: true }).selectOption({ label: say.pilot });
    await dialog.getByLabel(say.purpose).fill(purpose);
    await dialog.getByRole("button", { name: say.send }).click();
    await page.getByText(say.recorded).waitFor();
    await page.getByRole("link", { name: purpose }).click();
    await page.getByText(say.waits).waitFor();
    await person.look("researcher-extract-waits");

    const manager = await house.loggedIn("demo.manager", { language, size });
    await manager.page.goto("/study/extracts");
    await manager.page.getByRole("button", { name: new RegExp(purpose) }).click();
    const decision = manager.page.getByRole("dialog");
    await decision.getByRole("radio").first().check();
    await manager.look("manager-decide");
    await decision.getByRole("button", { name: language === "fr" ? "Approuver" : "Approve" }).click();
    await manager.page.getByText(language === "fr" ? "La demande est approuvée" : "The request is approved").waitFor();
    await manager.close();

    await page.reload();
    const coming = page.waitForEvent("download");
    await page.getByRole("button", { name: say.archive }).click();
    const download = await coming;
    await page.getByText(say.done).waitFor();
    await page.getByRole("heading", { name: say.dictionary }).waitFor();
    await page.getByRole("combobox", { name: say.file }).selectOption("form_reprise-diary_1.0.csv");
    await person.look("researcher-extract-downloaded");
    checkArchive(await download.path());
    await person.close();
  });
}

// The archive holds what its manifest says, to the byte; another program opens it.
function checkArchive(path) {
  const folder = mkdtempSync(join(tmpdir(), "rzip."));
  try {
    execFileSync("python3", ["-m", "zipfile", "-e", path, folder]);
    const inside = join(folder, execFileSync("ls", [folder], { encoding: "utf8" }).trim());
    const manifest = JSON.parse(readFileSync(join(inside, "manifest.json"), "utf8"));
    assert.ok(manifest.files.length >= 10);
    for (const file of manifest.files) {
      const content = readFileSync(join(inside, file.file));
      assert.equal(content.length, file.bytes, file.file);
      assert.equal(createHash("sha256").update(content).digest("hex"), file.sha256, file.file);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test("nobody decides about an own request, and a refusal needs a reason", async () => {
  const purpose = `Contrôle ${Date.now().toString(36)}`;
  const data = await house.loggedIn("demo.data");
  const { page } = data;
  await page.goto("/data/extracts");
  await page.getByRole("button", { name: "Demander une extraction" }).click();
  await page.getByRole("dialog").getByLabel("Étape", { exact: true }).selectOption({ label: "Essai pilote" });
  await page.getByRole("dialog").getByLabel("Finalité").fill(purpose);
  await page.getByRole("dialog").getByRole("button", { name: "Envoyer la demande" }).click();
  await page.getByText("La demande est enregistrée").waitFor();
  await page.goto("/study/extracts");
  const own = page.locator("section.card").filter({ has: page.getByRole("heading", { name: purpose }) });
  await own.getByText("Personne ne décide de sa propre demande").waitFor();
  assert.equal(await own.getByRole("button").count(), 0);
  await data.look("data-own-request");

  const manager = await house.loggedIn("demo.manager");
  await manager.page.goto("/study/extracts");
  await manager.page.getByRole("button", { name: new RegExp(purpose) }).click();
  const decision = manager.page.getByRole("dialog");
  await decision.getByRole("button", { name: "Décider" }).click();
  await decision.getByText("Ce champ est obligatoire").first().waitFor();
  await decision.getByRole("radio").nth(1).check();
  await decision.getByRole("button", { name: "Refuser" }).click();
  await decision.getByText("Ce champ est obligatoire").first().waitFor();
  await manager.look("manager-refuse");
  await decision.getByRole("textbox", { name: "Motif" }).fill("La finalité doit nommer le rapport.");
  await decision.getByRole("button", { name: "Refuser" }).click();
  await manager.page.getByText("La demande est refusée").waitFor();
  await manager.close();

  await page.goto("/data/extracts");
  await page.getByRole("link", { name: purpose }).click();
  await page.getByText("La finalité doit nommer le rapport.").waitFor();
  await data.look("data-extract-refused");
  await page.goto("/data");
  await page.getByRole("button", { name: "Essai pilote" }).click();
  await page.getByRole("table", { name: "Complétude des questionnaires" }).waitFor();
  await data.look("data-counts");
  await data.close();
});

test("files that do not agree with their manifest are not kept", async () => {
  const person = await house.loggedIn("demo.researcher");
  const { page } = person;
  // One byte of the stream is changed on its way, as a faulty network would.
  await page.route("**/DownloadExtract", async (route) => {
    const response = await route.fetch();
    const body = await response.body();
    const at = body.indexOf("PSEUDONYMISED DATA");
    assert.ok(at > 0);
    body[at] = "Q".charCodeAt(0);
    await route.fulfill({ response, body });
  });
  await page.goto("/data/extracts");
  await page.getByRole("table").getByRole("link", { name: "Demo", exact: true }).click();
  let kept = false;
  page.on("download", () => { kept = true; });
  await page.getByRole("button", { name: "Télécharger l’archive (ZIP)" }).click();
  await page.getByText("L’empreinte du fichier README.txt n’est pas celle du manifeste").waitFor();
  await person.look("researcher-extract-broken");
  assert.equal(kept, false);
  await person.close();
});
