// SPDX-License-Identifier: Apache-2.0
// Answers as they are stored (docs/instruments.md) turned into values, and what is wrong with one. The
// server judges again; this only tells her at once.
import { type Choice, type Item, ItemType, MissingKind } from "~/gen/reprise/questionnaire/v1/instrument_pb";
import { Missing } from "~/gen/reprise/questionnaire/v1/response_pb";
import { CivilDay, daysOfText, numberOfText, type Value } from "./value";

// What stands for one item on its way: as on the wire, without its envelope.
export interface Given {
  readonly value: string;
  readonly missing: Missing;
}

export const NOTHING: Given = { value: "", missing: Missing.UNSPECIFIED };

export function isNothing(given: Given | undefined): boolean {
  return given === undefined || (given.value === "" && given.missing === Missing.UNSPECIFIED);
}

export function sameGiven(a: Given | undefined, b: Given | undefined): boolean {
  return (a?.value ?? "") === (b?.value ?? "") && (a?.missing ?? 0) === (b?.missing ?? 0);
}

export type Fault = "ANSWER_MALFORMED" | "ANSWER_OUT_OF_RANGE";

// What an answer means: a value, boxes that are ticked, or a kind of no answer.
export interface Meaning {
  readonly missing: MissingKind;
  readonly value: Value;
  readonly boxes: ReadonlySet<string>;
  readonly fault: Fault | undefined;
}

export interface Asked {
  readonly type: ItemType;
  readonly item: Item;
  readonly choices: readonly Choice[];
}

const none = (missing: MissingKind): Meaning => ({ missing, value: null, boxes: new Set(), fault: undefined });
const wrong = (fault: Fault): Meaning => ({ ...none(MissingKind.NOT_ANSWERED), fault });
const meaning = (value: Value, boxes: ReadonlySet<string> = new Set()): Meaning =>
  ({ missing: MissingKind.UNSPECIFIED, value, boxes, fault: undefined });

// The number by which answers of a kind are ordered: itself, days, or minutes of the day.
export function ordinalOf(type: ItemType, text: string): number | undefined {
  switch (type) {
    case ItemType.DATE: return daysOfText(text);
    case ItemType.PARTIAL_DATE: return daysOfText(text + (text.length === 4 ? "-01-01" : text.length === 7 ? "-01" : ""));
    case ItemType.TIME: {
      const parts = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(text);
      return parts === null ? undefined : Number(parts[1]) * 60 + Number(parts[2]);
    }
    default: {
      const number = numberOfText(text);
      return number !== undefined && type === ItemType.INTEGER && !Number.isInteger(number) ? undefined : number;
    }
  }
}

export function boundsOf({ type, item }: Asked): { low: number | undefined; high: number | undefined } {
  if (type === ItemType.SCALE) return { low: item.scale?.min, high: item.scale?.max };
  return { low: ordinalOf(type, item.hard?.min ?? ""), high: ordinalOf(type, item.hard?.max ?? "") };
}

function codeValue(code: string): Value {
  return numberOfText(code) ?? code;
}

function readOne(choices: readonly Choice[], raw: string): Meaning {
  const choice = choices.find((each) => each.code === raw);
  if (choice === undefined) return wrong("ANSWER_MALFORMED");
  return choice.missing !== MissingKind.UNSPECIFIED ? none(choice.missing) : meaning(codeValue(choice.code));
}

function readSeveral(choices: readonly Choice[], raw: string): Meaning {
  const boxes = new Set(raw.split("|"));
  const ticked = choices.filter((each) => boxes.has(each.code));
  if (ticked.length !== boxes.size) return wrong("ANSWER_MALFORMED");
  const alone = ticked.find((each) => each.exclusive || each.missing !== MissingKind.UNSPECIFIED);
  if (alone !== undefined && ticked.length > 1) return wrong("ANSWER_MALFORMED");
  if (alone !== undefined && alone.missing !== MissingKind.UNSPECIFIED) return { ...none(alone.missing), boxes };
  return meaning(ticked.length, boxes);
}

function readOrdered(asked: Asked, raw: string): Meaning {
  const ordinal = ordinalOf(asked.type, raw);
  if (ordinal === undefined) return wrong("ANSWER_MALFORMED");
  const { low, high } = boundsOf(asked);
  if ((low !== undefined && ordinal < low) || (high !== undefined && ordinal > high)) return wrong("ANSWER_OUT_OF_RANGE");
  if (asked.type === ItemType.DATE) return meaning(new CivilDay(ordinal));
  return meaning(asked.type === ItemType.PARTIAL_DATE || asked.type === ItemType.TIME ? raw : ordinal);
}

export function read(asked: Asked, given: Given | undefined): Meaning {
  if (given === undefined || isNothing(given)) return none(MissingKind.NOT_ANSWERED);
  // The numbers of Missing and MissingKind are the same.
  if (given.missing !== Missing.UNSPECIFIED) return none(given.missing as number as MissingKind);
  const raw = given.value.trim();
  if (raw === "") return none(MissingKind.NOT_ANSWERED);
  switch (asked.type) {
    case ItemType.SINGLE_CHOICE: return readOne(asked.choices, raw);
    case ItemType.MULTIPLE_CHOICE: return readSeveral(asked.choices, raw);
    case ItemType.TEXT:
      return asked.item.maxLength !== undefined && Array.from(raw).length > asked.item.maxLength
        ? wrong("ANSWER_OUT_OF_RANGE") : meaning(raw);
    default: return readOrdered(asked, raw);
  }
}

// An answer that is taken, but that she is asked about.
export function isUnusual(asked: Asked, given: Given | undefined): boolean {
  const { soft } = asked.item;
  if (soft === undefined || given === undefined || given.value === "" || read(asked, given).fault !== undefined) return false;
  const ordinal = ordinalOf(asked.type, given.value.trim());
  const low = ordinalOf(asked.type, soft.min);
  const high = ordinalOf(asked.type, soft.max);
  return ordinal !== undefined && ((low !== undefined && ordinal < low) || (high !== undefined && ordinal > high));
}

function standsAlone(choice: Choice): boolean {
  return choice.exclusive || choice.missing !== MissingKind.UNSPECIFIED;
}

// What is ticked after a click on `clicked`, in the order of the choices.
export function ticked(choices: readonly Choice[], value: string, clicked: Choice): string {
  const before = new Set(value === "" ? [] : value.split("|"));
  const on = !before.has(clicked.code);
  return choices.filter((each) => {
    if (each.code === clicked.code) return on;
    if (!before.has(each.code)) return false;
    return !on || (!standsAlone(clicked) && !standsAlone(each));
  }).map((each) => each.code).join("|");
}
