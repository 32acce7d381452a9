// SPDX-License-Identifier: Apache-2.0
// Rounding in decimal, on the shortest text that reads back as the double (docs/expressions.md, section 5).

export type Rounding = "half_away" | "away" | "toward_zero";

// No double has a digit further from the point than this.
const FARTHEST = 400;

// NaN where x is not finite or digits is no whole number.
export function roundDecimal(x: number, digits: number, rounding: Rounding): number {
  if (!Number.isFinite(x) || !Number.isInteger(digits)) return NaN;
  if (x === 0) return 0;
  const places = Math.max(-FARTHEST, Math.min(FARTHEST, digits));
  const rounded = roundPositive(Math.abs(x), places, rounding);
  return x < 0 ? -rounded : rounded;
}

function roundPositive(x: number, digits: number, rounding: Rounding): number {
  const [mantissa = "", exponent = "0"] = x.toExponential().split("e");
  const figures = mantissa.replace(".", "");
  // x = 0.figures times 10^point; `kept` figures stand before the place of rounding.
  const point = Number(exponent) + 1;
  const kept = point + digits;
  if (kept >= figures.length) return x;
  const up = rounding === "away" || (rounding === "half_away" && kept >= 0 && figures[kept]! >= "5");
  if (kept <= 0) return up ? read("1", -digits) : 0;
  const whole = BigInt(figures.slice(0, kept)) + (up ? 1n : 0n);
  return read(whole.toString(), -digits);
}

// NaN beyond what a double holds.
function read(figures: string, power: number): number {
  const number = Number(`${figures}e${power}`);
  return Number.isFinite(number) && number !== 0 ? number : NaN;
}
