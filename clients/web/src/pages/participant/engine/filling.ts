// SPDX-License-Identifier: Apache-2.0
// One questionnaire while she fills it in: what she answered, what is shown, what is still to do.
import { MissingKind } from "~/gen/reprise/questionnaire/v1/instrument_pb";
import { type Field, type Form, sentOf, type ShownSection, type Standing } from "~/questionnaire/form";
import { type Gate, merged, Outbox } from "./outbox";
import { type Given, isNothing, NOTHING, read } from "~/questionnaire/reading";
import type { Vault } from "./vault";

export class Filling {
  readonly outbox: Outbox;
  version = 0;
  standing: Standing;
  sections: readonly ShownSection[];
  private answers: Map<string, Given>;
  private readonly listeners = new Set<() => void>();

  private constructor(readonly form: Form, draft: Readonly<Record<string, Given>>, vault: Vault, name: string, gate: Gate) {
    this.answers = new Map(Object.entries(draft));
    this.outbox = new Outbox(vault, name, gate, () => this.tell());
    this.standing = form.standing(this.answers);
    this.sections = form.shownSections(this.standing);
  }

  static async open(form: Form, draft: Readonly<Record<string, Given>>, vault: Vault, name: string, gate: Gate): Promise<Filling> {
    const filling = new Filling(form, draft, vault, name, gate);
    await filling.outbox.load();
    filling.answers = merged(draft, filling.outbox.local);
    filling.settle();
    return filling;
  }

  readonly subscribe = (listener: () => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  given(code: string): Given {
    return this.answers.get(code) ?? NOTHING;
  }

  // `soon`: nothing more is to be expected, as after a choice; else typing goes on.
  set(field: Field, given: Given, soon: boolean): void {
    this.answers.set(field.code, given);
    this.settle();
    this.outbox.put(field.code, given, read(field, given).fault, soon);
  }

  // What is wrong with the answer, as a reason; by the page, or by the server.
  faultOf(code: string): string | undefined {
    return this.outbox.refused[code]?.reason;
  }

  // Shown fields that need an answer and have none.
  get missing(): readonly Field[] {
    return this.shownFields.filter((field) => field.required
      && this.standing.meanings.get(field.code)?.missing === MissingKind.NOT_ANSWERED && this.faultOf(field.code) === undefined);
  }

  get faulty(): readonly Field[] {
    return this.shownFields.filter((field) => {
      const fault = this.faultOf(field.code);
      // What the server missed may have been answered since on another way.
      return fault !== undefined && !(fault === "ANSWER_MISSING" && !isNothing(this.given(field.code)));
    });
  }

  get answered(): number {
    return this.shownFields.filter((field) => !isNothing(this.given(field.code))).length;
  }

  get shownFields(): readonly Field[] {
    return this.sections.flatMap((each) => each.items.flatMap((item) => item.fields));
  }

  // Where she goes on: where she was, else the first section with something unanswered.
  get resumption(): string | undefined {
    const codes = this.sections.map((each) => each.section.code);
    if (this.outbox.place !== undefined && codes.includes(this.outbox.place)) return this.outbox.place;
    const open = this.answered === 0 ? undefined
      : this.sections.find((each) => each.items.some((item) => item.fields.some((field) => isNothing(this.given(field.code)))));
    return open?.section.code ?? codes[0];
  }

  // Answers to what branching does not show are left out; the server says that they were not asked.
  submit(): void {
    this.outbox.submit(sentOf(this.sections, this.answers));
  }

  private tell(): void {
    this.version++;
    this.listeners.forEach((listener) => listener());
  }

  private settle(): void {
    this.standing = this.form.standing(this.answers);
    this.sections = this.form.shownSections(this.standing);
    this.version++;
  }
}
