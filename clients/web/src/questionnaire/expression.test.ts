// SPDX-License-Identifier: Apache-2.0
// The test vectors of the server's engine, with the trees of its parser: the oracle's (expr_vectors) and
// those of every rule that docs/expressions.md states (rule_vectors).
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fromJson, type JsonValue } from "@bufbuild/protobuf";
import { describe, expect, test } from "vitest";
import { type Expression, ExpressionFunction as F, ExpressionOperator as Op, ExpressionSchema } from "~/gen/reprise/questionnaire/v1/expression_pb";
import { evaluate, ExpressionUnknown, holds, type Lookup } from "./expression";
import { CivilDay, daysOfText, numberOfText, type Value } from "./value";

interface Written {
  readonly type: string;
  readonly value: string | number | boolean | null;
}
interface Vector {
  readonly id: string;
  readonly expression: string;
  readonly tree: JsonValue;
  readonly bindings: ReadonlyArray<Written & { event: string; item: string; code: string }>;
  readonly expected: Written;
}

const DATA = join(__dirname, "../../../../tests/data/expressions");

function valueOf({ type, value }: Written): Value {
  return type === "date" ? new CivilDay(daysOfText(String(value))!) : value;
}

// As the services print it: type, and numbers with 15 significant digits.
function told(value: Value): [string, unknown] {
  if (value === null) return ["null", null];
  if (value instanceof CivilDay) return ["date", new Date(value.days * 86_400_000).toISOString().slice(0, 10)];
  if (typeof value === "number") return ["number", Number(value.toPrecision(15))];
  return [typeof value === "string" ? "text" : "boolean", value];
}

function expectedOf({ type, value }: Written): [string, unknown] {
  return [type, type === "number" ? Number(Number(value).toPrecision(15)) : value];
}

function lookupOf(bindings: Vector["bindings"]): Lookup {
  return (wanted) => {
    const found = bindings.find((each) => each.event === wanted.event && each.item === wanted.item && each.code === wanted.code);
    return found === undefined ? null : valueOf(found);
  };
}

describe.each(["expr_vectors.json", "rule_vectors.json"])("%s", (file) => {
  const vectors = JSON.parse(readFileSync(join(DATA, file), "utf8")) as Vector[];

  test("is there", () => expect(vectors.length).toBeGreaterThan(40));
  test.each(vectors)("$id $expression", ({ tree, bindings, expected }) => {
    expect(told(evaluate(fromJson(ExpressionSchema, tree), lookupOf(bindings)))).toEqual(expectedOf(expected));
  });
});

// A tree from literals, written as in postfix notation.
function tree(...nodes: Array<number | string | boolean | { op: Op } | { call: F; count: number } | { item: string } | "''">): Expression {
  const wire = nodes.map((node) => {
    if (typeof node === "number") return { number: node };
    if (typeof node === "boolean") return { boolean: node };
    if (node === "''") return { blank: {} };
    if (typeof node === "string") return { text: node };
    if ("op" in node) return { operator: Op[node.op] === undefined ? 99 : node.op };
    if ("item" in node) return { reference: node };
    return { call: { function: node.call, argumentCount: node.count } };
  });
  return fromJson(ExpressionSchema, { languageVersion: 1, nodes: wire } as unknown as JsonValue);
}

const call = (which: F, ...args: Parameters<typeof tree>) => evaluate(tree(...args, { call: which, count: args.length }), () => null);
const item = { item: "x" };

