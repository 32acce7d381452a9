// SPDX-License-Identifier: Apache-2.0
// What a journey needs: a browser, people who log in, screenshots, and the check for accessibility.
// Each journey file calls walk() once; node:test runs the tests of a file one after the other.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { request } from "node:http";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after } from "node:test";
import { ROOT } from "./house.mjs";

const require = createRequire(join(ROOT, "clients/web/package.json"));
const { chromium } = require("playwright-core");
const AXE = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const BROWSER = {
  executablePath: process.env.REPRISE_CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
};
export const SIZES = { desktop: { width: 1280, height: 900 }, phone: { width: 360, height: 740 } };
// Nobody waits longer than this for a page; the machine may be busy.
const PATIENCE_MS = 20_000;

const needed = (name) => {
  const value = process.env[name];
  assert.ok(value, `${name} is not set: start journeys with tests/web/run.mjs`);
  return value;
};

// Pages that axe has looked at, with the language of the first look.
const seen = new Map();

export async function walk() {
  const folder = needed("REPRISE_WEB_FOLDER");
  const accounts = JSON.parse(readFileSync(join(folder, "accounts.json"), "utf8"));
  accounts.push({ role: "administrator", login_name: "admin", password: "correct horse of admin" });
  const browser = await chromium.launch(BROWSER);
  after(() => browser.close());
  return new Walk(browser, `http://127.0.0.1:${needed("REPRISE_WEB_PORT")}`, folder, accounts);
}

class Walk {
  constructor(browser, url, folder, accounts) {
    this.browser = browser;
    this.url = url;
    this.folder = folder;
    this.accounts = accounts;
  }

  account(name) {
    const found = this.accounts.find((each) => each.login_name === name);
    assert.ok(found, `the demo has no ${name}`);
    return found;
  }

  // A browser of her own, with nothing in it. Pages that break a rule of the policy, throw, or log an
  // error fail the journey at `close`.
  // With `profile`, a folder, her browser keeps there what a browser keeps when it is closed.
  async person({ language = "fr", size = "desktop", profile, ...options } = {}) {
    const settings = {
      baseURL: this.url,
      viewport: SIZES[size],
      locale: language === "fr" ? "fr-FR" : "en-GB",
      timezoneId: "Europe/Paris",
      hasTouch: size === "phone",
      isMobile: size === "phone",
      reducedMotion: "reduce",
      ...options,
    };
    const context = profile === undefined
      ? await this.browser.newContext(settings)
      : await chromium.launchPersistentContext(profile, { ...BROWSER, ...settings });
    context.setDefaultTimeout(PATIENCE_MS);
    const page = await context.newPage();
    return new Person(this, context, page, language, size, options.colorScheme ?? "light");
  }

  // Ends the daemon as a crash does; `startDaemon` must follow in the same test, failed or not.
  async killDaemon() {
    await this.#ask("/kill");
  }

  async startDaemon() {
    await this.#ask("/start");
  }

  // What run.mjs answers in the house's folder.
  #ask(path) {
    return new Promise((resolve, reject) => {
      const asked = request({ socketPath: join(this.folder, "control"), path, method: "POST" }, (answer) => {
        answer.resume();
        if (answer.statusCode === 204) answer.on("end", resolve);
        else reject(new Error(`the house refuses ${path}: ${answer.statusCode}`));
      });
      asked.on("error", reject);
      asked.end();
    });
  }

  // Somebody of the staff who calls methods as a foreign client does, to set a journey up. Answers JSON.
  async caller(name) {
    const { password } = this.account(name);
    const { sessionToken } = await this.call("access.v1.AccessService/Login", { loginName: name, password });
    return (method, body) => this.call(method, body, sessionToken);
  }

  async call(method, body, token) {
    const answer = await fetch(`${this.url}/reprise.${method}`, {
      method: "POST",
      headers: { "Content-Type": "application/json", ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }) },
      body: JSON.stringify(body),
    });
    const told = await answer.json();
    assert.ok(answer.ok, `${method}: ${JSON.stringify(told)}`);
    return told;
  }

  async loggedIn(name, options) {
    const person = await this.person(options);
    await person.logIn(name);
    return person;
  }
}

class Person {
  constructor(walk, context, page, language, size, theme) {
    Object.assign(this, { walk, context, page, language, size, theme, faults: [], expected: [] });
    page.on("pageerror", (error) => this.faults.push(`the page threw: ${error.message}`));
    page.on("console", (message) => {
      // A refused call is logged by the browser itself; journeys look at how the page shows it.
      if (message.type() === "error" && !/Failed to load resource/.test(message.text())) this.faults.push(message.text());
    });
    page.on("request", (request) => {
      if (!request.url().startsWith(walk.url) && !/^(blob|data):/.test(request.url())) this.faults.push(`asked another host: ${request.url()}`);
    });
  }

  async logIn(name) {
    const { password } = this.walk.account(name);
    const french = this.language === "fr";
    await this.page.goto("/");
    await this.page.getByLabel(french ? "Identifiant" : "Login name").fill(name);
    await this.page.getByLabel(french ? "Mot de passe" : "Password").fill(password);
    await this.page.getByRole("button", { name: french ? "Se connecter" : "Log in" }).click();
    await this.page.getByRole("button", { name: french ? "Se déconnecter" : "Log out" }).waitFor();
  }

  // Keeps a picture of the whole page and checks it: no axe violation, nothing wider than the screen.
  async look(name) {
    await this.page.getByRole("status").filter({ hasText: /Chargement|Loading/ }).waitFor({ state: "detached" });
    const folder = join(needed("REPRISE_WEB_BUILD"), "web-screenshots", `${this.language}-${this.size}`);
    mkdirSync(folder, { recursive: true });
    await this.page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
    const wide = await this.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.ok(wide <= 0, `${name}: the page is ${wide} pixels wider than the screen`);
    // The other language has the same structure and colours; its overflow was judged above.
    const structure = `${name} ${this.size} ${this.theme}`;
    if (seen.has(structure) && seen.get(structure) !== this.language) return;
    seen.set(structure, this.language);
    // Given to the page by the debugger: the policy would refuse it as a script.
    await this.page.evaluate(AXE);
    const violations = await this.page.evaluate(async () => {
      const { violations } = await globalThis.axe.run(document, {
        runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
      });
      return violations.map((each) => `${each.id}: ${each.help}\n  ${each.nodes.map((node) => `${node.html.slice(0, 200)} ${node.failureSummary}`).join("\n  ")}`);
    });
    assert.deepEqual(violations, [], `${name}: axe finds ${violations.join("\n")}`);
  }

  async close() {
    await this.context.close();
    assert.deepEqual(this.faults, []);
  }
}
