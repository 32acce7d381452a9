// SPDX-License-Identifier: Apache-2.0
// What is due today and overdue at her site, each with the place where it is done.
import { useMemo, useState } from "react";
import { Link } from "wouter";
import { dayOf, daysBetween, today } from "~/api/dates";
import { problemOf } from "~/api/problem";
import { formStanding, useCourseText, useTitles, visitStanding } from "~/course/labels";
import { Card, Empty, Figure, Page } from "~/parts/layout";
import { ProblemNotice } from "~/parts/problem";
import { Loading } from "~/parts/query";
import { Sign } from "~/parts/sign";
import { usePlace } from "~/shell/self";
import { useFormats } from "~/text/format";
import { useLanguage } from "~/text/language";
import { labelled, told, type Say, useText } from "~/text/text";
import { useProtocol } from "~/course/data";
import { type Due, dueOf, type Group, GROUPS } from "./due";
import { Choice, Filters } from "./filters";
import { useConsentsDue, useOccasions, useParticipants, useVisits } from "./reading";
import { type Key, texts } from "./text";
import { timepointOf } from "./timepoint";

const AT_FIRST = 12;

export default function Home() {
  const t = useText(texts);
  const { sites } = usePlace();
  const { longDay } = useFormats();
  const [site, setSite] = useState("");
  const visits = useVisits();
  const forms = useOccasions();
  const consents = useConsentsDue();
  const participants = useParticipants();
  const now = today();
  const known = useMemo(() => new Map((participants.data ?? []).map((each) => [each.participantId, each])), [participants.data]);
  const due = useMemo(
    () => dueOf(visits.data?.visits ?? [], forms.data ?? [], consents.data ?? [], now)
      .map((each) => ({ ...each, code: each.code || known.get(each.participantId)?.code || "" }))
      .filter((each) => site === "" || known.get(each.participantId)?.siteId === site),
    [visits.data, forms.data, consents.data, known, now, site],
  );
  const lists = [visits, forms, consents, participants];
  const failed = lists.filter((each) => each.isError);
  const loading = lists.some((each) => each.isPending);
  const count = (group: Group) => due.filter((each) => each.group === group).length;
  return (
    <Page title={t("home_title")} lead={<>{longDay(now)}. {t("home_lead")}</>}
      actions={<Link href="/screenings/new" className="button main">{t("to_screen")}</Link>}>
      {failed.map((each, index) => <ProblemNotice key={index} problem={problemOf(each.error)} onRetry={() => void each.refetch()} />)}
      {sites.length > 1 && (
        <Filters>
          <Choice label={t("site")} value={site} onChange={setSite}
            options={[{ value: "", label: t("site_all") }, ...sites.map((each) => ({ value: each.siteId, label: each.name }))]} />
        </Filters>
      )}
      {loading ? <Loading /> : (
        <>
          <section className="card figures">
            <Figure value={count("overdue")} label={t("count_overdue", { n: count("overdue") })} />
            <Figure value={count("now")} label={t("count_now", { n: count("now") })} />
            <Figure value={count("soon")} label={t("count_soon")} />
            <Figure value={count("renew")} label={t("count_renew", { n: count("renew") })} />
          </section>
          {due.length === 0 && failed.length === 0 && (
            <Empty action={<Link href="/screenings/new" className="button">{t("to_screen")}</Link>}>{t("all_done")}</Empty>
          )}
          {due.length > 0 && GROUPS.map((group) => <GroupCard key={group} group={group} due={due.filter((each) => each.group === group)} />)}
        </>
      )}
    </Page>
  );
}

function GroupCard({ group, due }: { group: Group; due: readonly Due[] }) {
  const t = useText(texts);
  const [all, setAll] = useState(false);
  const shown = all ? due : due.slice(0, AT_FIRST);
  return (
    <Card title={t(`group_${group}`)}>
      {due.length === 0 ? <p className="quiet">{t(`empty_${group}`)}</p> : (
        <ul className="due-list">{shown.map((each, index) => <DueLine key={index} due={each} />)}</ul>
      )}
      {shown.length < due.length && (
        <button type="button" className="button plain" onClick={() => setAll(true)}>{t("show_more", { count: due.length - shown.length })}</button>
      )}
    </Card>
  );
}

function DueLine({ due }: { due: Due }) {
  const t = useText(texts);
  const c = useCourseText();
  const language = useLanguage();
  const { day } = useFormats();
  const document = useProtocol().data?.content;
  const titles = useTitles(document?.visits);
  const forms = useTitles(document?.consentForms);
  const now = today();
  const base = `/participants/${due.participantId}`;
  let to = base;
  let what = "";
  let kind = "";
  let sign = null;
  if (due.visit !== undefined) {
    const windowStart = dayOf(due.visit.windowStartDate);
    const windowEnd = dayOf(due.visit.windowEndDate);
    kind = t("what_visit");
    what = told(titles.get(due.visit.visit), language) || due.visit.visit;
    sign = visitStanding(c, { state: due.visit.state, date: dayOf(due.visit.date), windowStart, windowEnd, inWindow: due.visit.inWindow }, now);
    to = `${base}?visit=${due.visit.visit}`;
  } else if (due.form !== undefined) {
    kind = t("what_form");
    what = `${told(due.form.title, language) || due.form.instrumentId} (${timepointOf(t, due.form.timepoint, due.form.timepointTitle)})`;
    sign = formStanding(c, due.form);
    to = `${base}/forms`;
  } else if (due.consent !== undefined) {
    kind = t("what_consent");
    what = `${told(forms.get(due.consent.consent?.form ?? ""), language) || due.consent.consent?.form} – ${t("version_to_sign", { version: due.consent.renewalFormVersion, day: day(due.deadline) })}`;
    to = `${base}/consent?renew=${due.consent.consent?.form ?? ""}`;
  }
  return (
    <li>
      <Link href={to} className="due-link">
        <strong>{due.code}</strong>
        <span>{labelled(kind, what)}{due.visit?.recorder === "OCCUPATIONAL_PHYSICIAN" && <span className="quiet small"> ({t("recorded_by_physician")})</span>}</span>
        <span className="due-when">{sign !== null && <Sign {...sign} />}{due.consent === undefined && <span className="small">{whenOf(t, due.deadline, now)} {due.deadline !== undefined && <span className="quiet">({day(due.deadline)})</span>}</span>}</span>
      </Link>
    </li>
  );
}

function whenOf(t: Say<Key>, deadline: string | undefined, now: string): string {
  if (deadline === undefined) return t("deadline_none");
  const days = daysBetween(now, deadline);
  if (days === 0) return t("deadline_today");
  return days < 0 ? t("deadline_passed", { days: -days }) : t("deadline_in", { days });
}
