// SPDX-License-Identifier: Apache-2.0
// Roles in the study: given and ended by its manager.
import assert from "node:assert/strict";
import { test } from "node:test";
import { walk } from "../walk.mjs";

const house = await walk();

for (const [language, size] of [["fr", "desktop"], ["en", "phone"]]) {
  const french = language === "fr";
  test(`roles are given and ended in ${language} on a ${size}`, async () => {
    const person = await house.loggedIn("demo.manager", { language, size });
    const { page } = person;
    await page.goto("/study/people");
    await page.getByRole("cell", { name: /demo\.coordinator\.lys/ }).first().waitFor();
    await person.look("manager-people");

    await page.getByRole("button", { name: french ? "Donner un rôle" : "Give a role" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: french ? "Donner ce rôle" : "Give this role" }).waitFor();
    await dialog.getByLabel(french ? "Personne" : "Person", { exact: true }).selectOption({ label: "Coordination Centre Léon Bérard (démo) (demo.coordinator.clb)" });
    await dialog.getByLabel(french ? "Rôle" : "Role", { exact: true }).selectOption({ label: french ? "Recherche" : "Researcher" });
    await person.look("manager-people-new");
    // A period that ends before it begins is refused at its field or above the form, and nothing typed is lost.
    await dialog.getByLabel(french ? "Jusqu’au" : "Until").fill("2020-01-01");
    await dialog.getByRole("button", { name: french ? "Donner ce rôle" : "Give this role" }).click();
    await dialog.getByText(french ? "La fin précède le début" : "The end lies before the start").first().waitFor();
    await person.look("manager-people-refused");
    await dialog.getByLabel(french ? "Jusqu’au" : "Until").fill("");
    await dialog.getByRole("button", { name: french ? "Donner ce rôle" : "Give this role" }).click();
    await page.getByText(french ? "est enregistré" : "is recorded").waitFor();

    // Ended again, so that the house is as it was.
    const end = page.getByRole("button", { name: french ? /Mettre fin au rôle de Coordination Centre Léon Bérard.*Recherche/ : /End the role of Coordination Centre Léon Bérard.*Researcher/ });
    await end.first().click();
    await page.getByRole("dialog").getByRole("button", { name: french ? "Mettre fin au rôle" : "End the role" }).waitFor();
    await person.look("manager-people-end");
    await page.getByRole("dialog").getByRole("button", { name: french ? "Mettre fin au rôle" : "End the role" }).click();
    await page.getByText(french ? "a pris fin" : "has ended").waitFor();
    await page.getByLabel(french ? /Montrer aussi/ : /Show ended/).check();
    await page.getByRole("row", { name: french ? /Coordination Centre Léon Bérard.*Terminé/s : /Coordination Centre Léon Bérard.*Ended/s }).first().waitFor();
    await person.look("manager-people-all");
    await person.close();
  });
}

test("a role is given and ended with the keyboard alone", async () => {
  const person = await house.loggedIn("demo.manager");
  const { page } = person;
  const focused = () => page.evaluate(() => {
    const { activeElement: at } = document;
    return `${at.getAttribute("aria-label") ?? ""} ${at.labels?.[0]?.textContent ?? ""} ${at.textContent}`.trim();
  });
  // Tabs until the focus is where `words` are; nobody presses it more often than there are stops.
  const reach = async (words) => {
    for (let presses = 0; presses < 150; presses++) {
      if (words.test(await focused())) return;
      await page.keyboard.press("Tab");
    }
    throw new Error(`the keyboard does not reach ${words}`);
  };
  await reach(/^Équipe et rôles/);
  await page.keyboard.press("Enter");
  await page.getByRole("cell", { name: /demo\.coordinator\.lys/ }).first().waitFor();
  await reach(/^Donner un rôle/);
  await page.keyboard.press("Enter");
  await page.getByRole("dialog").getByRole("button", { name: "Donner ce rôle" }).waitFor();
  await reach(/^Personne(?!s)/);
  await page.keyboard.type("Médecine du travail Mermoz");
  await reach(/^Rôle/);
  await page.keyboard.type("Recherche");
  await person.look("manager-people-keyboard");
  await reach(/^Donner ce rôle/);
  await page.keyboard.press("Enter");
  await page.getByText("est enregistré").waitFor();
  await reach(/^Mettre fin au rôle de .*Recherche/);
  const whom = await focused();
  await page.keyboard.press("Enter");
  await page.getByRole("dialog").getByRole("button", { name: "Mettre fin au rôle" }).waitFor();
  await reach(/^Mettre fin au rôle$/);
  await page.keyboard.press("Enter");
  await page.getByText("a pris fin").waitFor();
  assert.match(whom, /Recherche/);
  await person.close();
});
