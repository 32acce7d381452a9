// SPDX-License-Identifier: Apache-2.0
// A participant gets to the end of her questionnaire: by link, by code, with the keyboard alone.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Answering, fromElsewhere, Participants, WORDS } from "../participants.mjs";
import { walk } from "../walk.mjs";

const house = await walk();
const participants = await Participants.of(house, "demo.coordinator.lys");

for (const language of ["fr", "en"]) {
  for (const size of ["desktop", "phone"]) {
    test(`from the link to the thanks in ${language} on a ${size}`, async () => {
      const asked = await participants.next();
      const link = await asked.link();
      // The browser speaks the other language: she chooses.
      const person = await house.person({ language, size, locale: language === "fr" ? "en-GB" : "fr-FR" });
      const she = new Answering(person);
      const { page, words } = she;
      await page.goto(`/p#${link.token}`);
      await page.getByRole("main").getByRole("button", { name: words.language }).click();
      assert.equal(await page.locator("html").getAttribute("lang"), language);
      assert.equal(new URL(page.url()).hash, "");
      await person.look("participant-welcome");
      await she.begin();

      await she.at(words.effort);
      await person.look("participant-section");
      // Required and empty: asked once, with a way on.
      await she.press(words.next);
      await page.getByRole("alert").waitFor();
      await person.look("participant-section-held");
      await she.date("return_date", "2026-10-05");
      await page.locator("#q-strain_tired").getByRole("radio").nth(2).check();
      await page.locator("#q-strain_pace").getByRole("button", { name: words.skip }).click();
      await page.locator("#q-strain_pace").getByRole("radio", { name: words.refusal }).check();
      await page.locator("#q-fatigue_now input").first().focus();
      await page.keyboard.press("ArrowRight");
      await she.saved();
      await person.look("participant-section-filled");
      await she.press(words.next);

      await she.at(words.timing);
      assert.equal(await page.locator("#q-part_time_percent").count(), 0);
      await page.locator("#q-part_time").getByRole("radio", { name: words.yes }).check();
      await page.locator("#q-part_time_percent .input").first().fill("300");
      await page.locator("#q-part_time_percent .input").first().blur();
      await page.locator("#q-part_time_percent .ask-fault").waitFor();
      await person.look("participant-range");
      await page.locator("#q-part_time_percent .input").first().fill("60");
      await page.locator("#q-work_days").getByRole("checkbox").nth(0).check();
      await page.locator("#q-work_days").getByRole("checkbox").nth(3).check();
      await page.locator("#q-start_time .input").first().fill("08:30");
      await page.locator("#q-commute_minutes .input").first().fill("200");
      await page.locator("#q-commute_minutes .input").first().blur();
      await page.locator("#q-commute_minutes .ask-unusual").waitFor();
      await person.look("participant-branching");
      await she.press(words.next);

      await she.at(words.people);
      await page.locator("#q-comment textarea").fill("Rien à ajouter, merci.");
      await person.look("participant-text");
      await she.press(words.review);

      await she.at(words.reviewTitle);
      await person.look("participant-review");
      await page.getByRole("button", { name: /60|pourcentage|percentage/ }).click();
      await she.at(words.timing);
      await page.locator("#q-part_time_percent .input").first().fill("50");
      await she.press(words.next);
      await she.press(words.review);
      await page.locator(".ask-answers dd", { hasText: /50/ }).first().waitFor();
      await she.press(words.send);
      await she.at(words.thanks);
      await person.look("participant-thanks");
      assert.equal(await page.evaluate(() => localStorage.length), 1, "more than the language is in localStorage");

      const answers = await asked.answers();
      assert.deepEqual(
        ["return_date", "strain_tired", "strain_pace", "fatigue_now", "part_time", "part_time_percent", "work_days", "start_time", "commute_minutes", "comment", "strain_memory"].map((code) => answers[code]),
        ["2026-10-05", "2", "MISSING_REFUSED", "51", "1", "50", "1|4", "08:30", "200", "Rien à ajouter, merci.", "MISSING_NOT_ANSWERED"]);
      await page.getByRole("link", { name: /questionnaires/ }).click();
      await she.at(words.home);
      await person.look("participant-home");
      // Again, from the address: it says that it was sent.
      await page.goto(`/p/q/${asked.instanceId}`);
      await page.getByRole("heading", { level: 1, name: /envoyé|sent/ }).waitFor();
      await person.look("participant-already-sent");
      await person.close();
    });
  }
}

