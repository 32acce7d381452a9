// SPDX-License-Identifier: Apache-2.0
// Nothing that she typed is lost: without network, with the daemon killed, with the browser closed, with
// the session over.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { Answering, Participants } from "../participants.mjs";
import { walk } from "../walk.mjs";

const house = await walk();
const participants = await Participants.of(house, "demo.coordinator.fme");

async function answering(options = {}, instrument) {
  const asked = await participants.next(instrument);
  const she = new Answering(await house.person({ size: "phone", ...options }));
  await she.open(await asked.link());
  await she.begin();
  await she.at(she.words.effort);
  return { asked, she };
}

for (const language of ["fr", "en"]) {
  test(`without network her answers wait on the device, and one is refused afterwards, in ${language}`, async () => {
    const { asked, she } = await answering({ language });
    const { page, person, words } = she;
    await she.date("return_date", "2026-10-05");
    await she.saved();
    await person.context.setOffline(true);
    await page.locator("#q-strain_tired").getByRole("radio").nth(3).check();
    await page.getByText(words.waiting).first().waitFor();
    await person.look("participant-offline");
    await she.press(words.next);
    await she.press(words.next);
    // A telephone number is a refusal that only the server knows.
    await page.locator("#q-comment textarea").fill("Rappelez-moi au 06 12 34 56 78");
    await page.locator("#q-disclosure").getByRole("radio").nth(2).check();
    await person.context.setOffline(false);
    await page.locator("#q-comment .ask-fault").waitFor();
    await person.look("participant-refused-answer");
    assert.equal(await page.locator("#q-comment textarea").inputValue(), "Rappelez-moi au 06 12 34 56 78");
    await asked.drafted({ return_date: "2026-10-05", strain_tired: "3", disclosure: "2" });
    assert.equal((await asked.draft()).comment, undefined);
    await page.locator("#q-comment textarea").fill("Rappelez-moi");
    await asked.drafted({ comment: "Rappelez-moi" });
    await she.saved();
    await person.close();
  });
}

test("a killed daemon loses nothing; the sending goes through once it is back", async () => {
  const { asked, she } = await answering();
  const { page, person, words } = she;
  await she.date("return_date", "2026-10-05");
  await house.killDaemon();
  try {
    await page.locator("#q-strain_memory").getByRole("radio").nth(1).check();
    await page.getByText(words.waiting).first().waitFor();
    await she.press(words.next);
    await she.press(words.next);
    await page.locator("#q-comment textarea").fill("Pendant la panne.");
    await she.press(words.review);
    await she.press(words.send);
    await page.getByText("Votre envoi attend le réseau").waitFor();
    await person.look("participant-submit-waiting");
  } finally {
    await house.startDaemon();
  }
  await she.at(words.thanks);
  const answers = await asked.answers();
  assert.deepEqual([answers.return_date, answers.strain_memory, answers.comment], ["2026-10-05", "1", "Pendant la panne."]);
  await person.close();
});

test("a killed daemon and a page that is loaded anew lose nothing", async () => {
  const { asked, she } = await answering();
  const { page, person, words } = she;
  await house.killDaemon();
  try {
    await page.locator("#q-strain_pace").getByRole("radio").nth(4).check();
    await page.getByText(words.waiting).first().waitFor();
    await page.goto("about:blank");
  } finally {
    await house.startDaemon();
  }
  await page.goto(`/p/q/${asked.instanceId}`);
  await she.at(words.effort);
  assert.equal(await page.locator("#q-strain_pace").getByRole("radio").nth(4).isChecked(), true);
  await asked.drafted({ strain_pace: "4" });
  await person.close();
});

test("the browser is closed without network and opened again: she goes on where she was", async () => {
  const asked = await participants.next();
  const profile = mkdtempSync(join(tmpdir(), "rweb-profile."));
  try {
    const before = new Answering(await house.person({ size: "phone", profile }));
    await before.open(await asked.link());
    await before.begin();
    await before.at(before.words.effort);
    await before.date("return_date", "2026-10-05");
    await before.saved();
    await before.press(before.words.next);
    await before.at(before.words.timing);
    await before.person.context.setOffline(true);
    await before.page.locator("#q-commute_minutes .input").first().fill("45");
    await before.page.getByText(before.words.waiting).first().waitFor();
    await before.person.close();

    // The cookie went with the browser: a new link of hers finds what she typed.
    const after = new Answering(await house.person({ size: "phone", profile }));
    await after.page.goto("/p");
    await after.page.getByLabel(after.words.code).waitFor();
    await after.open(await asked.link());
    await after.begin();
    await after.at(after.words.timing);
    assert.equal(await after.page.locator("#q-commute_minutes .input").first().inputValue(), "45");
    await asked.drafted({ commute_minutes: "45" });
    await after.person.close();
  } finally {
    rmSync(profile, { recursive: true, force: true });
  }
});

test("a session that is over keeps the answers for her next link", async () => {
  const { asked, she } = await answering();
  const { page, person, words } = she;
  await she.date("return_date", "2026-10-05");
  await she.saved();
  await person.context.clearCookies();
  await page.locator("#q-strain_evening").getByRole("radio").nth(2).click();
  await page.getByText("Votre session est terminée").waitFor();
  await person.look("participant-session-over");
  assert.equal((await asked.draft()).strain_evening, undefined);
  await she.open(await asked.link());
  await she.begin();
  await she.at(words.effort);
  assert.equal(await page.locator("#q-strain_evening").getByRole("radio").nth(2).isChecked(), true);
  await asked.drafted({ strain_evening: "2" });
  await person.close();
});

test("logging out asks about what is not sent, and leaves nothing", async () => {
  const { she } = await answering();
  const { page, person, words } = she;
  await person.context.setOffline(true);
  await she.date("return_date", "2026-10-05");
  await page.getByText(words.waiting).first().waitFor();
  await she.press(words.logOut);
  await page.getByRole("dialog").getByText("pas encore envoyée").waitFor();
  await person.look("participant-log-out-unsent");
  await person.context.setOffline(false);
  await page.getByRole("dialog").getByRole("button", { name: "Se déconnecter et effacer" }).click();
  await page.getByLabel(words.code).waitFor();
  const left = await page.evaluate(() => new Promise((resolve, reject) => {
    const request = indexedDB.open("reprise.participant");
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
      const counts = ["keys", "sealed"].map((name) => new Promise((counted) => {
        const count = request.result.transaction(name).objectStore(name).count();
        count.onsuccess = () => counted(count.result);
      }));
      Promise.all(counts).then(resolve);
    };
  }));
  assert.deepEqual(left, [0, 0]);
  await person.close();
});

test("two tabs: the second has the questionnaire, the first says so", async () => {
  const { asked, she } = await answering();
  const { page, person, words } = she;
  const second = await person.context.newPage();
  await second.goto(`/p/q/${asked.instanceId}`);
  await second.getByRole("heading", { level: 1, name: words.effort }).waitFor();
  await page.getByRole("heading", { level: 1, name: "Ouvert dans un autre onglet" }).waitFor();
  await person.look("participant-other-tab");
  await page.getByRole("button", { name: "Continuer ici" }).click();
  await she.at(words.effort);
  await second.getByRole("heading", { level: 1, name: "Ouvert dans un autre onglet" }).waitFor();
  await person.close();
});
