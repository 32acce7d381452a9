// SPDX-License-Identifier: Apache-2.0
// What follows from a course: the law's milestones with their reasons, the endpoints, what to check.
import { dayOf } from "~/api/dates";
import type { Course } from "~/gen/reprise/phase/v1/course_pb";
import { Card, Empty, Notice } from "~/parts/layout";
import { Sign } from "~/parts/sign";
import { useFormats } from "~/text/format";
import { labelled, typeset } from "~/text/text";
import { endpointStanding, known, legalStanding, useCourseText } from "./labels";

export function Questions({ course }: { course: Course }) {
  const t = useCourseText();
  if (course.questions.length === 0) return null;
  return (
    <Notice tone="warn">
      <p><strong>{t("questions_title")}</strong></p>
      <p className="small">{t("questions_lead")}</p>
      <ul>{course.questions.map((question) => <li key={question}>{question}</li>)}</ul>
    </Notice>
  );
}

// What somebody owes comes first.
const URGENCY = ["late", "due", "possible", "waived", "done", "not_applicable"];

export function LegalCard({ course }: { course: Course }) {
  const t = useCourseText();
  const { day } = useFormats();
  const milestones = [...course.legalMilestones].sort((a, b) => URGENCY.indexOf(a.state) - URGENCY.indexOf(b.state));
  return (
    <Card title={t("legal_title")} id="legal">
      <div className="stack tight">
        <p className="small quiet">{t("legal_lead")}</p>
        {milestones.length === 0 && <Empty>{t("legal_none")}</Empty>}
        <ul className="course-legal">
          {milestones.map((each) => {
            const waiting = each.state === "due" || each.state === "late" || each.state === "possible";
            const latest = dayOf(each.latestDate);
            const from = dayOf(each.possibleDate);
            return (
              <li key={`${each.rule}${each.ruleVersion}`}>
                <div className="row spread">
                  <h3>{t(known("legal_rule_", each.rule, "legal_rule_other"))}</h3>
                  <Sign {...legalStanding(t, each.state)} />
                </div>
                {waiting && (latest !== undefined || from !== undefined) && (
                  <p className="small"><strong>{latest !== undefined ? t("legal_by", { day: day(latest) }) : t("legal_from", { day: day(from) })}</strong></p>
                )}
                <p className="small">{typeset(each.explanation)}</p>
                {each.ruleVersion !== "" && <p className="small quiet">{t("legal_version", { version: each.ruleVersion })}</p>}
              </li>
            );
          })}
        </ul>
      </div>
    </Card>
  );
}

export function EndpointCard({ course }: { course: Course }) {
  const t = useCourseText();
  const { day } = useFormats();
  const months = (landmark: string) => Number(/(\d+)m$/.exec(landmark)?.[1] ?? 0);
  return (
    <Card title={t("endpoint_title")} id="endpoints">
      {course.endpoints.length === 0 && <Empty>{t("endpoint_none")}</Empty>}
      <ul className="course-legal">
        {course.endpoints.map((each) => {
          const counted = each.definition.startsWith("ABS");
          const standing = endpointStanding(t, each.state);
          const reached = dayOf(each.reachedDate);
          const landmarks = Object.entries(each.landmarks).sort((a, b) => months(a[0]) - months(b[0]));
          return (
            <li key={each.definition}>
              <div className="row spread">
                <h3>{t(known("endpoint_", each.definition, "endpoint_other"))}</h3>
                <Sign {...standing} label={counted && each.state === "reached" ? t("endpoint_counted") : standing.label} />
              </div>
              {reached !== undefined && <p className="small">{t("endpoint_on", { day: day(reached), days: each.days ?? 0 })}</p>}
              {counted && each.days !== undefined && <p className="small">{t("endpoint_days", { days: each.days })}</p>}
              {!counted && each.sickDays !== undefined && <p className="small">{t("endpoint_sick_days", { days: each.sickDays })}</p>}
              {landmarks.length > 0 && (
                <div className="row">
                  {landmarks.map(([landmark, state]) => {
                    const at = endpointStanding(t, state);
                    return <Sign key={landmark} {...at} label={labelled(t("landmark", { months: months(landmark) }), at.label.toLowerCase())} />;
                  })}
                </div>
              )}
              {each.needed !== "" && <p className="small quiet">{t("endpoint_needed")} {each.needed}</p>}
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
