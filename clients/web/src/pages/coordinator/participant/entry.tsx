// SPDX-License-Identifier: Apache-2.0
// The questions of a questionnaire as the staff types them in: from paper, or to correct. Branching and
// checks are those of the participant's pages.
import { useMemo, useState } from "react";
import { type Item, ItemType, MissingKind } from "~/gen/reprise/questionnaire/v1/instrument_pb";
import { Missing } from "~/gen/reprise/questionnaire/v1/response_pb";
import { ChoiceField, DayField, type Option, SelectField, TextArea, TextField } from "~/parts/form";
import { Card } from "~/parts/layout";
import { type Answers, type Field, type Form, questionOf, sentOf, type ShownSection } from "~/questionnaire/form";
import { type Given, isNothing, isUnusual, NOTHING, read, sameGiven, ticked } from "~/questionnaire/reading";
import { labelOf, storedNumber, useShowing, writtenNumber } from "~/questionnaire/showing";
import { currentLanguage } from "~/text/language";
import { labelled, told, useText } from "~/text/text";
import { texts } from "../text";

// What is typed in; `sections` are those that the answers show.
export function useEntry(form: Form, initial: Answers) {
  const [answers, setAnswers] = useState(initial);
  const standing = useMemo(() => form.standing(answers), [form, answers]);
  const sections = useMemo(() => form.shownSections(standing), [form, standing]);
  return {
    form, answers, standing, sections, version: 0,
    give: (code: string, given: Given) => setAnswers((now) => new Map(now).set(code, given)),
    // What was recorded since is taken over wherever she changed nothing.
    rebase: (before: Answers, now: Answers) => setAnswers((mine) => new Map(form.fields.map(({ code }) =>
      [code, (sameGiven(mine.get(code), before.get(code)) ? now : mine).get(code) ?? NOTHING]))),
    // What is sent.
    sent: () => sentOf(sections, answers),
  };
}

export type Entry = ReturnType<typeof useEntry>;

export function EntryFields({ entry }: { entry: Entry }) {
  return <>{entry.sections.map((shown) => <Section key={shown.section.code} shown={shown} entry={entry} />)}</>;
}

function Section({ shown: { section, items }, entry }: { shown: ShownSection; entry: Entry }) {
  const { value } = useShowing(entry, true);
  return (
    <Card title={told(section.title)}>
      <div className="stack">
        {items.map(({ item, fields }) => {
          if (item.type === ItemType.INFORMATION) return <p key={item.code} className="quiet">{told(item.text)}</p>;
          if (item.type === ItemType.COMPUTED) return <p key={item.code}>{told(item.text)} <strong>{value(item)}</strong></p>;
          if (item.type !== ItemType.MATRIX) return <ItemField key={item.code} field={fields[0]!} entry={entry} />;
          return (
            <fieldset key={item.code} className="field stack">
              <legend>{told(item.text)}</legend>
              {told(item.help) !== "" && <span className="help">{told(item.help)}</span>}
              {fields.map((field) => <ItemField key={field.code} field={field} entry={entry} />)}
            </fieldset>
          );
        })}
      </div>
    </Card>
  );
}

const REASONS = [["refused", Missing.REFUSED, MissingKind.REFUSED], ["not_applicable", Missing.NOT_APPLICABLE, MissingKind.NOT_APPLICABLE]] as const;

function ItemField({ field, entry }: { field: Field; entry: Entry }) {
  const t = useText(texts);
  const { fault, unusual } = useShowing(entry, true);
  const [left, setLeft] = useState(false);
  const given = entry.answers.get(field.code) ?? NOTHING;
  const reason = left ? read(field, given).fault : undefined;
  return (
    <div className="entry" onBlur={() => setLeft(true)}>
      <Control field={field} given={given} fault={reason === undefined ? undefined : fault(field, reason)} onGive={(now) => entry.give(field.code, now)} />
      <span role="status" className="entry-unusual">{left && isUnusual(field, given) && unusual(field, given)}</span>
      {left && field.required && isNothing(given) && <span className="entry-unusual">{t("entry_awaited")}</span>}
    </div>
  );
}

