// SPDX-License-Identifier: Apache-2.0
// A questionnaire with its answers, to be read and printed.
import { useMemo } from "react";
import { ItemType } from "~/gen/reprise/questionnaire/v1/instrument_pb";
import { Missing } from "~/gen/reprise/questionnaire/v1/response_pb";
import { told, useText } from "~/text/text";
import { type Field, type Form, givenOf, questionOf } from "./form";
import type { Given } from "./reading";
import { useShowing } from "./showing";
import { texts } from "./text";
import "./sheet.css";

export function Sheet({ form, answers, title, staff = false }: {
  form: Form;
  // By item code; every item of the instrument, as in a response.
  answers: Readonly<Record<string, Given>>;
  // For sections without one.
  title: string;
  staff?: boolean;
}) {
  const t = useText(texts);
  const of = useMemo(() => ({ form, standing: form.standing(givenOf(answers)), version: 0 }), [form, answers]);
  const sections = useMemo(() => form.shownSections(of.standing), [form, of]);
  const { answer, kind, value } = useShowing(of, staff);
  const shown = (field: Field) => {
    const given = answers[field.code];
    const missing = given === undefined || given.missing !== Missing.UNSPECIFIED || given.value === "";
    if (!missing) return answer(field, given);
    return <span className="quiet">{kind(given?.missing || Missing.NOT_ANSWERED)}</span>;
  };
  const hidden = form.fields.filter((field) => answers[field.code]?.missing === Missing.NOT_ASKED).length;
  return (
    <>
      {sections.map(({ section, items }) => (
        <section className="card" key={section.code} aria-label={told(section.title) || title}>
          <h2 className="sheet-title">{told(section.title) || title}</h2>
          {items.map(({ item, fields }) => (
            <div key={item.code} className={item.type === ItemType.MATRIX ? "sheet-block" : undefined}>
              {item.type === ItemType.MATRIX && <h3 className="sheet-matrix">{item.number !== "" && `${item.number} `}{told(item.text)}</h3>}
              {(fields.length > 0 || item.type === ItemType.COMPUTED) && (
                <dl className="sheet">
                  {item.type === ItemType.COMPUTED && <div><dt>{told(item.text) || t("question", { code: item.code })}</dt><dd>{value(item)}</dd></div>}
                  {fields.map((field) => (
                    <div key={field.code}>
                      <dt>{numberOf(field)}{questionOf(field) || t("question", { code: field.code })}</dt>
                      <dd>{shown(field)}</dd>
                    </div>
                  ))}
                </dl>
              )}
            </div>
          ))}
        </section>
      ))}
      {hidden > 0 && <p className="quiet small">{t("not_asked_count", { count: hidden })}</p>}
    </>
  );
}

function numberOf({ row, item }: Field): string {
  const number = row === undefined ? item.number : row.number;
  return number === "" ? "" : `${number}\u00a0`;
}
