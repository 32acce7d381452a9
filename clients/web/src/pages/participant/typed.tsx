// SPDX-License-Identifier: Apache-2.0
// Controls that are typed into: numbers with the comma or point of the language, days, times, words.
import { useEffect, useId, useRef, useState } from "react";
import { ItemType } from "~/gen/reprise/questionnaire/v1/instrument_pb";
import type { Language } from "~/text/language";
import { useFormats } from "~/text/format";
import { told, useText } from "~/text/text";
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

function named({ labelledBy, describedBy, invalid }: Control) {
  return { "aria-labelledby": labelledBy, "aria-describedby": describedBy, "aria-invalid": invalid || undefined } as const;
}

// 12,5 and 12 000 as they are stored: 12.5 and 12000.
export function storedNumber(typed: string): string {
  return typed.replace(/[\s\u00a0\u202f]/g, "").replace(",", ".");
}

export function writtenNumber(stored: string, language: Language): string {
  return language === "fr" ? stored.replace(".", ",") : stored;
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

export function DayControl({ control }: { control: Control }) {
  const { field: { item }, given, onGive } = control;
  return (
    <input {...named(control)} className="input ask-day" type="date" defaultValue={given.value} key={given.missing} min={item.hard?.min || undefined}
      max={item.hard?.max || "9999-12-31"} onChange={(event) => onGive(answerOf(event.target.value))} />
  );
}

export function TimeControl({ control }: { control: Control }) {
  const { given, onGive } = control;
  return (
    <input {...named(control)} className="input ask-day" type="time" defaultValue={given.value} key={given.missing}
      onChange={(event) => onGive(answerOf(event.target.value))} />
  );
}

interface Parts {
  readonly year: string;
  readonly month: string;
  readonly day: string;
}

// Malformed on purpose where the year is missing, so that it is kept and asked about, not lost.
export function partialDate({ year, month, day }: Parts): string {
  if (year === "" && month === "" && day === "") return "";
  return [year, month, month === "" ? "" : day].filter((part, at) => part !== "" || at === 0).join("-");
}

export function PartialDateControl({ control }: { control: Control }) {
  const t = useText(texts);
  const formats = useFormats();
  const id = useId();
  const { given, onGive } = control;
  const [year = "", month = "", day = ""] = given.value.split("-");
  const [parts, setParts] = useState<Parts>({ year, month, day });
  const before = useRef(given.value);
  useEffect(() => {
    // Another choice has taken the place of the date.
    if (given.value === "" && before.current !== "") setParts({ year: "", month: "", day: "" });
    before.current = given.value;
  }, [given.value]);
  const give = (change: Partial<Parts>) => {
    const now = { ...parts, ...change };
    setParts(now);
    before.current = partialDate(now);
    onGive(answerOf(before.current), change.year === undefined);
  };
  const months = Array.from({ length: 12 }, (_, at) => String(at + 1).padStart(2, "0"));
  const days = Array.from({ length: 31 }, (_, at) => String(at + 1).padStart(2, "0"));
  return (
    <div className="ask-partial" role="group" aria-labelledby={control.labelledBy}>
      <div className="field">
        <label htmlFor={`${id}-year`}>{t("year")}</label>
        <input id={`${id}-year`} className="input" inputMode="numeric" autoComplete="off" maxLength={4} value={parts.year} aria-invalid={control.invalid || undefined}
          aria-describedby={control.describedBy} onChange={(event) => give({ year: event.target.value.trim() })} />
      </div>
      <div className="field">
        <label htmlFor={`${id}-month`}>{t("month")}</label>
        <select id={`${id}-month`} className="input" value={parts.month} onChange={(event) => give({ month: event.target.value })}>
          <option value="">{t("part_unknown")}</option>
          {months.map((each) => <option key={each} value={each}>{formats.monthName(Number(each))}</option>)}
        </select>
      </div>
      <div className="field">
        <label htmlFor={`${id}-day`}>{t("day")}</label>
        <select id={`${id}-day`} className="input" value={parts.month === "" ? "" : parts.day} disabled={parts.month === ""} onChange={(event) => give({ day: event.target.value })}>
          <option value="">{t("part_unknown")}</option>
          {days.map((each) => <option key={each} value={each}>{Number(each)}</option>)}
        </select>
      </div>
    </div>
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