describe("rules of docs/expressions.md that the vectors leave out", () => {
  // [name, what we compute, what the document says]
  const rows: Array<[string, Value, Value]> = [
    ["round(2.675, 2)", call(F.ROUND, 2.675, 2), 2.68],
    ["roundup(0.1 + 0.2, 1)", evaluate(tree(0.1, 0.2, { op: Op.ADD }, 1, { call: F.ROUNDUP, count: 2 }), () => null), 0.4],
    ["round(-2.5, 0)", evaluate(tree(2.5, { op: Op.NEGATE }, 0, { call: F.ROUND, count: 2 }), () => null), -3],
    ["round to tens", evaluate(tree(15, 1, { op: Op.NEGATE }, { call: F.ROUND, count: 2 }), () => null), 20],
    ["round(x, 1.5)", call(F.ROUND, 2.675, 1.5), null],
    ["-7 % 3", evaluate(tree(7, { op: Op.NEGATE }, 3, { op: Op.REMAINDER }), () => null), -1],
    ["null ^ 0", evaluate(tree(item, 0, { op: Op.POWER }), () => null), null],
    ["0 ^ 0", evaluate(tree(0, 0, { op: Op.POWER }), () => null), 1],
    ["'10' < '9'", evaluate(tree("10", "9", { op: Op.LESS }), () => null), false],
    ["'01' = '1.0'", evaluate(tree("01", "1.0", { op: Op.EQUAL }), () => null), true],
    ["true = 1", evaluate(tree(true, 1, { op: Op.EQUAL }), () => null), true],
    ["'Z' < 'a'", evaluate(tree("Z", "a", { op: Op.LESS }), () => null), true],
    ["text by code point, not by unit", evaluate(tree("\uffff", "\u{1f600}", { op: Op.LESS }), () => null), true],
    ["different sorts are not equal", evaluate(tree("a", 1, { op: Op.EQUAL }), () => null), false],
    ["different sorts have no order", evaluate(tree("a", 1, { op: Op.LESS }), () => null), null],
    ["'' = ''", evaluate(tree("''", "''", { op: Op.EQUAL }), () => null), true],
    ["[x] < ''", evaluate(tree(item, "''", { op: Op.LESS }), () => 1), null],
    ["in([x], '') of a blank", evaluate(tree(item, "''", { call: F.IN, count: 2 }), () => null), true],
    ["sum with an answer that is no number", call(F.SUM, 1, "oui"), null],
    ["count of any type", call(F.COUNT, 1, "oui", "''"), 2],
    ["sd of one", call(F.SD, 1), null],
    ["median of two", call(F.MEDIAN, 4, 1), 2.5],
    ["band with a null cut", evaluate(tree(3, item, { call: F.BAND, count: 2 }), () => null), null],
    ["prorate below its least", evaluate(tree(2, 1, item, { call: F.PRORATE, count: 3 }), () => null), null],
    ["overflow", evaluate(tree(1e308, 10, { op: Op.MULTIPLY }), () => null), null],
    ["fullyears of the day before is -1", evaluate(tree({ item: "a" }, { item: "b" }, { call: F.FULLYEARS, count: 2 }),
      ({ item: name }) => (name === "a" ? "2020-03-02" : "2020-03-01")), -1],
  ];
  test.each(rows)("%s", (_, found, expected) => expect(found).toEqual(expected));

  test("what is no number as a text", () => {
    for (const text of ["1,5", " 1", "0x1", "inf", "1e400", "1e-400", "", "."]) expect([text, numberOfText(text)]).toEqual([text, undefined]);
    for (const [text, number] of [["-2.50", -2.5], ["+1e3", 1000], [".5", 0.5], ["5.", 5]] as const) expect(numberOfText(text)).toBe(number);
  });

  test("a blank condition hides", () => expect(holds(tree(item, 1, { op: Op.GREATER }), () => null)).toBe(false));

  test("what is not known is refused as a whole", () => {
    const other = fromJson(ExpressionSchema, { languageVersion: 2, nodes: [{ number: 1 }] });
    expect(() => evaluate(other, () => null)).toThrow(ExpressionUnknown);
    expect(() => evaluate(fromJson(ExpressionSchema, { languageVersion: 1, nodes: [{}] }), () => null)).toThrow(ExpressionUnknown);
    expect(() => evaluate(tree(1, { op: Op.ADD }), () => null)).toThrow(ExpressionUnknown);
    expect(() => evaluate(tree(1, 2), () => null)).toThrow(ExpressionUnknown);
  });
});
