// SPDX-License-Identifier: Apache-2.0
// The functions of the expression language (docs/expressions.md, section 5), but `in`, which reads blanks.
import { ExpressionFunction as F } from "~/gen/reprise/questionnaire/v1/expression_pb";
import { roundDecimal } from "./decimal";
import { and, asNumber, asTruth, CivilDay, daysOfText, numberValue, ordered, truthValue, type Value } from "./value";

const DAYS_OF_MONTH = 30.44;
const DAYS_OF_YEAR = 365.2425;

// The answered numbers; undefined where an answer is no number, which makes every aggregate null.
function answered(values: readonly Value[]): number[] | undefined {
  const numbers = values.filter((each) => each !== null).map(asNumber);
  return numbers.some(Number.isNaN) ? undefined : numbers;
}

// From the first to the last, so that the last bit is the server's.
function total(numbers: readonly number[]): number {
  return numbers.reduce((sum, each) => sum + each, 0);
}

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}

function deviation(numbers: readonly number[]): number {
  if (numbers.length < 2) return NaN;
  const mean = total(numbers) / numbers.length;
  const squares = numbers.reduce((sum, each) => sum + (each - mean) * (each - mean), 0);
  return Math.sqrt(squares / (numbers.length - 1));
}

function aggregate(which: F, values: readonly Value[]): number {
  const numbers = answered(values);
  if (numbers === undefined || numbers.length === 0) return NaN;
  switch (which) {
    case F.SUM: return total(numbers);
    case F.MEAN: return total(numbers) / numbers.length;
    case F.MIN: return Math.min(...numbers);
    case F.MAX: return Math.max(...numbers);
    case F.MEDIAN: return median(numbers);
    default: return deviation(numbers);
  }
}

function prorate([least = null, ...items]: readonly Value[]): number {
  const numbers = answered(items);
  const needed = asNumber(least);
  if (numbers === undefined || numbers.length === 0 || Number.isNaN(needed) || numbers.length < needed) return NaN;
  return (total(numbers) * items.length) / numbers.length;
}

function band([x = null, ...cuts]: readonly Value[]): number {
  const reached = cuts.map((cut) => ordered(cut, x, "less", "equal"));
  return reached.includes(undefined) ? NaN : reached.filter((each) => each === true).length;
}

function dayNumber(value: Value | undefined): number {
  if (value instanceof CivilDay) return value.days;
  return typeof value === "string" ? daysOfText(value) ?? NaN : NaN;
}

function dateDifference([from, to, unit, signed = false]: readonly Value[]): number {
  const difference = dayNumber(to) - dayNumber(from);
  const days = asTruth(signed) === true ? difference : Math.abs(difference);
  if (unit === "M") return days / DAYS_OF_MONTH;
  return unit === "y" ? days / DAYS_OF_YEAR : days;
}

// From 29 February a year is complete on 1 March.
function fullYears(from: number, to: number): number {
  if (Number.isNaN(from) || Number.isNaN(to)) return NaN;
  const start = new Date(from * 86_400_000);
  const end = new Date(to * 86_400_000);
  const anniversary = new Date(0);
  anniversary.setUTCFullYear(end.getUTCFullYear(), start.getUTCMonth(), start.getUTCDate());
  return end.getUTCFullYear() - start.getUTCFullYear() - (anniversary > end ? 1 : 0);
}

export function callFunction(which: F, values: readonly Value[]): Value {
  const x = (at: number) => asNumber(values[at] ?? null);
  switch (which) {
    case F.SUM: case F.MEAN: case F.MIN: case F.MAX: case F.MEDIAN: case F.SD: return numberValue(aggregate(which, values));
    case F.COUNT: return values.filter((each) => each !== null).length;
    case F.ABS: return numberValue(Math.abs(x(0)));
    case F.SQRT: return numberValue(Math.sqrt(x(0)));
    case F.LN: return numberValue(Math.log(x(0)));
    case F.EXP: return numberValue(Math.exp(x(0)));
    case F.ROUND: return numberValue(roundDecimal(x(0), x(1), "half_away"));
    case F.ROUNDUP: return numberValue(roundDecimal(x(0), x(1), "away"));
    case F.ROUNDDOWN: return numberValue(roundDecimal(x(0), x(1), "toward_zero"));
    case F.IF: return (asTruth(values[0] ?? null) === true ? values[1] : values[2]) ?? null;
    case F.COALESCE: return values.find((each) => each !== null) ?? null;
    case F.ISBLANK: return values[0] === null;
    case F.BETWEEN:
      return truthValue(and(ordered(values[1] ?? null, values[0] ?? null, "less", "equal"),
        ordered(values[0] ?? null, values[2] ?? null, "less", "equal")));
    case F.REV: return numberValue(x(1) + x(2) - x(0));
    case F.PRORATE: return numberValue(prorate(values));
    case F.BAND: return numberValue(band(values));
    case F.DATEDIFF: return numberValue(dateDifference(values));
    case F.FULLYEARS: return numberValue(fullYears(dayNumber(values[0]), dayNumber(values[1])));
    default: throw new Error(`function ${which} is not known`);
  }
}
