// SPDX-License-Identifier: Apache-2.0
// Where the boxes and lines of a flow diagram lie. Pure: the same tree, width and measure of letters give
// the same drawing. Units are pixels.
import type { FlowTree, Station } from "./tree";

export interface TextLine {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly bold: boolean;
}

export interface Box {
  readonly key: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly lines: readonly TextLine[];
}

export interface Drawing {
  readonly height: number;
  readonly boxes: readonly Box[];
  // Paths with an arrow at their end.
  readonly arrows: readonly string[];
}

// Width of a text, for the font of the drawing.
export type Measure = (text: string, bold: boolean) => number;
export type Label = (station: Station) => string;
export type NoteLabel = (note: Station["notes"][number]) => string;

export const FONT_SIZE = 14;
const LINE = 20;
const PAD = 10;
const GAP = 26;
const INDENT = 14;
const WIDE = 620;

// A text in lines that fit; a word that does not fit stands alone.
export function wrap(text: string, room: number, bold: boolean, measure: Measure): string[] {
  const lines: string[] = [];
  let line = "";
  // Spaces that do not break keep a colon with its word.
  for (const word of text.split(" ")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line !== "" && measure(longer, bold) > room) {
      lines.push(line);
      line = word;
    } else {
      line = longer;
    }
  }
  return [...lines, line];
}

function boxOf(station: Station, x: number, y: number, width: number, texts: Texts): Box {
  const lines: TextLine[] = [];
  const add = (text: string, indent: number, bold: boolean) => {
    for (const part of wrap(text, width - 2 * PAD - indent, bold, texts.measure)) {
      lines.push({ text: part, x: x + PAD + indent, y: y + PAD + lines.length * LINE + FONT_SIZE, bold });
    }
  };
  add(texts.label(station), 0, true);
  for (const note of station.notes) add(texts.note(note), note.level * INDENT, false);
  return { key: station.key, x, y, width, height: lines.length * LINE + 2 * PAD, lines };
}

interface Texts {
  readonly label: Label;
  readonly note: NoteLabel;
  readonly measure: Measure;
}

export function layoutFlow(tree: FlowTree, width: number, texts: Texts): Drawing {
  const boxes: Box[] = [];
  const arrows: string[] = [];
  const wide = width >= WIDE;
  const mainWidth = wide ? Math.floor(width * 0.42) : width - 1;
  // The line from which those who leave branch off.
  const spine = wide ? Math.floor(mainWidth / 2) : 12;
  const asideX = wide ? mainWidth + 24 : 34;
  let y = 1;
  let last: Box | undefined;
  let branchedAt: number | undefined;
  for (const { station, aside } of tree.main) {
    const box = boxOf(station, 1, y, mainWidth - 1, texts);
    boxes.push(box);
    if (last !== undefined) arrows.push(`M${spine} ${last.y + last.height}V${box.y}`);
    last = box;
    y = box.y + box.height;
    if (aside === undefined) {
      y += GAP;
      continue;
    }
    const off = boxOf(aside, asideX, y + GAP / 2, width - asideX - 1, texts);
    boxes.push(off);
    branchedAt = off.y + (wide ? off.height / 2 : 20);
    arrows.push(`M${spine} ${branchedAt}H${off.x}`);
    y = off.y + off.height + GAP / 2;
  }
  const bottom = last!.y + last!.height;
  y = armsBelow(tree, width, spine, bottom, Math.max(y, bottom + GAP), texts, boxes, arrows);
  const outcome = boxOf(tree.outcome, 1, y, width - 2, texts);
  boxes.push(outcome);
  return { height: Math.ceil(outcome.y + outcome.height + 1), boxes, arrows };
}

// Returns where the next box may begin.
function armsBelow(tree: FlowTree, width: number, spine: number, bottom: number, from: number, texts: Texts, boxes: Box[],
                   arrows: string[]): number {
  if (tree.arms.length === 0) {
    arrows.push(`M${spine} ${bottom}V${from}`);
    return from;
  }
  const gap = 12;
  const each = Math.floor((width - gap * (tree.arms.length - 1)) / tree.arms.length) - 1;
  const level = from - GAP / 2;
  const top = from + 4;
  const middles = tree.arms.map((_, i) => 1 + i * (each + gap) + Math.floor(each / 2));
  arrows.push(...middles.map((middle) => `M${spine} ${bottom}V${level}H${middle}V${top}`));
  let row = top;
  for (let step = 0; step < Math.max(...tree.arms.map((arm) => arm.length)); step++) {
    const placed = tree.arms.map((arm, i) => boxOf(arm[step]!, 1 + i * (each + gap), row, each, texts));
    const tallest = Math.max(...placed.map((box) => box.height));
    const even = placed.map((box) => ({ ...box, height: tallest }));
    boxes.push(...even);
    if (step > 0) arrows.push(...middles.map((middle) => `M${middle} ${row - GAP}V${row}`));
    row += tallest + GAP;
  }
  return row;
}
