// SPDX-License-Identifier: Apache-2.0
import assert from "node:assert/strict";
import { test } from "node:test";
import { walk } from "../walk.mjs";

const house = await walk();

for (const language of ["fr", "en"]) {
  for (const size of ["desktop", "phone"]) {
    test(`the log-in page stands in ${language} on a ${size}`, async () => {
      const person = await house.person({ language, size });
      await person.page.goto("/");
      await person.page.getByRole("heading", { level: 1 }).waitFor();
      assert.equal(await person.page.locator("html").getAttribute("lang"), language);
      await person.look("login");
      await person.close();
    });
  }
}

test("a wrong password is refused in one sentence and the right one goes in", async () => {
  const person = await house.person();
  await person.page.goto("/");
  await person.page.getByLabel("Identifiant").fill("demo.manager");
  await person.page.getByLabel("Mot de passe").fill("not her password");
  await person.page.getByRole("button", { name: "Se connecter" }).click();
  await person.page.getByRole("alert").filter({ hasText: "ne convient pas" }).waitFor();
  await person.look("login-refused");
  await person.logIn("demo.manager");
  await person.close();
});

test("a session that was ended elsewhere shows the log-in page and says why", async () => {
  const person = await house.loggedIn("demo.manager");
  const cookies = await person.context.cookies();
  assert.equal(cookies.length, 1);
  assert.equal(cookies[0].httpOnly, true);
  assert.equal(cookies[0].sameSite, "Strict");
  const thief = await house.person();
  await thief.context.addCookies(cookies);
  await person.page.getByRole("button", { name: "Se déconnecter" }).click();
  await person.page.getByRole("button", { name: "Se connecter" }).waitFor();
  await thief.page.goto("/");
  await thief.page.getByRole("button", { name: "Se connecter" }).waitFor();
  await person.close();
  await thief.close();
});
