// SPDX-License-Identifier: Apache-2.0
// Controls that are typed into: numbers with the comma or point of the language, times, words.
import { useEffect, useId, useRef, useState } from "react";
import { ItemType } from "~/gen/reprise/questionnaire/v1/instrument_pb";
import type { Language } from "~/text/language";
import { told, useText } from "~/text/text";
import { storedNumber, writtenNumber } from "~/questionnaire/showing";
import { answerOf, type Control } from "./controls";
import { texts } from "./text";

// What stands in the input while she types; follows the answer where something else changes it.
function useTyped(value: string, written: (value: string) => string, onType: (typed: string) => string) {
  const [typed, setTyped] = useState(() => written(value));
  const given = useRef(value);
  useEffect(() => {
    if (given.current === value) return;
    given.current = value;
    setTyped(written(value));
    // eslint-disable-next-line react-hooks/exhaustive-deps -- `written` follows the language alone
  }, [value]);
  const type = (text: string) => {
    setTyped(text);
    given.current = onType(text);
  };
  return [typed, type] as const;
}

export function named({ labelledBy, describedBy, invalid }: Control) {
  return { "aria-labelledby": labelledBy, "aria-describedby": describedBy, "aria-invalid": invalid || undefined } as const;
}

export function NumberControl({ control }: { control: Control }) {
  const t = useText(texts);
  const { field: { item, type: kind }, given, onGive } = control;
  const language = t("language") as Language;
  const unit = useId();
  const [typed, type] = useTyped(given.value, (value) => writtenNumber(value, language), (text) => {
    const stored = storedNumber(text);
    onGive(answerOf(stored), false);
    return stored;
  });
  const label = told(item.unit?.label) || item.unit?.code;
  return (
    <div className="ask-number">
      <input {...named(control)} className="input" type="text" inputMode={kind === ItemType.INTEGER ? "numeric" : "decimal"} autoComplete="off"
        value={typed} onChange={(event) => type(event.target.value)} aria-labelledby={label ? `${control.labelledBy} ${unit}` : control.labelledBy} />
      {label && <span id={unit}>{label}</span>}
    </div>
  );
}

export function TimeControl({ control }: { control: Control }) {
  const { given, onGive } = control;
  return (
    <input {...named(control)} className="input ask-day" type="time" defaultValue={given.value} key={given.missing}
      onChange={(event) => onGive(answerOf(event.target.value))} />
  );
}

export function TextControl({ control }: { control: Control }) {
  const t = useText(texts);
  const { field: { item }, given, onGive } = control;
  const [typed, type] = useTyped(given.value, (value) => value, (text) => {
    onGive(answerOf(text), false);
    return text;
  });
  const used = Array.from(typed).length;
  const shared = { ...named(control), className: "input", value: typed, maxLength: item.maxLength, autoComplete: "off" };
  return (
    <>
      {item.multiline
        ? <textarea {...shared} rows={4} onChange={(event) => type(event.target.value)} />
        : <input {...shared} type="text" onChange={(event) => type(event.target.value)} />}
      {item.maxLength !== undefined && <p className="help ask-counter">{t("counter", { used, most: item.maxLength })}</p>}
    </>
  );
}
