// SPDX-License-Identifier: Apache-2.0
// One participant as her occupational physician sees her. The visit comes first: it is what she is here for.
import { Code } from "@connectrpc/connect";
import { useMemo, useState } from "react";
import { Link } from "wouter";
import { problemOf } from "~/api/problem";
import { useCourse, useParticipation, useProtocol } from "~/course/data";
import { EndpointCard, LegalCard, Questions } from "~/course/derived";
import { known, legalStanding, statusStanding, useCourseText, useTitles } from "~/course/labels";
import { RecordBar } from "~/course/recording";
import { Timeline } from "~/course/timeline";
import { useMyVisits, VisitForm, VisitList, visitRows } from "~/course/visits";
import type { Participation } from "~/gen/reprise/enrolment/v1/screening_pb";
import { type Course, Visit_State } from "~/gen/reprise/phase/v1/course_pb";
import type { StudyDocument } from "~/gen/reprise/study/v1/document_pb";
import { Card, Empty, Notice, Page } from "~/parts/layout";
import { Query } from "~/parts/query";
import { Sign } from "~/parts/sign";
import { common } from "~/text/common";
import { useText } from "~/text/text";
import { texts } from "./text";

export default function Participant({ participantId }: { participantId: string }) {
  const t = useText(texts);
  const query = useParticipation(participantId);
  if (query.isError) {
    const { code } = problemOf(query.error);
    if (code === Code.NotFound || code === Code.InvalidArgument) {
      return <Page title={t("gone_title")}><Empty action={<Link href="/" className="button">{t("back")}</Link>}>{t("gone")}</Empty></Page>;
    }
  }
  return <Query query={query}>{(participation) => <Found participation={participation} />}</Query>;
}

function Found({ participation }: { participation: Participation }) {
  const t = useText(texts);
  const c = useCourseText();
  const k = useText(common);
  const course = useCourse(participation.participantId);
  const document = useProtocol(participation.protocolVersion || undefined).data?.content;
  return (
    <Page title={t("participant", { code: participation.code })} crumbs={[{ to: "/", label: t("title") }]}
      lead={<Sign {...statusStanding(c, participation.status)} />}
      actions={<button type="button" className="button" onClick={() => print()}>{k("print")}</button>}>
      <Query query={course}>{(data) => document === undefined ? null : <Content course={data} document={document} stage={participation.stage} />}</Query>
    </Page>
  );
}

function Content({ course, document, stage }: { course: Course; document: StudyDocument; stage: string }) {
  const t = useText(texts);
  const c = useCourseText();
  const visits = useTitles(document.visits);
  const titles = useMemo(() => ({ visits }), [visits]);
  return (
    <>
      <VisitCard course={course} document={document} stage={stage} />
      <RecordBar course={course} document={document} stage={stage} withMeasures without={["visit"]} />
      <Questions course={course} />
      <div className="course-side">
        <LegalCard course={course} />
        <EndpointCard course={course} />
      </div>
      <Card title={c("course_title")}><Timeline course={course} titles={titles} /></Card>
      <Card title={t("visits")}><VisitList rows={visitRows(course, [])} titles={visits} recordable={new Set()} /></Card>
    </>
  );
}

// The pre-return and the return visit first, the one that has not taken place yet on top.
function VisitCard({ course, document, stage }: { course: Course; document: StudyDocument; stage: string }) {
  const t = useText(texts);
  const c = useCourseText();
  const mine = useMyVisits(document.visits, stage);
  const [done, setDone] = useState<{ before: Course; after: Course }>();
  const held = useMemo(() => new Set(course.visits.filter((each) => each.state === Visit_State.DONE).map((each) => each.visit)), [course]);
  const rank = (code: string) => (/RETURN/.test(code) ? 0 : 2) + (held.has(code) ? 1 : 0);
  const choice = [...mine].sort((a, b) => rank(a.code) - rank(b.code));
  if (choice.length === 0) return null;
  return (
    <Card title={t("record_visit")}>
      {done === undefined ? (
        <>
          <p className="small quiet">{t("record_visit_lead")}</p>
          <VisitForm course={course} visits={choice} acts={["done"]} withMeasures submit={t("save_visit")} onDone={(before, after) => setDone({ before, after })} />
        </>
      ) : (
        <div className="stack tight">
          <Notice tone="good" live><p><strong>{t("visit_saved")}</strong></p><Followed before={done.before} after={done.after} /></Notice>
          <p><button type="button" className="button" onClick={() => setDone(undefined)}>{t("another")}</button></p>
        </div>
      )}
    </Card>
  );

  function Followed({ before, after }: { before: Course; after: Course }) {
    const was = new Map(before.legalMilestones.map((each) => [each.rule + each.ruleVersion, each.state]));
    const changed = after.legalMilestones.filter((each) => (was.get(each.rule + each.ruleVersion) ?? "") !== each.state);
    if (changed.length === 0) return <p>{t("followed_none")}</p>;
    return (
      <>
        <p>{t("followed")}</p>
        <ul>
          {changed.map((each) => (
            <li key={each.rule + each.ruleVersion}>
              {t("change", {
                rule: c(known("legal_rule_", each.rule, "legal_rule_other")),
                before: legalStanding(c, was.get(each.rule + each.ruleVersion) ?? "not_applicable").label.toLowerCase(), after: legalStanding(c, each.state).label.toLowerCase(),
              })}
            </li>
          ))}
        </ul>
      </>
    );
  }
}
