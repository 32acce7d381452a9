// SPDX-License-Identifier: Apache-2.0
// Walks the people's journeys in a browser, against a real daemon and database.
//   node tests/web/run.mjs BUILD_FOLDER [JOURNEY ...]     journeys/*.test.mjs, or those named
//   node tests/web/run.mjs BUILD_FOLDER --stay            only sets the house up, prints the address and
//                                                         the accounts, and stays until Ctrl-C
// The client must have been built (clients/web/dist). Screenshots: BUILD_FOLDER/web-screenshots.
import { spawn } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { createServer } from "node:http";
import { join, resolve } from "node:path";
import { House, ROOT } from "./house.mjs";

const [build, ...names] = process.argv.slice(2);
if (build === undefined) {
  console.error("usage: node tests/web/run.mjs BUILD_FOLDER [JOURNEY ... | --stay]");
  process.exit(2);
}
const client = join(ROOT, "clients/web/dist");
if (!existsSync(join(client, "index.html"))) {
  console.error(`${client} is not there: run npm ci and npm run build in clients/web`);
  process.exit(1);
}

// Most journeys wait more than they work, so two of them share the house. These have it for themselves:
// one changes how others would log in, one measures, one kills the daemon.
const ALONE = new Set(["account.test.mjs", "budget.test.mjs", "participant_lost.test.mjs"]);
const AT_ONCE = 2;

const house = new House(resolve(build), client);

// What journeys may ask of the house, over a socket in its folder: POST /kill (as a crash, -9) and POST
// /start. Who kills the daemon has the house for itself, and starts it again before it ends.
const control = createServer((request, response) => {
  const deeds = { "/kill": () => house.stop("SIGKILL"), "/start": () => house.start() };
  const deed = request.method === "POST" ? deeds[request.url] : undefined;
  if (deed === undefined) return response.writeHead(404).end();
  deed().then(() => response.writeHead(204).end(), (error) => response.writeHead(500).end(String(error)));
});

const leave = async (code) => {
  control.close();
  await house.tearDown();
  process.exit(code);
};
process.on("SIGINT", () => void leave(130));
process.on("SIGTERM", () => void leave(143));
try {
  await house.setUp();
  await new Promise((ready) => control.listen(join(house.folder, "control"), ready));
  if (names[0] === "--stay") {
    console.log(house.url);
    for (const account of house.accounts) console.log(`${account.login_name}  ${account.password}`);
    console.log(`admin  correct horse of admin`);
    await new Promise(() => undefined);
  }
  const folder = join(ROOT, "tests/web/journeys");
  const files = readdirSync(folder).filter((file) => file.endsWith(".test.mjs"))
    .filter((file) => names.length === 0 || names.some((name) => file === `${name}.test.mjs`)).sort();
  if (files.length === 0) throw new Error(`no journey is called ${names.join(", ")}`);
  const walked = async (concurrency, some) => {
    if (some.length === 0) return 0;
    const tests = spawn(process.execPath, ["--test", `--test-concurrency=${concurrency}`, ...some.map((file) => join(folder, file))], {
      stdio: "inherit",
      env: {
        ...process.env,
        REPRISE_WEB_BUILD: resolve(build),
        REPRISE_WEB_FOLDER: house.folder,
        REPRISE_WEB_PORT: String(house.port),
      },
    });
    return new Promise((ended) => tests.once("exit", (status) => ended(status ?? 1)));
  };
  const alone = files.filter((file) => ALONE.has(file));
  const together = await walked(AT_ONCE, files.filter((file) => !ALONE.has(file)));
  const code = (await walked(1, alone)) || together;
  if (code !== 0) console.error(`the daemon's log: ${house.log}`);
  await leave(code);
} catch (error) {
  console.error(error);
  await leave(1);
}
