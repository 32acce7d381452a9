// SPDX-License-Identifier: Apache-2.0
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { fill, typeset } from "./text";

const SOURCE = join(__dirname, "..");
const PROTO = join(__dirname, "../../../../proto/reprise");

function filesBelow(folder: string, end: string): string[] {
  return (readdirSync(folder, { recursive: true }) as string[]).filter((file) => file.endsWith(end)).map((file) => join(folder, file));
}

function read(file: string): Record<string, string> {
  return JSON.parse(readFileSync(file, "utf8")) as Record<string, string>;
}

function placeholders(text: string): string[] {
  return [...text.matchAll(/\{(\w+)/g)].map((found) => found[1]!).sort();
}

describe("texts", () => {
  const french = filesBelow(SOURCE, "fr.json");

  test.each(french)("%s has the same keys and placeholders in English", (file) => {
    const fr = read(file);
    const en = read(file.replace(/fr\.json$/, "en.json"));
    expect(Object.keys(en).sort()).toEqual(Object.keys(fr).sort());
    for (const key of Object.keys(fr)) expect([key, placeholders(en[key]!)]).toEqual([key, placeholders(fr[key]!)]);
  });

  test.each(french)("%s is set as French is", (file) => {
    for (const [key, text] of Object.entries(read(file))) {
      // A breaking space would leave the sign alone on the next line; a typewriter's apostrophe is none.
      expect([key, /(?<![\u00a0\u202f?!.])[?!;»]/.test(text)]).toEqual([key, false]);
      expect([key, / [:;?!»%]/.test(text)]).toEqual([key, false]);
      expect([key, text.includes("'")]).toEqual([key, false]);
    }
  });

  test.each(french)("no text of %s is empty or left as in the other language", (file) => {
    const fr = read(file);
    const en = read(file.replace(/fr\.json$/, "en.json"));
    for (const key of Object.keys(fr)) {
      expect([key, fr[key]!.trim() !== "" && en[key]!.trim() !== ""]).toEqual([key, true]);
      const words = fr[key]!.split(/\s+/).length;
      if (words > 4) expect([key, fr[key] === en[key]]).toEqual([key, false]);
    }
  });
});

describe("reasons", () => {
  // Words in capitals that are no reasons: gRPC's codes, states and roles that the comments speak of.
  const OTHERS = new Set([
    "INVALID_ARGUMENT", "FAILED_PRECONDITION", "NOT_FOUND", "ALREADY_EXISTS", "PERMISSION_DENIED", "RESOURCE_EXHAUSTED",
    "ROLE_ADMINISTRATOR", "ROLE_STUDY_MANAGER", "IN_PROGRESS", "SCREEN_FAILED",
  ]);
  const documented = new Set<string>();
  // Of the methods that a participant's pages call.
  const hers = new Set<string>();
  const CALLED = new Set(["RedeemParticipantLink", "ListInstances", "OpenInstance", "GetForm", "GetDraft", "SaveAnswers", "SubmitResponse", "GetResponse"]);
  for (const file of filesBelow(PROTO, "_service.proto").filter((name) => !name.includes("echo"))) {
    for (const found of readFileSync(file, "utf8").matchAll(/((?:^ *\/\/.*\n)+) *rpc (\w+)/gm)) {
      for (const word of found[1]!.match(/\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b/g) ?? []) if (!OTHERS.has(word)) {
        documented.add(word);
        if (CALLED.has(found[2]!)) hers.add(word);
      }
    }
  }

  test("every reason that an RPC documents has its sentence", () => {
    expect(documented.size).toBeGreaterThan(100);
    const all = read(join(__dirname, "reasons.all.fr.json"));
    const known = { ...all, ...read(join(__dirname, "reasons.fr.json")) };
    expect([...documented].filter((reason) => known[reason] === undefined)).toEqual([]);
    expect(hers.size).toBeGreaterThan(15);
    expect([...hers].filter((reason) => all[reason] === undefined)).toEqual([]);
  });
});

describe("typeset", () => {
  test.each([
    ["fr", "L'arrêt dure plus de 30 jours : visite due.", "L’arrêt dure plus de 30 jours\u00a0: visite due."],
    ["fr", "« Fin » à 50 %", "«\u00a0Fin\u00a0» à 50\u00a0%"],
    ["en", "The physician's visit: due.", "The physician’s visit: due."],
  ] as const)("%s: %s", (language, plain, set) => expect(typeset(plain, language)).toBe(set));
});

describe("fill", () => {
  test("puts values in their places and leaves others alone", () => {
    expect(fill("{a} et {b}", "fr", { a: "x" })).toBe("x et {b}");
  });
  test("chooses the plural of the language", () => {
    const text = "{n|# jour|# jours}";
    expect(fill(text, "fr", { n: 0 })).toBe("0 jour");
    expect(fill(text, "fr", { n: 1 })).toBe("1 jour");
    expect(fill(text, "fr", { n: 2 })).toBe("2 jours");
    expect(fill("{n|# day|# days}", "en", { n: 0 })).toBe("0 days");
  });
  test("writes numbers as the language does", () => {
    expect(fill("{n}", "en", { n: 1234 })).toBe("1,234");
    expect(fill("{n}", "fr", { n: 1234 })).toMatch(/^1\s234$/u);
  });
});
