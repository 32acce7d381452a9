// SPDX-License-Identifier: Apache-2.0
// Dates, whole or known in part, by day, month and year in the language of the page: a browser's own
// field has the order of the browser's language, and 10/05 is then two days.
import { useEffect, useId, useRef, useState } from "react";
import { useFormats } from "~/text/format";
import { useText } from "~/text/text";
import { answerOf, type Control } from "./controls";
import { texts } from "./text";

interface Parts {
  readonly year: string;
  readonly month: string;
  readonly day: string;
}

// What is incomplete is malformed on purpose, so that it is kept and asked about, not lost.
export function wholeDate({ year, month, day }: Parts): string {
  return year === "" && month === "" && day === "" ? "" : `${year}-${month}-${day}`;
}

export function partialDate({ year, month, day }: Parts): string {
  if (year === "" && month === "" && day === "") return "";
  return [year, month, month === "" ? "" : day].filter((part, at) => part !== "" || at === 0).join("-");
}

function useParts({ given, onGive }: Control, join: (parts: Parts) => string) {
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
    before.current = join(now);
    onGive(answerOf(before.current), change.year === undefined);
  };
  return [parts, give] as const;
}

interface PartProps {
  readonly control: Control;
  readonly parts: Parts;
  give(change: Partial<Parts>): void;
  // Of the choice that leaves it open.
  readonly open: string;
}

function Year({ control, parts, give }: Omit<PartProps, "open">) {
  const t = useText(texts);
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{t("year")}</label>
      <input id={id} className="input" inputMode="numeric" autoComplete="off" maxLength={4} value={parts.year} aria-invalid={control.invalid || undefined}
        aria-describedby={control.describedBy} onChange={(event) => give({ year: event.target.value.replace(/\D/g, "") })} />
    </div>
  );
}

function Month({ control, parts, give, open }: PartProps) {
  const t = useText(texts);
  const formats = useFormats();
  const id = useId();
  const months = Array.from({ length: 12 }, (_, at) => String(at + 1).padStart(2, "0"));
  return (
    <div className="field ask-month">
      <label htmlFor={id}>{t("month")}</label>
      <select id={id} className="input" value={parts.month} aria-invalid={control.invalid || undefined}
        onChange={(event) => give({ month: event.target.value })}>
        <option value="">{open}</option>
        {months.map((each) => <option key={each} value={each}>{formats.monthName(Number(each))}</option>)}
      </select>
    </div>
  );
}

function MonthDay({ control, parts, give, open, disabled = false }: PartProps & { disabled?: boolean }) {
  const t = useText(texts);
  const id = useId();
  const days = Array.from({ length: 31 }, (_, at) => String(at + 1).padStart(2, "0"));
  return (
    <div className="field">
      <label htmlFor={id}>{t("day")}</label>
      <select id={id} className="input" value={disabled ? "" : parts.day} disabled={disabled} aria-invalid={control.invalid || undefined}
        onChange={(event) => give({ day: event.target.value })}>
        <option value="">{open}</option>
        {days.map((each) => <option key={each} value={each}>{Number(each)}</option>)}
      </select>
    </div>
  );
}

export function DayControl({ control }: { control: Control }) {
  const [parts, give] = useParts(control, wholeDate);
  const shared = { control, parts, give, open: "–" };
  return (
    <div className="ask-partial">
      <MonthDay {...shared} /><Month {...shared} /><Year {...shared} />
    </div>
  );
}

// The year first: she may be sure of nothing more.
export function PartialDateControl({ control }: { control: Control }) {
  const t = useText(texts);
  const [parts, give] = useParts(control, partialDate);
  const shared = { control, parts, give, open: t("part_unknown") };
  return (
    <div className="ask-partial">
      <Year {...shared} /><Month {...shared} /><MonthDay {...shared} disabled={parts.month === ""} />
    </div>
  );
}