function Control({ field, given, fault, onGive }: { field: Field; given: Given; fault: string | undefined; onGive: (given: Given) => void }) {
  const t = useText(texts);
  const { item, row, code, type } = field;
  // Where an option of the item says it, no further one does.
  const reasons = REASONS.filter(([, , kind]) => !field.choices.some((choice) => choice.missing === kind))
    .map(([name]): Option => ({ value: `missing:${name}`, label: t(`answer_${name}`) }));
  const common = {
    name: `answers[${code}]`, label: questionOf(field) || t("entry_question", { code }), optional: !field.required, fault,
    help: (row === undefined && told(item.help)) || undefined,
  };
  const options = [...field.choices.map((choice): Option => ({ value: choice.code, label: labelOf(choice) })), ...reasons];
  const chosen = valuesOf(field, given);
  const choose = (value: string) => onGive(givenFrom(value));
  if (type === ItemType.SINGLE_CHOICE && row !== undefined) {
    return <SelectField {...common} empty={t("no_answer")} options={options} value={chosen[0] ?? ""} onChange={(event) => choose(event.target.value)} />;
  }
  if (type === ItemType.SINGLE_CHOICE) return <ChoiceField {...common} options={options} values={chosen} onChange={choose} />;
  if (type === ItemType.MULTIPLE_CHOICE) {
    const tick = (value: string) => {
      const choice = field.choices.find((each) => each.code === value);
      if (choice !== undefined) onGive(givenFrom(ticked(field.choices, given.value, choice)));
      else onGive(chosen.includes(value) ? NOTHING : givenFrom(value));
    };
    return <ChoiceField {...common} multiple options={options} values={chosen} onChange={tick} />;
  }
  return <Typed item={item} common={common} type={type} given={given} reasons={reasons} onGive={onGive} />;
}

function givenFrom(value: string): Given {
  const reason = REASONS.find(([name]) => value === `missing:${name}`);
  return reason === undefined ? { value, missing: Missing.UNSPECIFIED } : { value: "", missing: reason[1] };
}

// Which options are chosen. A stored reason may be that of an option.
function valuesOf(field: Field, given: Given): string[] {
  if (given.missing === Missing.UNSPECIFIED) return given.value === "" ? [] : given.value.split("|");
  const reason = REASONS.find(([, missing]) => missing === given.missing);
  const option = field.choices.find((choice) => choice.missing === reason?.[2]);
  return reason === undefined ? [] : [option?.code ?? `missing:${reason[0]}`];
}

function Typed({ item, common, type, given, reasons, onGive }: {
  item: Item; type: ItemType; given: Given; reasons: readonly Option[]; onGive: (given: Given) => void;
  common: { name: string; label: string; help: string | undefined; optional: boolean; fault: string | undefined };
}) {
  const t = useText(texts);
  const language = currentLanguage();
  const unit = told(item.unit?.label) || item.unit?.code || "";
  const label = unit === "" ? common.label : `${common.label} (${unit})`;
  const ends = item.scale === undefined ? "" : `${labelled(String(item.scale.min ?? 0), told(item.scale.lowLabel))}, ${labelled(String(item.scale.max ?? 100), told(item.scale.highLabel))}`;
  const hint = type === ItemType.PARTIAL_DATE ? t("entry_partial") : type === ItemType.TIME ? t("entry_time") : ends;
  const number = type === ItemType.INTEGER || type === ItemType.DECIMAL || type === ItemType.SCALE;
  const write = (text: string) => onGive({ value: number ? storedNumber(text) : text, missing: Missing.UNSPECIFIED });
  const why = given.missing === Missing.UNSPECIFIED ? "" : `missing:${REASONS.find(([, missing]) => missing === given.missing)?.[0] ?? ""}`;
  const field = {
    ...common, label, help: [common.help, hint].filter(Boolean).join(" ") || undefined,
    value: number ? writtenNumber(given.value, language) : given.value, onChange: (event: { target: { value: string } }) => write(event.target.value),
  };
  return (
    <div className="paper-typed">
      {why === "" && (type === ItemType.TEXT && item.multiline ? <TextArea {...field} rows={3} />
        : type === ItemType.DATE ? <DayField {...field} />
          : <TextField {...field} short={type !== ItemType.TEXT} inputMode={number ? "decimal" : "text"} />)}
      {why !== "" && <p><strong>{label}</strong></p>}
      <label className="small quiet paper-missing">
        {t("no_answer")}
        <select className="input" value={why} onChange={(event) => onGive(givenFrom(event.target.value))} aria-label={labelled(t("no_answer"), common.label)}>
          <option value="">–</option>
          {reasons.map((each) => <option key={each.value} value={each.value}>{each.label}</option>)}
        </select>
      </label>
    </div>
  );
}
