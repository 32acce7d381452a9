// SPDX-License-Identifier: Apache-2.0
// The administrator: accounts made, closed, opened again, their passwords and roles.
import assert from "node:assert/strict";
import { test } from "node:test";
import { walk } from "../walk.mjs";

const house = await walk();

for (const [language, size] of [["fr", "desktop"], ["en", "desktop"], ["fr", "phone"], ["en", "phone"]]) {
  const french = language === "fr";
  const say = (fr, en) => (french ? fr : en);
  test(`an account is made, used and closed in ${language} on a ${size}`, async () => {
    const login = `zoe.${language}.${size}.${Date.now() % 1_000_000_000}`;
    const person = await house.loggedIn("admin", { language, size });
    const { page } = person;
    await page.getByRole("link", { name: "Gestion de l’étude (démo)" }).waitFor();
    await person.look("administrator-accounts");

    await page.getByRole("link", { name: say("Nouveau compte", "New account") }).click();
    await page.getByLabel(say("Nom affiché", "Name shown")).fill(`Zoé ${language} ${size}`);
    await page.getByLabel(say("Identifiant", "Login name"), { exact: true }).fill("demo.manager");
    await page.getByRole("button", { name: say("Créer le compte", "Make the account") }).click();
    await page.getByText(say("Cet identifiant est déjà pris", "This login name is taken")).waitFor();
    await person.look("administrator-new-refused");
    await page.getByLabel(say("Identifiant", "Login name"), { exact: true }).fill(login);
    const password = await page.getByLabel(say("Premier mot de passe", "First password")).inputValue();
    await page.getByRole("button", { name: say("Créer le compte", "Make the account") }).click();
    await page.getByText(password).waitFor();
    await person.look("administrator-new");

    await page.getByRole("link", { name: say("Donner un rôle", "Give a role") }).click();
    await page.getByRole("button", { name: say("Donner un rôle dans FASTRACS", "Give a role in FASTRACS") }).click();
    const dialog = page.getByRole("dialog").filter({ visible: true });
    await dialog.getByLabel(say("Rôle", "Role"), { exact: true }).selectOption({ label: say("Recherche", "Researcher") });
    await person.look("administrator-give-role");
    await dialog.getByRole("button", { name: say("Donner ce rôle", "Give this role") }).click();
    await page.getByText(say("est enregistré", "is recorded")).waitFor();
    await person.look("administrator-account");

    // She comes in with what was handed over.
    house.accounts.push({ login_name: login, password });
    const zoe = await house.loggedIn(login, { language, size });
    await zoe.page.getByRole("button", { name: say("Essai pilote", "Pilot trial") }).waitFor();

    await page.getByRole("button", { name: say("Fermer le compte", "Close the account") }).click();
    await person.look("administrator-close");
    await page.getByRole("dialog").filter({ visible: true }).getByRole("button", { name: say("Fermer le compte", "Close the account") }).click();
    await page.getByText(say("est fermé", "is closed")).waitFor();
    await zoe.page.reload();
    await zoe.page.getByRole("button", { name: say("Se connecter", "Log in") }).waitFor();
    await zoe.close();
    await page.getByRole("button", { name: say("Rouvrir le compte", "Open the account again") }).click();
    await page.getByRole("dialog").filter({ visible: true }).getByRole("button", { name: say("Rouvrir le compte", "Open the account again") }).click();
    await page.getByText(say("est rouvert", "is open again")).waitFor();

    await page.getByRole("button", { name: say("Nouveau mot de passe", "New password") }).click();
    const second = await page.getByRole("dialog").filter({ visible: true }).getByLabel(say("Premier mot de passe", "First password")).inputValue();
    await person.look("administrator-reset-password");
    await page.getByRole("dialog").filter({ visible: true }).getByRole("button", { name: say("Nouveau mot de passe", "New password") }).click();
    await page.getByText(second).waitFor();
    assert.notEqual(second, password);
    await person.look("administrator-password-reset");

    await page.goto("/administration/delegations");
    await page.getByRole("table").waitFor();
    await person.look("administrator-delegations");
    await person.close();
  });
}

test("her own account offers her nothing that only another may do", async () => {
  const person = await house.loggedIn("admin");
  const { page } = person;
  await page.getByRole("row").filter({ has: page.getByRole("cell", { name: "admin", exact: true }) }).getByRole("link").click();
  await page.getByText("C’est votre propre compte").waitFor();
  assert.equal(await page.getByRole("button", { name: "Fermer le compte" }).count(), 0);
  await person.look("administrator-own");
  await person.close();
});
