// SPDX-License-Identifier: Apache-2.0
// A participant reads again what she sent.
import { randomUUID } from "node:crypto";
import { test } from "node:test";
import { Answering, Participants } from "../participants.mjs";
import { walk } from "../walk.mjs";

const house = await walk();
const participants = await Participants.of(house, "demo.coordinator.lys");

for (const [language, size] of [["fr", "phone"], ["en", "desktop"]]) {
  test(`what was sent is read again, in ${language} on a ${size}`, async () => {
    const asked = await participants.next();
    await asked.call("questionnaire.v1.QuestionnaireService/SubmitResponse", {
      requestId: randomUUID(), instanceId: asked.instanceId, answers: { return_date: { value: "2026-10-05" }, part_time: { value: "0" }, strain_pace: { missing: "MISSING_REFUSED" } },
    });
    const person = await house.person({ language, size });
    const she = new Answering(person);
    await she.open(await asked.link());
    await she.begin();
    await person.page.getByRole("heading", { level: 1, name: she.words.home }).or(person.page.locator(".sheet").first()).first().waitFor();
    await person.page.goto(`/p/q/${asked.instanceId}`);
    await person.page.locator(".sheet > div").filter({ hasText: /2026/ }).first().waitFor();
    await person.page.getByText(language === "fr" ? /n’ont pas été posées/ : /were not asked/).waitFor();
    await person.look("participant-submitted");
    await person.close();
  });
}
