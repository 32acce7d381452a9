// SPDX-License-Identifier: Apache-2.0
// All answers on one page, each with the way back to it; then the sending.
import { useEffect, useRef, useState } from "react";
import { Link, useLocation } from "wouter";
import { ItemType } from "~/gen/reprise/questionnaire/v1/instrument_pb";
import type { Instance } from "~/gen/reprise/questionnaire/v1/response_pb";
import { Notice, Page } from "~/parts/layout";
import { Sign } from "~/parts/sign";
import { common } from "~/text/common";
import { sentenceOf } from "~/text/reasons";
import { told, useText } from "~/text/text";
import { type Field, questionOf, type ShownSection } from "~/questionnaire/form";
import { useShowing } from "~/questionnaire/showing";
import type { Filling } from "./engine/filling";
import { Saving } from "./saving";
import type { Target } from "./section";
import { texts } from "./text";

export function Review({ filling, instance }: { filling: Filling; instance: Instance }) {
  const t = useText(texts);
  const c = useText(common);
  const { outbox, sections } = filling;
  const [tried, setTried] = useState(false);
  const notice = useRef<HTMLDivElement>(null);
  const open = [...filling.faulty, ...filling.missing];
  useEffect(() => { scrollTo(0, 0); }, []);
  useEffect(() => {
    if (tried && open.length > 0) notice.current?.focus();
    // eslint-disable-next-line react-hooks/exhaustive-deps -- when she pressed, not at each answer
  }, [tried]);
  const send = () => {
    setTried(open.length > 0);
    if (open.length === 0) filling.submit();
  };
  const last = sections[sections.length - 1]?.section.code;
  // Refused by the server for a question that this page does not show.
  const elsewhere = Object.entries(outbox.refused).filter(([code]) => !filling.standing.shown.has(code));
  return (
    <Page title={t("review_title")} lead={told(instance.title)}>
      <p className="measure">{t("review_lead")}</p>
      {open.length > 0 && (
        <div ref={notice} tabIndex={-1} role="alert">
          <Notice tone="warn">
            <p><strong>{t("review_open", { count: open.length })}</strong></p>
            <ul>{open.map((field) => <li key={field.code}><To field={field}>{questionOf(field) || t("question", { code: field.code })}</To></li>)}</ul>
          </Notice>
        </div>
      )}
      {elsewhere.length > 0 && <Notice tone="bad" live>{elsewhere.map(([code, { reason }]) => <p key={code}>{sentenceOf(reason, t("language"))}</p>)}</Notice>}
      {sections.map((shown) => <Answers key={shown.section.code} shown={shown} filling={filling} instance={instance} />)}
      {outbox.submitting ? (
        <Notice tone={outbox.state === "saving" ? "calm" : "warn"} live>
          <p><strong>{outbox.state === "saving" ? c("sending") : t("submit_waiting")}</strong></p>
          {outbox.state !== "saving" && <p>{t("submit_waiting_help")}</p>}
          {outbox.state !== "saving" && (
            <p className="row">
              <button type="button" className="button main" onClick={() => outbox.wake()}>{c("try_again")}</button>
              <button type="button" className="button" onClick={() => outbox.cancelSubmission()}>{t("submit_change")}</button>
            </p>
          )}
        </Notice>
      ) : (
        <div className="ask-steps">
          <button type="button" className="button main ask-big" onClick={send}>{t("submit")}</button>
          {last !== undefined && <Link href={`/s/${last}`} className="button ask-big">{c("previous")}</Link>}
        </div>
      )}
      <p className="quiet small measure">{t("submit_final")}</p>
      <Saving filling={filling} />
      <p><Link href="~/p" className="quiet">{t("later")}</Link></p>
    </Page>
  );
}

function To({ field, children }: { field: Field; children: React.ReactNode }) {
  const [, navigate] = useLocation();
  const state: Target = { field: field.code };
  return <button type="button" className="ask-link" onClick={() => navigate(`/s/${field.section.code}`, { state })}>{children}</button>;
}

function Answers({ shown: { section, items }, filling, instance }: { shown: ShownSection; filling: Filling; instance: Instance }) {
  const t = useText(texts);
  const { value } = useShowing(filling);
  const title = told(section.title) || told(instance.title);
  return (
    <section className="card stack" aria-label={title}>
      <h2>{title}</h2>
      {items.map(({ item, fields }) => (
        <div key={item.code} className="stack tight">
          {item.type === ItemType.MATRIX && <h3>{told(item.text)}</h3>}
          <dl className="ask-answers">
            {item.type === ItemType.COMPUTED && <div><dt>{told(item.text) || t("question", { code: item.code })}</dt><dd>{value(item)}</dd></div>}
            {fields.map((field) => <Line key={field.code} field={field} filling={filling} />)}
          </dl>
        </div>
      ))}
    </section>
  );
}

function Line({ field, filling }: { field: Field; filling: Filling }) {
  const t = useText(texts);
  const { answer } = useShowing(filling);
  const given = filling.given(field.code);
  const shown = answer(field, given);
  const fault = filling.faulty.includes(field) ? filling.faultOf(field.code) : undefined;
  const question = questionOf(field) || t("question", { code: field.code });
  return (
    <div>
      <dt>{question}</dt>
      <dd>
        <span>
          {shown !== "" ? shown
            : field.required ? <Sign shape="late" tone="warn" label={t("awaited")} />
              : <span className="quiet">{t("unanswered")}</span>}
        </span>
        <To field={field}><span aria-hidden="true">{t("change")}</span><span className="hidden-text">{t("change_named", { question })}</span></To>
        {fault !== undefined && <span className="ask-fault">{sentenceOf(fault, t("language"))}</span>}
      </dd>
    </div>
  );
}
