// SPDX-License-Identifier: Apache-2.0
// What a participant's phone loads, and how soon her page is usable there. The size is always judged;
// the time only where REPRISE_WEB_QUIET says that the machine does nothing else.
import assert from "node:assert/strict";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { walk } from "../walk.mjs";

const MOST_BYTES = 150_000;
const MOST_MS = 1_000;
const SLOWER = 4;
const TIMES = 5;

const house = await walk();
const TOKEN = "A".repeat(43);

test("scripts and styles of a participant's page are at most 150 kB, compressed", async (t) => {
  const person = await house.person({ size: "phone" });
  const { page } = person;
  const loaded = new Map();
  page.on("response", (response) => {
    if (["script", "stylesheet"].includes(response.request().resourceType())) loaded.set(response.url(), response.body());
  });
  await page.goto(`/p#${TOKEN}`, { waitUntil: "networkidle" });
  await page.getByRole("button", { name: "Commencer", exact: true }).waitFor();
  // Also what the page fetches while she reads.
  await page.waitForTimeout(1_000);
  await page.waitForLoadState("networkidle");
  let sum = 0;
  for (const [url, body] of loaded) {
    const bytes = gzipSync(await body, { level: 9 }).length;
    sum += bytes;
    t.diagnostic(`${new URL(url).pathname}: ${bytes} bytes`);
  }
  t.diagnostic(`together ${sum} bytes of ${MOST_BYTES}`);
  assert.ok(loaded.size >= 3, "the page loads no scripts");
  assert.ok(sum <= MOST_BYTES, `${sum} bytes are more than ${MOST_BYTES}`);
  await person.close();
});

// From the start of the navigation until the button is drawn and answers, on a computer four times as slow.
async function usableAfter() {
  const person = await house.person({ size: "phone" });
  const { page, context } = person;
  const debugger_ = await context.newCDPSession(page);
  await debugger_.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
  await page.addInitScript(() => {
    globalThis.usable = new Promise((resolve) => {
      const look = () => {
        const button = [...document.querySelectorAll("button")].find((each) => each.textContent === "Commencer");
        if (button === undefined) return requestAnimationFrame(look);
        requestAnimationFrame(() => setTimeout(() => resolve(performance.now()), 0));
      };
      look();
    });
  });
  await page.goto(`/p#${TOKEN}`);
  const milliseconds = await page.evaluate(() => globalThis.usable);
  await person.close();
  return milliseconds;
}

test("the page is usable within a second on a slow phone", async (t) => {
  const times = [];
  for (let round = 0; round < TIMES; round++) times.push(await usableAfter());
  times.sort((a, b) => a - b);
  const median = times[Math.floor(TIMES / 2)];
  t.diagnostic(`usable after ${times.map(Math.round).join(", ")} ms with the CPU ${SLOWER} times slower; median ${Math.round(median)} ms`);
  if (process.env.REPRISE_WEB_QUIET) assert.ok(median <= MOST_MS, `${median} ms are more than ${MOST_MS}`);
});
