// SPDX-License-Identifier: Apache-2.0
// Everybody's own account: sessions, password, second factor with recovery codes.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { test } from "node:test";
import { walk } from "../walk.mjs";

const house = await walk();

// What an authenticator shows (RFC 6238), from the key that the page gives to be typed.
function totp(secret, step = Math.floor(Date.now() / 30_000)) {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...secret.replaceAll(" ", "")].map((each) => alphabet.indexOf(each).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac("sha1", key).update(counter).digest();
  return String((mac.readUInt32BE(mac[19] & 15) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

test("a second factor is set up, asked for, and stood in for by a recovery code", async () => {
  const name = "demo.coordinator.six";
  const person = await house.loggedIn(name);
  const { page } = person;
  await page.getByRole("link", { name: /^Coordination Sixième centre/ }).click();
  await page.getByRole("heading", { level: 1, name: "Mon compte" }).waitFor();
  await person.look("account");
  await page.getByRole("button", { name: "Mettre en place" }).click();
  await page.getByRole("dialog").getByLabel("Votre mot de passe").fill("not her password");
  await page.getByRole("button", { name: "Suivant" }).click();
  await page.getByRole("alert").waitFor();
  await page.getByRole("dialog").getByLabel("Votre mot de passe").fill(house.account(name).password);
  await page.getByRole("button", { name: "Suivant" }).click();
  const secret = await page.locator("code.secret").textContent();
  await person.look("account-factor");
  await page.getByLabel("Code à six chiffres").fill(totp(secret));
  await page.getByRole("button", { name: "Activer" }).click();
  await page.getByRole("heading", { name: "Vos codes de secours" }).waitFor();
  const codes = await page.locator(".recovery-codes code").allTextContents();
  assert.equal(codes.length, 10);
  await person.look("account-recovery-codes");
  await page.getByRole("button", { name: "Je les ai notés" }).click();
  await page.getByText("Il vous reste 10 codes de secours.").waitFor();
  await page.getByRole("button", { name: "Se déconnecter" }).click();

  const enter = async (code) => {
    await page.getByLabel("Identifiant").fill(name);
    await page.getByLabel("Mot de passe").fill(house.account(name).password);
    await page.getByRole("button", { name: "Se connecter" }).click();
    await page.getByLabel("Code de vérification").fill(code);
    await page.getByRole("button", { name: "Se connecter" }).click();
  };
  await enter("000000");
  await page.getByText("Ce code ne convient pas.").waitFor();
  await person.look("login-second-factor");
  await page.getByLabel("Code de vérification").fill(codes[0]);
  await page.getByRole("button", { name: "Se connecter" }).click();
  await page.getByRole("button", { name: "Se déconnecter" }).click();
  // A recovery code works once.
  await enter(codes[0]);
  await page.getByText("Ce code ne convient pas.").waitFor();
  // The code that switched the factor on was used up, so the authenticator's next one is shown.
  await page.getByLabel("Code de vérification").fill(totp(secret, Math.floor(Date.now() / 30_000) + 1));
  await page.getByRole("button", { name: "Se connecter" }).click();
  await page.getByRole("link", { name: /^Coordination Sixième centre/ }).click();
  await page.getByText("Il vous reste 9 codes de secours.").waitFor();
  await page.getByRole("button", { name: "Désactiver" }).click();
  await page.getByRole("dialog").getByLabel("Votre mot de passe").fill(house.account(name).password);
  await page.getByLabel("Code de l’application").fill(codes[1]);
  await page.getByRole("dialog").getByRole("button", { name: "Désactiver" }).click();
  await page.getByRole("button", { name: "Mettre en place" }).waitFor();
  await person.close();
});

test("a session at another browser is seen and ended", async () => {
  const name = "demo.physician.six";
  const here = await house.loggedIn(name, { language: "en" });
  const there = await house.loggedIn(name, { language: "en", size: "phone" });
  await here.page.getByRole("link", { name: /^Médecine du travail Sixième/ }).click();
  const others = here.page.getByRole("button", { name: /End the session started on/ });
  // Hers at the other browser; the demo itself may have one of this account too.
  await here.page.getByRole("row").filter({ hasText: "Chrome" }).nth(1).waitFor();
  await here.look("account");
  while ((await others.count()) > 0) {
    const before = await others.count();
    await others.first().click();
    await here.page.waitForFunction((count) => document.querySelectorAll("td button").length < count, before);
  }
  await there.page.goto("/account");
  await there.page.getByRole("button", { name: "Log in" }).waitFor();
  await there.close();
  await here.page.setViewportSize({ width: 360, height: 740 });
  await here.look("account-narrow");
  await here.close();
});

test("who lost her phone and her codes is let in by an administrator, and sets up a new factor", async () => {
  const name = "demo.physician.clb";
  const { password } = house.account(name);
  const person = await house.loggedIn(name);
  const { page } = person;
  const setUp = async () => {
    await page.goto("/account");
    await page.getByRole("button", { name: "Mettre en place" }).click();
    await page.getByRole("dialog").getByLabel("Votre mot de passe").fill(password);
    await page.getByRole("button", { name: "Suivant" }).click();
    const secret = await page.locator("code.secret").textContent();
    await page.getByLabel("Code à six chiffres").fill(totp(secret));
    await page.getByRole("button", { name: "Activer" }).click();
    await page.locator(".recovery-codes code").first().waitFor();
    const codes = await page.locator(".recovery-codes code").allTextContents();
    await page.getByRole("button", { name: "Je les ai notés" }).click();
    return { secret, codes };
  };
  const first = await setUp();

  const admin = await house.loggedIn("admin");
  await admin.page.getByRole("row").filter({ hasText: name }).getByRole("link").click();
  await admin.page.getByRole("button", { name: "Retirer le code de vérification" }).click();
  const dialog = admin.page.getByRole("dialog").filter({ visible: true });
  await dialog.getByRole("button", { name: "Retirer le code de vérification" }).click();
  await dialog.locator("[aria-invalid=true]").waitFor();
  await admin.look("administrator-reset-factor");
  await dialog.getByLabel("Comment savez-vous que c’est bien cette personne").fill("Venue en personne avec sa carte professionnelle");
  await dialog.getByRole("button", { name: "Retirer le code de vérification" }).click();
  await admin.page.getByText("est retiré").waitFor();
  await admin.close();

  // Her session has ended, and the password alone opens the next one.
  await page.goto("/account");
  await page.getByLabel("Identifiant").fill(name);
  await page.getByLabel("Mot de passe").fill(password);
  await page.getByRole("button", { name: "Se connecter" }).click();
  await page.getByRole("button", { name: "Mettre en place" }).waitFor();
  await person.look("account-factor-was-reset");
  const second = await setUp();
  assert.notEqual(second.secret, first.secret);
  // As the house was before.
  await page.getByRole("button", { name: "Désactiver" }).click();
  await page.getByRole("dialog").getByLabel("Votre mot de passe").fill(password);
  await page.getByLabel("Code de l’application").fill(second.codes[0]);
  await page.getByRole("dialog").getByRole("button", { name: "Désactiver" }).click();
  await page.getByRole("button", { name: "Mettre en place" }).waitFor();
  await person.close();
});
