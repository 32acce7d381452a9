// SPDX-License-Identifier: Apache-2.0
import { create, fromJson, type JsonValue } from "@bufbuild/protobuf";
import { describe, expect, test } from "vitest";
import { ItemType } from "~/gen/reprise/questionnaire/v1/instrument_pb";
import { FormSchema } from "~/gen/reprise/questionnaire/v1/questionnaire_service_pb";
import { Missing } from "~/gen/reprise/questionnaire/v1/response_pb";
import { partialDate, wholeDate } from "~/pages/participant/days";
import { Form } from "./form";
import { type Given, isUnusual, read, ticked } from "./reading";
import { storedNumber, writtenNumber } from "./showing";

const equals = (item: string, code: string) =>
  ({ languageVersion: 1, nodes: [{ reference: { item } }, { text: code }, { operator: "EXPRESSION_OPERATOR_EQUAL" }] });

// The form of services/questionnaire/domain/response/response_test.cc, and more.
const WIRE = {
  instrument: {
    id: "form",
    missingCodes: [{ code: "REFUSED", kind: "MISSING_KIND_REFUSED" }, { code: "NOT_ASKED", kind: "MISSING_KIND_NOT_ASKED" }],
    choiceLists: [{ id: "yes_no", choices: [{ code: "0" }, { code: "1" }] }],
    sections: [{
      code: "all",
      items: [
        { code: "leave", type: "ITEM_TYPE_SINGLE_CHOICE", choiceList: "yes_no", required: true },
        { code: "days", type: "ITEM_TYPE_INTEGER", required: true, hard: { min: "1", max: "365" }, soft: { max: "200" }, shownIf: "[leave] = '1'" },
        { code: "why", type: "ITEM_TYPE_MULTIPLE_CHOICE", shownIf: "[days] > 30", choices: [{ code: "a" }, { code: "b" }, { code: "none", exclusive: true }, { code: "na", missing: "MISSING_KIND_NOT_APPLICABLE" }] },
        { code: "more", type: "ITEM_TYPE_TEXT", maxLength: 5, shownIf: "[why(b)] = '1'" },
        { code: "since", type: "ITEM_TYPE_PARTIAL_DATE" },
        { code: "grid", type: "ITEM_TYPE_MATRIX", choiceList: "yes_no", rows: [{ code: "g1" }, { code: "g2", shownIf: "[leave] = '1'", required: true }] },
        { code: "twice", type: "ITEM_TYPE_COMPUTED", calculation: "[days] * 2" },
        { code: "again", type: "ITEM_TYPE_COMPUTED", calculation: "[last] + 1" },
        { code: "last", type: "ITEM_TYPE_COMPUTED", calculation: "[twice] + 1" },
      ],
    }],
  },
  expressions: {
    "[leave] = '1'": equals("leave", "1"),
    "[why(b)] = '1'": { languageVersion: 1, nodes: [{ reference: { item: "why", code: "b" } }, { text: "1" }, { operator: "EXPRESSION_OPERATOR_EQUAL" }] },
    "[days] > 30": { languageVersion: 1, nodes: [{ reference: { item: "days" } }, { number: 30 }, { operator: "EXPRESSION_OPERATOR_GREATER" }] },
    "[days] * 2": { languageVersion: 1, nodes: [{ reference: { item: "days" } }, { number: 2 }, { operator: "EXPRESSION_OPERATOR_MULTIPLY" }] },
    "[twice] + 1": { languageVersion: 1, nodes: [{ reference: { item: "twice" } }, { number: 1 }, { operator: "EXPRESSION_OPERATOR_ADD" }] },
    "[last] + 1": { languageVersion: 1, nodes: [{ reference: { item: "last" } }, { number: 1 }, { operator: "EXPRESSION_OPERATOR_ADD" }] },
  },
};

const form = new Form(fromJson(FormSchema, WIRE as unknown as JsonValue));
const given = (value: string): Given => ({ value, missing: Missing.UNSPECIFIED });
const answers = (values: Record<string, string>) => new Map(Object.entries(values).map(([code, value]) => [code, given(value)]));
const shown = (values: Record<string, string>) => [...form.standing(answers(values)).shown];

