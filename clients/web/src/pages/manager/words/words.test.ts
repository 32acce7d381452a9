// @vitest-environment jsdom
// SPDX-License-Identifier: Apache-2.0
import { create } from "@bufbuild/protobuf";
import { describe, expect, it } from "vitest";
import { StudyDocumentSchema } from "~/gen/reprise/study/v1/document_pb";
import { formatsOf } from "~/text/format";
import { stepsOf, wordsOf } from "./words";

const content = create(StudyDocumentSchema, {
  stages: [{ code: "PILOT", title: { fr: "Essai pilote", en: "Pilot trial" } }],
  components: [{ code: "TOOLKIT", title: { fr: "Outils", en: "Tools" } }],
});
const fr = wordsOf("fr", formatsOf("fr"), new Map([["reprise-diary", { fr: "Carnet", en: "Diary" }]]), content);
const en = wordsOf("en", formatsOf("en"), new Map(), content);

describe("stepsOf", () => {
  it.each([
    ["label", [["label", undefined]]],
    ["stages[PILOT].targets[0].participants", [["stages", "PILOT"], ["targets", "0"], ["participants", undefined]]],
    ["consent_forms[MAIN_CONSENT 2.0].valid_from", [["consent_forms", "MAIN_CONSENT 2.0"], ["valid_from", undefined]]],
    ["questionnaires[T0+4m reprise-diary]", [["questionnaires", "T0+4m reprise-diary"]]],
    ["", []],
  ])("%s", (path, steps) => expect(stepsOf(path).map((step) => [step.field, step.element])).toEqual(steps));
});

describe("a path in words", () => {
  it.each([
    ["stages[PILOT].targets[0].participants", ["Étapes", "Essai pilote", "Effectifs visés", "n°\u00a01", "Participantes"]],
    ["questionnaires[T0+4m reprise-diary].after_days", ["Questionnaires", "T0 + 4 mois, Carnet", "Jours admis après"]],
    ["stages[GONE].kind", ["Étapes", "GONE", "Nature"]],
    ["titel", ["titel"]],
    ["", ["Le document entier"]],
  ])("%s", (path, told) => expect(fr.path(path)).toEqual(told));
});

describe("a value in words", () => {
  it.each([
    ["pilot_kind", "EXTERNAL", "Pilote externe (participantes non reprises dans l’essai principal)"],
    ["opens_on", "2025-03-03", "3 mars 2025"],
    ["required", true, "oui"],
    ["stages", ["PILOT", "MAIN"], "Essai pilote, MAIN"],
    ["of", "TOOLKIT", "Outils"],
    ["of", "T0+12m", "T0 + 12 mois"],
    ["year", 2017, "2017"],
    // A code of a stage stays a code where a kind is not meant.
    ["code", "PILOT", "PILOT"],
    ["levels", [], "–"],
  ])("%s %s", (field, value, told) => expect(fr.value(field, value)).toBe(told));
});

describe("a window in words", () => {
  const at = (offsetMonths: number, offsetDays: number, beforeDays: number, afterDays: number, anchor = "T0") =>
    ({ anchor, offsetMonths, offsetDays, beforeDays, afterDays });
  it.each([
    [at(0, 0, 0, 30, "CONSENT"), "The day of consent, and up to 30 days after"],
    [at(4, 0, 14, 28), "4 months after the end of active treatment (T0), from 14 days before to 28 days after"],
    [at(0, -15, 75, 14, "RETURN"), "15 days before the return to work, from 75 days before to 14 days after"],
    [at(1, 15, 0, 0), "1 month and 15 days after the end of active treatment (T0)"],
  ])("%o", (window, told) => expect(en.window(window)).toBe(told));
  it("of a component has two ends", () =>
    expect(en.span({ anchor: "RETURN", fromMonths: -3, fromDays: 0, untilMonths: 0, untilDays: -1 }))
      .toBe("Between 3 months before the return to work and 1 day before the return to work"));
});
