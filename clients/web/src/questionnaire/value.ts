// SPDX-License-Identifier: Apache-2.0
// Values of the expression language (docs/expressions.md, section 1) and how they compare (section 4).

// Days since 1970-01-01; a class, so that a date is told from a number.
export class CivilDay {
  constructor(readonly days: number) {}
}

// Numbers are finite and never -0, texts never empty.
export type Value = null | number | boolean | string | CivilDay;

// The literal '' where it tests for a blank; everywhere else it is null.
export const BLANK = Symbol("blank");
export type Cell = Value | typeof BLANK;

export type Truth = boolean | undefined;
export type Order = "less" | "equal" | "greater" | "different" | "null";

const NUMBER = /^[+-]?(?:(\d+)(?:\.(\d*))?|\.(\d+))(?:[eE][+-]?\d+)?$/;

export function numberOfText(text: string): number | undefined {
  const parts = NUMBER.exec(text);
  if (parts === null) return undefined;
  const number = Number(text);
  if (!Number.isFinite(number)) return undefined;
  // Too small for a double is no number, as too large.
  if (number === 0 && /[1-9]/.test(`${parts[1] ?? ""}${parts[2] ?? ""}${parts[3] ?? ""}`)) return undefined;
  return number + 0;
}

// Undefined for what is no day of the calendar, years 1 to 9999.
export function daysOf(year: number, month: number, day: number): number | undefined {
  if (year < 1 || year > 9999) return undefined;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;
  return date.getTime() / 86_400_000;
}

export function daysOfText(text: string): number | undefined {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  return parts === null ? undefined : daysOf(Number(parts[1]), Number(parts[2]), Number(parts[3]));
}

export function numberValue(number: number): Value {
  return Number.isFinite(number) ? number + 0 : null;
}

// NaN where it is no number: null, a date, a text that is none.
export function asNumber(cell: Cell): number {
  if (typeof cell === "number") return cell;
  if (typeof cell === "boolean") return cell ? 1 : 0;
  if (typeof cell === "string") return numberOfText(cell) ?? NaN;
  return NaN;
}

export function asTruth(cell: Cell): Truth {
  const number = asNumber(cell);
  return Number.isNaN(number) ? undefined : number !== 0;
}

export function truthValue(truth: Truth): Value {
  return truth ?? null;
}

// Kleene's.
export function not(a: Truth): Truth {
  return a === undefined ? undefined : !a;
}
export function and(a: Truth, b: Truth): Truth {
  if (a === false || b === false) return false;
  return a === true && b === true ? true : undefined;
}
export function or(a: Truth, b: Truth): Truth {
  return not(and(not(a), not(b)));
}

// A text becomes the number or the date that it is.
function sorted(value: Value): Value {
  if (typeof value === "boolean") return value ? 1 : 0;
  if (typeof value !== "string") return value;
  const number = numberOfText(value);
  if (number !== undefined) return number;
  const days = daysOfText(value);
  return days === undefined ? value : new CivilDay(days);
}

function orderOf(a: number, b: number): Order {
  return a === b ? "equal" : a < b ? "less" : "greater";
}

// UTF-16 units stand in another order than code points.
function orderOfTexts(a: string, b: string): Order {
  const x = Array.from(a, (each) => each.codePointAt(0)!);
  const y = Array.from(b, (each) => each.codePointAt(0)!);
  for (let at = 0; at < x.length && at < y.length; at++) {
    if (x[at] !== y[at]) return orderOf(x[at]!, y[at]!);
  }
  return orderOf(x.length, y.length);
}

export function compare(a: Cell, b: Cell): Order {
  if (a === null || b === null || a === BLANK || b === BLANK) return "null";
  const x = sorted(a);
  const y = sorted(b);
  if (typeof x === "number" && typeof y === "number") return orderOf(x, y);
  if (x instanceof CivilDay && y instanceof CivilDay) return orderOf(x.days, y.days);
  if (typeof x === "string" && typeof y === "string") return orderOfTexts(x, y);
  return "different";
}

export function equal(a: Cell, b: Cell): Truth {
  if (a === BLANK) return b === null || b === BLANK;
  if (b === BLANK) return a === null;
  const order = compare(a, b);
  return order === "null" ? undefined : order === "equal";
}

// Whether the order is one of two; unknown for different sorts.
export function ordered(a: Cell, b: Cell, one: Order, other: Order): Truth {
  const order = compare(a, b);
  return order === "different" || order === "null" ? undefined : order === one || order === other;
}