describe("branching", () => {
  test.each<[string, Record<string, string>, string[]]>([
    ["nothing answered", {}, ["leave", "since", "g1"]],
    ["one level", { leave: "1" }, ["leave", "days", "since", "g1", "g2"]],
    ["three levels", { leave: "1", days: "31", why: "b" }, ["leave", "days", "why", "more", "since", "g1", "g2"]],
    ["what is hidden counts as blank, all the way down", { leave: "0", days: "31", why: "b", more: "x" }, ["leave", "since", "g1"]],
    ["an answer that is refused counts as blank", { leave: "1", days: "999", why: "b" }, ["leave", "days", "since", "g1", "g2"]],
  ])("%s", (_, values, codes) => expect(shown(values)).toEqual(codes));

  test("a reason for no answer is blank", () => {
    const refused = new Map([["leave", { value: "", missing: Missing.REFUSED }]]);
    expect([...form.standing(refused).shown]).toEqual(["leave", "since", "g1"]);
  });
  test("computed items name each other in any order", () => {
    const { computed } = form.standing(answers({ leave: "1", days: "3" }));
    expect([computed.get("twice"), computed.get("last"), computed.get("again")]).toEqual([6, 7, 8]);
    expect(form.standing(answers({ leave: "0", days: "3" })).computed.get("again")).toBeNull();
  });
  test("rows of a matrix are fields of their own", () => {
    expect(form.byCode.get("g2")).toMatchObject({ required: true, type: ItemType.SINGLE_CHOICE });
  });
  test("an expression without its tree is refused", () => {
    const lacking = fromJson(FormSchema, { instrument: WIRE.instrument } as unknown as JsonValue);
    expect(() => new Form(lacking)).toThrow();
    expect(() => new Form(create(FormSchema))).toThrow();
  });
});

describe("answers", () => {
  test.each<[string, string, string | undefined]>([
    ["leave", "1", undefined], ["leave", "2", "ANSWER_MALFORMED"],
    ["days", "365", undefined], ["days", "366", "ANSWER_OUT_OF_RANGE"], ["days", "0", "ANSWER_OUT_OF_RANGE"],
    ["days", "1.5", "ANSWER_MALFORMED"], ["days", "deux", "ANSWER_MALFORMED"],
    ["why", "a|b", undefined], ["why", "a|none", "ANSWER_MALFORMED"], ["why", "none", undefined], ["why", "c", "ANSWER_MALFORMED"],
    ["more", "éèàùâ", undefined], ["more", "éèàùâê", "ANSWER_OUT_OF_RANGE"], ["more", "😀😀😀😀😀", undefined],
    ["since", "2024", undefined], ["since", "2024-02", undefined], ["since", "2024-02-29", undefined],
    ["since", "2023-02-29", "ANSWER_MALFORMED"], ["since", "2024-13", "ANSWER_MALFORMED"], ["since", "-05", "ANSWER_MALFORMED"], ["since", "20", "ANSWER_MALFORMED"],
  ])("%s %s", (code, value, fault) => expect(read(form.byCode.get(code)!, given(value)).fault).toBe(fault));

  test("outside the soft range is asked about, outside the hard one refused", () => {
    const days = form.byCode.get("days")!;
    expect(["200", "201", "366", ""].map((value) => isUnusual(days, given(value)))).toEqual([false, true, false, false]);
  });
  test("boxes: exclusive ones stand alone, the order is the instrument's", () => {
    const { choices } = form.byCode.get("why")!;
    const [a, b, none] = choices;
    expect(ticked(choices, "b", a!)).toBe("a|b");
    expect(ticked(choices, "a|b", none!)).toBe("none");
    expect(ticked(choices, "none", b!)).toBe("b");
    expect(ticked(choices, "a|b", a!)).toBe("b");
    expect(ticked(choices, "b", b!)).toBe("");
  });
  test("numbers with comma or point, and spaces", () => {
    expect([storedNumber("12,5"), storedNumber("1\u202f200"), storedNumber("12.5")]).toEqual(["12.5", "1200", "12.5"]);
    expect([writtenNumber("12.5", "fr"), writtenNumber("12.5", "en")]).toEqual(["12,5", "12.5"]);
  });
  test("parts of a date", () => {
    expect(partialDate({ year: "2024", month: "", day: "" })).toBe("2024");
    expect(partialDate({ year: "2024", month: "05", day: "07" })).toBe("2024-05-07");
    expect(partialDate({ year: "2024", month: "", day: "07" })).toBe("2024");
    expect(partialDate({ year: "", month: "05", day: "" })).toBe("-05");
    expect(partialDate({ year: "", month: "", day: "" })).toBe("");
    expect(wholeDate({ year: "2026", month: "10", day: "05" })).toBe("2026-10-05");
    expect(wholeDate({ year: "", month: "10", day: "" })).toBe("-10-");
    expect(wholeDate({ year: "", month: "", day: "" })).toBe("");
  });
});
