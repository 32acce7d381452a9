// SPDX-License-Identifier: Apache-2.0
// One item of a section: its question, the control for its kind of answer, what is wrong with it.
import { type ReactNode, useId, useState } from "react";
import { type Item, ItemType } from "~/gen/reprise/questionnaire/v1/instrument_pb";
import type { Missing } from "~/gen/reprise/questionnaire/v1/response_pb";
import { common } from "~/text/common";
import { told, useText } from "~/text/text";
import { type Control, controlOf } from "./controls";
import type { Field, ShownItem } from "~/questionnaire/form";
import { isNothing, isUnusual, NOTHING } from "~/questionnaire/reading";
import { useShowing } from "~/questionnaire/showing";
import type { Filling } from "./engine/filling";
import { texts } from "./text";

// Of the block of a field, to jump to.
export function idOf(code: string): string {
  return `q-${code}`;
}

export function ItemBlock({ shown: { item, fields }, filling, held }: { shown: ShownItem; filling: Filling; held: readonly string[] }) {
  if (item.type === ItemType.INFORMATION) return <p className="ask-text measure">{told(item.text)}</p>;
  if (item.type === ItemType.COMPUTED) return <Computed item={item} filling={filling} />;
  const block = (field: Field) => <FieldBlock key={field.code} field={field} filling={filling} held={held.includes(field.code)} />;
  if (item.type !== ItemType.MATRIX) return block(fields[0]!);
  return (
    <fieldset className="card ask-matrix">
      <legend><Question item={item} text={told(item.text)} number={item.number} /></legend>
      {told(item.help) !== "" && <p className="help">{told(item.help)}</p>}
      {fields.map(block)}
    </fieldset>
  );
}

function Question({ item, text, number, required = false }: { item: Item; text: string; number: string; required?: boolean }) {
  const t = useText(texts);
  const c = useText(common);
  return (
    <span className="ask-text">
      {number !== "" && <span className="quiet">{number} </span>}
      {text || t("question", { code: item.code })}
      {required && <span className="ask-required"> ({c("required")})</span>}
    </span>
  );
}

function Computed({ item, filling }: { item: Item; filling: Filling }) {
  const t = useText(texts);
  const { value } = useShowing(filling);
  const shown = value(item);
  return (
    <div className="card ask-computed">
      <p className="ask-text">{told(item.text) || t("question", { code: item.code })}</p>
      <p><output>{shown}</output></p>
      <p className="quiet small">{shown === "–" ? t("computed_later") : t("computed")}</p>
    </div>
  );
}

// Faults that typing on may mend are shown once she has left the field.
const WHILE_TYPING = new Set(["ANSWER_MALFORMED", "ANSWER_OUT_OF_RANGE"]);

function FieldBlock({ field, filling, held }: { field: Field; filling: Filling; held: boolean }) {
  const t = useText(texts);
  const id = useId();
  const { item, row, code } = field;
  const given = filling.given(code);
  const reason = filling.faultOf(code);
  const [left, setLeft] = useState(reason !== undefined);
  const [incomplete, setIncomplete] = useState(false);
  const showing = useShowing();
  const fault = reason === undefined || (WHILE_TYPING.has(reason) && !left && !held) ? undefined : showing.fault(field, reason);
  const missing = held && isNothing(given) && field.required ? t("fault_missing") : undefined;
  const told_wrong = fault ?? (incomplete && isNothing(given) ? t("fault_incomplete") : missing);
  const help = row === undefined ? told(item.help) : "";
  const described = [help !== "" && `${id}-help`, told_wrong !== undefined && `${id}-fault`].filter(Boolean).join(" ") || undefined;
  const control: Control = {
    field, given, name: id, labelledBy: `${id}-label`, describedBy: described, invalid: told_wrong !== undefined,
    onGive: (now, soon = true) => { setIncomplete(false); filling.set(field, now, soon); },
  };
  const leave = (event: React.FocusEvent<HTMLElement>) => {
    if (event.currentTarget.contains(event.relatedTarget)) return;
    setLeft(true);
    const input = event.target as Partial<HTMLInputElement>;
    setIncomplete(input.validity?.badInput === true);
  };
  return (
    <fieldset className={row === undefined ? "card ask-field" : "ask-field"} id={idOf(code)} tabIndex={-1} aria-describedby={described}
      data-invalid={told_wrong !== undefined || undefined} onBlur={leave}>
      <legend id={`${id}-label`}>
        <Question item={item} text={row === undefined ? told(item.text) : told(row.text)} number={row?.number ?? item.number}
          required={field.required} />
      </legend>
      {help !== "" && <p className="help" id={`${id}-help`}>{help}</p>}
      {controlOf(control)}
      <Refusals control={control} filling={filling} open={held} />
      <div className="ask-live" aria-live="polite">
        {told_wrong !== undefined && <p className="ask-fault" id={`${id}-fault`}>{told_wrong}</p>}
        {told_wrong === undefined && left && isUnusual(field, given) && <Unusual field={field} filling={filling} />}
      </div>
    </fieldset>
  );
}

function Unusual({ field, filling }: { field: Field; filling: Filling }): ReactNode {
  const { unusual } = useShowing(filling);
  return <p className="ask-unusual">{unusual(field, filling.given(field.code))}</p>;
}

// In place of an answer, as far as the instrument has it: chosen like an answer, so that it can be changed.
function Refusals({ control, filling, open }: { control: Control; filling: Filling; open: boolean }) {
  const t = useText(texts);
  const { field, given, name, onGive } = control;
  const single = field.type === ItemType.SINGLE_CHOICE;
  const clearable = !isNothing(given) && (single || field.type === ItemType.SCALE);
  // An option of the item itself says the same already.
  const own = new Set(field.choices.map((choice) => choice.missing));
  const codes = filling.form.refusals.filter((each) => !own.has(each.kind));
  const { kind: kindOf } = useShowing(filling);
  const chosen = codes.some(({ kind }) => given.missing === (kind as number as Missing));
  const [shown, setShown] = useState(chosen);
  if (codes.length === 0 && !clearable) return null;
  return (
    <div className="ask-refusals">
      {codes.length > 0 && (
        <button type="button" className="ask-link quiet" aria-expanded={shown || open || chosen} onClick={() => setShown(!shown)}>{t("no_answer")}</button>
      )}
      {clearable && <button type="button" className="ask-link quiet" onClick={() => onGive(NOTHING)}>{t("clear")}</button>}
      {(shown || open || chosen) && <div>{codes.map(({ code, kind, label }) => {
        const missing = kind as number as Missing;
        const checked = given.missing === missing;
        return (
          <label key={code} className="ask-choice quiet">
            <input type={single ? "radio" : "checkbox"} name={name} checked={checked}
              onChange={() => onGive(checked ? NOTHING : { value: "", missing })} />
            <span>{told(label) || kindOf(missing)}</span>
          </label>
        );
      })}</div>}
    </div>
  );
}