test("a decimal with a comma, a date that is known in part, and what is computed", async () => {
  const asked = await participants.next("reprise-diary");
  const person = await house.person({ size: "phone" });
  const she = new Answering(person);
  const { page } = she;
  await she.open(await asked.link());
  await she.begin();
  await she.date("period_start", "2026-10-01");
  await she.date("period_end", "2026-10-31");
  await page.locator("#q-work_status").getByRole("radio").nth(2).check();
  await page.locator("#q-status_since input").first().fill("2026");
  await page.locator("#q-status_since select").first().selectOption("09");
  await she.saved();
  await person.look("participant-partial-date");
  await she.press("Suivant");
  await page.locator("#q-hours_contract .input").first().fill("35");
  await page.locator("#q-hours_worked .input").first().fill("17,5");
  await page.locator("output", { hasText: "50" }).waitFor();
  await page.locator("#q-days_off_sick .input").first().fill("0");
  await person.look("participant-computed");
  await she.press("Suivant");
  await she.press("Relire mes réponses");
  await person.look("participant-review-diary");
  await she.press("Envoyer mes réponses");
  await she.at("Merci");
  const answers = await asked.answers();
  assert.deepEqual([answers.status_since, answers.hours_worked, answers.new_leave], ["2026-09", "17.5", "MISSING_NOT_ASKED"]);
  await person.close();
});

test("the short code is typed, in small letters and with spaces", async () => {
  const asked = await participants.next();
  const { shortCode } = await asked.link();
  const person = await house.person({ size: "phone", ...fromElsewhere() });
  const { page } = person;
  await page.goto("/p");
  await page.getByLabel(WORDS.fr.code).waitFor();
  await person.look("participant-code");
  await page.getByLabel(WORDS.fr.code).fill("wrong-code1");
  await page.getByRole("button", { name: WORDS.fr.begin, exact: true }).click();
  await page.getByRole("alert").waitFor();
  await person.look("participant-code-unknown");
  await page.getByLabel(WORDS.fr.code).fill(shortCode.toLowerCase().replace("-", " "));
  await page.getByRole("button", { name: WORDS.fr.begin, exact: true }).click();
  await new Answering(person).at(WORDS.fr.effort);
  await person.close();
});

test("the keyboard alone gets to the end", async () => {
  const asked = await participants.next();
  const person = await house.person();
  const she = new Answering(person);
  const { page } = she;
  await she.open(await asked.link());
  const tabTo = async (locator) => {
    for (let presses = 0; presses < 120; presses++) {
      if (await locator.evaluate((element) => element === document.activeElement).catch(() => false)) return;
      await page.keyboard.press("Tab");
    }
    assert.fail(`the keyboard does not reach ${locator}`);
  };
  await tabTo(page.getByRole("button", { name: "Commencer", exact: true }));
  await page.keyboard.press("Enter");
  await she.at("Fatigue et concentration");
  assert.equal(await page.evaluate(() => document.activeElement.tagName), "H1", "a new page is not announced");
  await tabTo(page.locator("#q-return_date select").first());
  await page.keyboard.type("5");
  await page.keyboard.press("Tab");
  await page.keyboard.type("oct");
  await page.keyboard.press("Tab");
  await page.keyboard.type("2026");
  await tabTo(page.locator("#q-strain_tired input").first());
  await page.keyboard.press("Space");
  await page.keyboard.press("ArrowDown");
  await tabTo(page.locator("#q-fatigue_now input").first());
  await page.keyboard.press("End");
  await tabTo(page.getByRole("button", { name: "Suivant", exact: true }));
  await page.keyboard.press("Enter");
  await she.at("Le moment et le rythme");
  await tabTo(page.getByRole("button", { name: "Suivant", exact: true }));
  await page.keyboard.press("Enter");
  await she.at("Vos collègues et votre poste");
  await tabTo(page.getByRole("button", { name: "Relire mes réponses" }));
  await page.keyboard.press("Enter");
  await she.at("Relire et envoyer");
  await tabTo(page.getByRole("button", { name: "Envoyer mes réponses" }));
  await page.keyboard.press("Enter");
  await she.at("Merci");
  const answers = await asked.answers();
  assert.deepEqual([answers.return_date, answers.strain_tired, answers.fatigue_now], ["2026-10-05", "1", "100"]);
  await person.close();
});

test("her start page opens what the study schedules, without waiting for her centre", async () => {
  const asked = await participants.due();
  const person = await house.person({ size: "phone" });
  const she = new Answering(person);
  const { page } = person;
  await she.open(await asked.link());
  await she.begin();
  await she.at(she.words.home);
  await person.look("participant-home-due");
  const before = await page.getByRole("button", { name: /^Remplir/ }).count();
  await page.getByRole("button", { name: /^Remplir/ }).first().click();
  await page.locator(".ask-progress").waitFor();
  await page.getByRole("link", { name: she.words.later }).click();
  await she.at(she.words.home);
  // Opened, so that it has an address, and still to be filled in.
  assert.equal(await page.getByRole("button", { name: /^Remplir/ }).count(), before);
  assert.ok((await asked.instances()).filter((each) => each.instanceId !== undefined).length > asked.opened);
  await person.close();
});
