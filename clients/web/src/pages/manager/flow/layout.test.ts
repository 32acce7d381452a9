// @vitest-environment jsdom
// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from "vitest";
import { layoutFlow, wrap } from "./layout";
import { type FlowTree, rowsOf } from "./tree";

const measure = (text: string) => text.length * 7;
const texts = { label: (s: { title: string; count: number }) => `${s.title} (n = ${s.count})`, note: (n: { text: string; count: number }) => `${n.text}: ${n.count}`, measure };
const station = (key: string, count: number, notes: FlowTree["outcome"]["notes"] = []) => ({ key, title: key, count, notes });
const tree: FlowTree = {
  main: [
    { station: station("screened", 1120), aside: station("excluded", 1080, [
      { text: "not eligible", count: 953, level: 0 }, { text: "a reason so long that it takes two lines in any box on a telephone", count: 307, level: 1 },
      { text: "declined", count: 127, level: 0 }]) },
    { station: station("consented", 40), aside: undefined },
    { station: station("randomised", 37), aside: undefined },
  ],
  arms: [[station("a", 19), station("a-left", 1), station("a-on", 18)], [station("b", 18), station("b-left", 2), station("b-on", 16)]],
  outcome: station("outcome", 40, [{ text: "lost", count: 1, level: 0 }]),
};

describe("wrap", () => {
  it.each([
    ["fits", "one two", 70, ["one two"]],
    ["breaks", "one two three", 50, ["one two", "three"]],
    ["a word that is too long stands alone", "a incomprehensible b", 40, ["a", "incomprehensible", "b"]],
    ["keeps a colon with its word", "Exclues\u00a0: 3", 60, ["Exclues\u00a0:", "3"]],
  ])("%s", (_, text, room, lines) => expect(wrap(text, room, false, measure)).toEqual(lines));
});

describe.each([296, 640, 1100])("a flow %i pixels wide", (width) => {
  const drawing = layoutFlow(tree, width, texts);
  it("has a box for each station, inside of the drawing", () => {
    expect(drawing.boxes.map((box) => box.key).sort()).toEqual(
      ["a", "a-left", "a-on", "b", "b-left", "b-on", "consented", "excluded", "outcome", "randomised", "screened"]);
    for (const box of drawing.boxes) {
      expect(box.x).toBeGreaterThanOrEqual(0);
      expect(box.x + box.width).toBeLessThanOrEqual(width);
      expect(box.y + box.height).toBeLessThanOrEqual(drawing.height);
    }
  });
  it("lets no two boxes overlap", () => {
    for (const a of drawing.boxes) {
      for (const b of drawing.boxes) {
        if (a === b) continue;
        const apart = a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
        expect(apart, `${a.key} and ${b.key}`).toBe(true);
      }
    }
  });
  it("keeps every line of text in its box", () => {
    for (const box of drawing.boxes) {
      for (const line of box.lines) {
        expect(line.x + measure(line.text), `${box.key}: ${line.text}`).toBeLessThanOrEqual(box.x + box.width);
        expect(line.y).toBeLessThanOrEqual(box.y + box.height);
      }
    }
  });
});

describe("rowsOf", () => {
  it("tells every number once, parts below their whole", () => {
    expect(rowsOf(tree).map((row) => [row.text, row.count, row.level]).slice(0, 5)).toEqual([
      ["screened", 1120, 0], ["excluded", 1080, 1], ["not eligible", 953, 2],
      ["a reason so long that it takes two lines in any box on a telephone", 307, 3], ["declined", 127, 2]]);
  });
});
