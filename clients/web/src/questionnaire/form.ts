// SPDX-License-Identifier: Apache-2.0
// A questionnaire ready to be filled in: its fields, which of them branching shows, what is computed.
// The same rules as the server's (services/questionnaire/domain/scoring/plan.cc).
import type { Expression } from "~/gen/reprise/questionnaire/v1/expression_pb";
import { type Choice, type Instrument, type Item, ItemType, MissingKind, type Row, type Section } from "~/gen/reprise/questionnaire/v1/instrument_pb";
import { Missing } from "~/gen/reprise/questionnaire/v1/response_pb";
import type { Form as WireForm } from "~/gen/reprise/questionnaire/v1/questionnaire_service_pb";
import { told } from "~/text/text";
import { evaluate, ExpressionUnknown, holds, type Lookup } from "./expression";
import { type Asked, type Given, isNothing, type Meaning, NOTHING, read, sameGiven } from "./reading";
import type { Value } from "./value";

export interface Field extends Asked {
  readonly code: string;
  readonly section: Section;
  // The line, for those of a matrix.
  readonly row: Row | undefined;
  readonly required: boolean;
  readonly conditions: readonly Expression[];
}

export interface ShownItem {
  readonly item: Item;
  // One; the shown lines of a matrix; none for what takes no answer.
  readonly fields: readonly Field[];
}

export interface ShownSection {
  readonly section: Section;
  readonly items: readonly ShownItem[];
}

export type Answers = ReadonlyMap<string, Given>;

// What answers come to.
export interface Standing {
  readonly shown: ReadonlySet<string>;
  readonly meanings: ReadonlyMap<string, Meaning>;
  readonly computed: ReadonlyMap<string, Value>;
  // Whether an item that takes no answer, or a section, is shown.
  holds(condition: string): boolean;
}

export class Form {
  readonly instrument: Instrument;
  readonly fields: readonly Field[];
  readonly byCode: ReadonlyMap<string, Field>;
  private readonly expressions: Readonly<Record<string, Expression>>;
  private readonly computed: readonly Item[];

  constructor(wire: WireForm) {
    if (wire.instrument === undefined) throw new ExpressionUnknown("a form without an instrument");
    this.instrument = wire.instrument;
    this.expressions = wire.expressions;
    this.fields = this.instrument.sections.flatMap((section) => section.items.flatMap((item) => this.fieldsOf(section, item)));
    this.byCode = new Map(this.fields.map((field) => [field.code, field]));
    this.computed = this.instrument.sections.flatMap((section) => section.items.filter((item) => item.type === ItemType.COMPUTED));
  }

  choicesOf(item: Item): readonly Choice[] {
    if (item.choiceList === "") return item.choices;
    return this.instrument.choiceLists.find((list) => list.id === item.choiceList)?.choices ?? [];
  }

  // Codes that she may choose in place of any answer.
  get refusals() {
    return this.instrument.missingCodes.filter((each) => each.kind === MissingKind.REFUSED || each.kind === MissingKind.NOT_APPLICABLE);
  }

  standing(answers: Answers): Standing {
    let shown = new Set(this.fields.map((field) => field.code));
    let computed = new Map<string, Value>();
    // Branching has no cycles, so each pass settles at least one more level of it.
    for (let pass = 0; pass <= this.fields.length; pass++) {
      const seen = new Map(this.fields.filter((field) => shown.has(field.code)).map((field) => [field.code, read(field, answers.get(field.code))]));
      computed = this.compute(seen);
      const lookup = lookupOf(seen, computed);
      const now = new Set(this.fields.filter((field) => field.conditions.every((each) => holds(each, lookup))).map((field) => field.code));
      if (now.size === shown.size && [...now].every((code) => shown.has(code))) break;
      shown = now;
    }
    const meanings = new Map(this.fields.filter((field) => shown.has(field.code)).map((field) => [field.code, read(field, answers.get(field.code))]));
    computed = this.compute(meanings);
    const lookup = lookupOf(meanings, computed);
    return { shown, meanings, computed, holds: (condition) => condition === "" || holds(this.expression(condition), lookup) };
  }

