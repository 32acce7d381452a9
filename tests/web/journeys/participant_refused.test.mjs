// SPDX-License-Identifier: Apache-2.0
// Links that do not open, or not for her: each refusal says what to do, and nobody sees another's answers.
import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { Answering, fromElsewhere, Participants, WORDS } from "../participants.mjs";
import { walk } from "../walk.mjs";

const house = await walk();
const participants = await Participants.of(house, "demo.coordinator.crx");

async function refused(person, link, sentence, name) {
  const she = new Answering(person);
  await she.open(link);
  await she.begin();
  await she.at(she.words.refused);
  await person.page.getByRole("alert").filter({ hasText: sentence }).waitFor();
  await person.look(name);
}

for (const [language, used, revoked, expired, unknown] of [
  ["fr", "déjà servi", "annulé", "plus valable", "n’existe pas"],
  ["en", "used already", "cancelled", "no longer valid", "does not exist"],
]) {
  test(`a link that was used, revoked, has expired or is unknown, in ${language}`, async () => {
    const asked = await participants.next();
    const short = await asked.link({ untilTime: new Date(Date.now() + 6_000).toISOString() });
    const first = await asked.link();
    const owner = new Answering(await house.person({ language, size: "phone" }));
    await owner.open(first);
    await owner.begin();
    await owner.at(owner.words.effort);
    await owner.person.close();

    const person = await house.person({ language, size: "phone", ...fromElsewhere() });
    await refused(person, first, used, "participant-link-used");
    const second = await asked.link();
    await asked.revoke(second.link.linkId);
    await refused(person, second, revoked, "participant-link-revoked");
    await sleep(Math.max(0, Date.parse(short.link.untilTime) - Date.now() + 500));
    await refused(person, short, expired, "participant-link-expired");
    await refused(person, { token: "A".repeat(43) }, unknown, "participant-link-unknown");
    // From a refusal to the code.
    await person.page.getByRole("button", { name: /code/ }).click();
    await person.page.getByLabel(person.language === "fr" ? WORDS.fr.code : WORDS.en.code).waitFor();
    await person.close();
  });
}

test("the same link twice in one browser goes on where she was", async () => {
  const asked = await participants.next();
  const link = await asked.link();
  const she = new Answering(await house.person({ size: "phone" }));
  await she.open(link);
  await she.begin();
  await she.at(she.words.effort);
  await she.open(link);
  await she.begin();
  await she.at(she.words.home);
  await she.person.look("participant-link-again");
  await she.person.close();
});

test("another participant's link closes the session before it, and what it left", async () => {
  const [one, other] = [await participants.next(), await participants.next()];
  const she = new Answering(await house.person({ size: "phone" }));
  const { page, person } = she;
  await she.open(await one.link());
  await she.begin();
  await she.at(she.words.effort);
  // Kept on the device alone: the network is gone before she answers.
  await person.context.setOffline(true);
  await she.date("return_date", "2026-10-05");
  await page.getByText(she.words.waiting).first().waitFor();
  await page.goto("about:blank");
  await person.context.setOffline(false);
  await she.open(await other.link());
  await she.begin();
  await she.at(she.words.effort);
  assert.equal(await page.locator("#q-return_date .input").last().inputValue(), "");
  await page.getByRole("link", { name: she.words.later }).click();
  await page.getByText("Une autre session était ouverte sur cet appareil").waitFor();
  await person.look("participant-other-closed");
  // Hers, by its address, is not there for the other.
  await page.goto(`/p/q/${one.instanceId}`);
  await page.getByRole("heading", { level: 1, name: "Ce questionnaire n’est pas dans votre liste" }).waitFor();
  await person.look("participant-not-hers");
  await person.close();
});

test("too many wrong codes are slowed down, for that address alone", async () => {
  const person = await house.person({ size: "phone", ...fromElsewhere() });
  const { page } = person;
  await page.goto("/p");
  for (let tries = 0; tries < 8; tries++) {
    await page.getByLabel(WORDS.fr.code).fill(`7KQ4D-9XM${tries}2`);
    await page.getByRole("button", { name: WORDS.fr.begin, exact: true }).click();
    await page.getByRole("button", { name: WORDS.fr.begin, exact: true }).waitFor();
    if (await page.getByText("Trop d’essais").count() > 0) break;
  }
  await page.getByRole("alert").filter({ hasText: "Trop d’essais" }).waitFor();
  await person.look("participant-slowed");
  await person.close();
});

test("offline, the link is not used up", async () => {
  const asked = await participants.next();
  const she = new Answering(await house.person({ size: "phone" }));
  await she.open(await asked.link());
  await she.person.context.setOffline(true);
  await she.begin();
  await she.page.getByRole("alert").filter({ hasText: "ne répond pas" }).waitFor();
  await she.person.look("participant-offline-welcome");
  await she.person.context.setOffline(false);
  await she.begin();
  await she.at(she.words.effort);
  await she.person.close();
});
