// SPDX-License-Identifier: Apache-2.0
// The page of one section: its questions, how far she is, back and on.
import { type ReactNode, useEffect, useRef, useState } from "react";
import { Link, useLocation } from "wouter";
import { useHistoryState } from "wouter/use-browser-location";
import type { Instance } from "~/gen/reprise/questionnaire/v1/response_pb";
import { Notice, Page } from "~/parts/layout";
import { common } from "~/text/common";
import { told, useText } from "~/text/text";
import type { Filling } from "./engine/filling";
import type { Field } from "~/questionnaire/form";
import { idOf, ItemBlock } from "./item";
import { Saving } from "./saving";
import { texts } from "./text";

export interface Target {
  readonly field?: string;
}

export function SectionPage({ filling, instance, at }: { filling: Filling; instance: Instance; at: number }) {
  const t = useText(texts);
  const c = useText(common);
  const [, navigate] = useLocation();
  const target = useHistoryState<Target | null>()?.field;
  const { section, items } = filling.sections[at]!;
  const count = filling.sections.length;
  // Questions of this page that stop her once: she may go on and answer later.
  const [held, setHeld] = useState<readonly string[]>();
  const notice = useRef<HTMLDivElement>(null);
  const title = told(section.title) || told(instance.title) || told(filling.form.instrument.title);

  useEffect(() => {
    filling.outbox.goTo(section.code);
    if (target === undefined) scrollTo(0, 0);
    else focusField(target);
  }, [filling, section.code, target]);
  useEffect(() => {
    if (held !== undefined) notice.current?.focus();
  }, [held]);

  const next = filling.sections[at + 1]?.section.code;
  const goOn = () => navigate(next === undefined ? "/review" : `/s/${next}`);
  const check = () => {
    const here = new Set(items.flatMap((each) => each.fields));
    const open = [...filling.faulty, ...filling.missing].filter((field) => here.has(field));
    if (open.length === 0) goOn();
    else setHeld(open.map((field) => field.code));
  };
  const still = heldFields(filling, held);
  return (
    <Page title={title}>
      <Progress at={at + 1} count={count} title={told(instance.title)} />
      {at === 0 && told(filling.form.instrument.description) !== "" && <p className="measure">{told(filling.form.instrument.description)}</p>}
      {items.some((each) => each.fields.some((field) => field.required)) && <p className="quiet small">{t("required_legend")}</p>}
      <div className="stack wide">
        {items.map((shown) => <ItemBlock key={shown.item.code} shown={shown} filling={filling} held={held ?? []} />)}
      </div>
      {still.length > 0 && (
        <div ref={notice} tabIndex={-1} role="alert">
          <Notice tone="warn">
            <p><strong>{t("held", { count: still.length })}</strong></p>
            <ul>{still.map((field) => <li key={field.code}><FieldLink field={field} /></li>)}</ul>
            <p><button type="button" className="button" onClick={goOn}>{t("held_go_on")}</button></p>
          </Notice>
        </div>
      )}
      <Steps>
        <button type="button" className="button main ask-big" onClick={still.length > 0 ? goOn : check}>
          {next === undefined ? t("to_review") : c("next")}
        </button>
        {at > 0 && <Link href={`/s/${filling.sections[at - 1]!.section.code}`} className="button ask-big">{c("previous")}</Link>}
      </Steps>
      <Saving filling={filling} />
      <p><Link href="~/p" className="quiet">{t("later")}</Link></p>
    </Page>
  );
}

function heldFields(filling: Filling, held: readonly string[] | undefined): readonly Field[] {
  if (held === undefined) return [];
  return [...filling.faulty, ...filling.missing].filter((field) => held.includes(field.code));
}

export function focusField(code: string): void {
  const block = document.getElementById(idOf(code));
  const control = block?.querySelector<HTMLElement>("input, select, textarea");
  (control ?? block)?.focus({ preventScroll: true });
  block?.scrollIntoView({ block: "start" });
}

function FieldLink({ field }: { field: Field }) {
  const t = useText(texts);
  return (
    <button type="button" className="ask-link" onClick={() => focusField(field.code)}>
      {told(field.row?.text) || told(field.item.text) || t("question", { code: field.code })}
    </button>
  );
}

function Progress({ at, count, title }: { at: number; count: number; title: string }) {
  const t = useText(texts);
  return (
    <div className="ask-progress">
      <div className="row spread small quiet"><span>{title}</span><span>{t("progress", { at, count })}</span></div>
      <progress value={at} max={count + 1} aria-label={t("progress", { at, count })} />
    </div>
  );
}

// On first in reading order for the keyboard; on the right for the eye.
function Steps({ children }: { children: ReactNode }) {
  return <div className="ask-steps">{children}</div>;
}