  shownSections(standing: Standing): ShownSection[] {
    return this.instrument.sections.flatMap((section) => {
      if (!standing.holds(section.shownIf)) return [];
      const items = section.items.flatMap((item): ShownItem[] => {
        const fields = this.fields.filter((field) => field.item === item && standing.shown.has(field.code));
        const takesNone = item.type === ItemType.INFORMATION || item.type === ItemType.COMPUTED;
        if (takesNone ? !standing.holds(item.shownIf) : fields.length === 0) return [];
        return [{ item, fields }];
      });
      return items.length === 0 ? [] : [{ section, items }];
    });
  }

  private expression(text: string): Expression {
    const tree = this.expressions[text];
    if (tree === undefined) throw new ExpressionUnknown("an expression came without its tree");
    return tree;
  }

  private fieldsOf(section: Section, item: Item): Field[] {
    if (item.type === ItemType.COMPUTED || item.type === ItemType.INFORMATION) return [];
    const choices = this.choicesOf(item);
    const field = (code: string, type: ItemType, row?: Row): Field => ({
      code, type, item, choices, section, row,
      required: item.required || row?.required === true,
      conditions: [section.shownIf, item.shownIf, row?.shownIf ?? ""].filter((text) => text !== "").map((text) => this.expression(text)),
    });
    if (item.type !== ItemType.MATRIX) return [field(item.code, item.type)];
    const type = item.multiple ? ItemType.MULTIPLE_CHOICE : ItemType.SINGLE_CHOICE;
    return item.rows.map((row) => field(row.code, type, row));
  }

  // Computed items may name each other in any order: as many passes as it takes, at most one each.
  private compute(meanings: ReadonlyMap<string, Meaning>): Map<string, Value> {
    const values = new Map<string, Value>();
    for (let pass = 0; pass < this.computed.length; pass++) {
      let moved = false;
      for (const item of this.computed) {
        const value = evaluate(this.expression(item.calculation), lookupOf(meanings, values));
        moved ||= value !== (values.get(item.code) ?? null);
        values.set(item.code, value);
      }
      if (!moved) break;
    }
    return values;
  }
}

// What stands at each item of a response; nothing where nothing was given.
export function givenOf(answers: Readonly<Record<string, Given>>): Map<string, Given> {
  const none = (missing: Missing) => missing === Missing.NOT_ASKED || missing === Missing.NOT_ANSWERED;
  return new Map(Object.entries(answers).filter(([, each]) => !none(each.missing)).map(([code, { value, missing }]) => [code, { value, missing }]));
}

// As they are sent: what branching does not show is left out.
export function sentOf(sections: readonly ShownSection[], answers: Answers): Record<string, Given> {
  const fields = sections.flatMap((each) => each.items.flatMap((item) => item.fields));
  return Object.fromEntries(fields.map((field) => [field.code, answers.get(field.code) ?? NOTHING] as const).filter(([, given]) => !isNothing(given)));
}

// Fields whose answers differ, in the order of the questionnaire.
export function changedFields(form: Form, before: Readonly<Record<string, Given>>, after: Readonly<Record<string, Given>>): Field[] {
  return form.fields.filter((field) => !sameGiven(before[field.code], after[field.code]));
}

// The words of a question: of its line in a matrix.
export function questionOf(field: Field): string {
  return told(field.row?.text) || told(field.item.text);
}

function lookupOf(meanings: ReadonlyMap<string, Meaning>, computed: ReadonlyMap<string, Value>): Lookup {
  return ({ event, item, code }) => {
    if (event !== "") return null;
    const meaning = meanings.get(item);
    if (meaning === undefined) return code === "" ? computed.get(item) ?? null : null;
    if (meaning.missing !== MissingKind.UNSPECIFIED) return null;
    return code === "" ? meaning.value : meaning.boxes.has(code) ? 1 : 0;
  };
}
