// SPDX-License-Identifier: Apache-2.0
// The course at one look, what is still to be done, and what follows from it.
import { useMemo, useState } from "react";
import { useSearch } from "wouter";
import { dayOf } from "~/api/dates";
import { EndpointCard, LegalCard, Questions } from "~/course/derived";
import { useCourseText, useTitles } from "~/course/labels";
import { Timeline } from "~/course/timeline";
import { useMyVisits, type VisitAct, VisitForm, VisitList, type VisitRow, visitRows } from "~/course/visits";
import type { Participation } from "~/gen/reprise/enrolment/v1/screening_pb";
import { type Course, Visit_State } from "~/gen/reprise/phase/v1/course_pb";
import type { Instance } from "~/gen/reprise/questionnaire/v1/response_pb";
import type { StudyDocument } from "~/gen/reprise/study/v1/document_pb";
import { Dialog } from "~/parts/dialog";
import { Card } from "~/parts/layout";
import { common } from "~/text/common";
import { useLanguage } from "~/text/language";
import { told, useText } from "~/text/text";
import { useVisits } from "../reading";
import { texts } from "../text";

export function CourseTab({ course, participation, document, forms }: {
  course: Course; participation: Participation; document: StudyDocument | undefined; forms: readonly Instance[];
}) {
  const c = useCourseText();
  const t = useText(texts);
  const visits = useTitles(document?.visits);
  const titles = useMemo(() => ({ visits }), [visits]);
  return (
    <>
      <Questions course={course} />
      <Card title={c("course_title")}>
        <Timeline course={course} forms={forms} titles={titles} />
      </Card>
      <Card title={t("visits_title")} id="visits">
        <VisitCard course={course} participation={participation} document={document} titles={visits} />
      </Card>
      <div className="course-side">
        <LegalCard course={course} />
        <EndpointCard course={course} />
      </div>
    </>
  );
}

function VisitCard({ course, participation, document, titles }: {
  course: Course; participation: Participation; document: StudyDocument | undefined; titles: ReadonlyMap<string, Record<string, string>>;
}) {
  const c = useCourseText();
  const k = useText(common);
  const language = useLanguage();
  const all = useVisits().data?.visits;
  const mine = useMyVisits(document?.visits ?? [], participation.stage);
  const recordable = useMemo(() => new Set(mine.map((each) => each.code)), [mine]);
  const expected = useMemo(() => (all ?? [])
    .filter((each) => each.participantId === course.participantId && each.state === Visit_State.EXPECTED)
    .map((each) => ({ visit: each.visit, windowStart: dayOf(each.windowStartDate), windowEnd: dayOf(each.windowEndDate) })), [all, course.participantId]);
  const rows = visitRows(course, expected);
  // Lists elsewhere lead to the form of a visit by its code.
  const asked = new URLSearchParams(useSearch()).get("visit");
  const [answered, setAnswered] = useState(false);
  const [open, setOpen] = useState<{ row: VisitRow; act: VisitAct }>();
  const open1 = (code: string) => {
    const row = rows.find((each) => each.code === code && (each.recorded === undefined || each.recorded.state === Visit_State.PLANNED));
    return row ?? (recordable.has(code) ? { code } : undefined);
  };
  const wanted = asked !== null && !answered && recordable.has(asked) ? open1(asked) : undefined;
  const now = open ?? (wanted === undefined ? undefined : { row: wanted, act: "done" as const });
  const close = () => {
    setAnswered(true);
    setOpen(undefined);
  };
  return (
    <>
      <VisitList rows={rows} titles={titles} recordable={recordable} onAct={(row, act) => setOpen({ row, act })} />
      <Dialog title={now === undefined ? c("rec_visit") : told(titles.get(now.row.code), language) || now.row.code} open={now !== undefined} onClose={close}>
        {now !== undefined && (
          <VisitForm course={course} visits={mine} planned={now.row.recorded} visit={now.row.code} act={now.act}
            acts={now.row.recorded === undefined ? ["done", "plan"] : ["done", "moved", "missed", "cancelled"]}
            withMeasures={false} submit={k("save")} onDone={close} />
        )}
      </Dialog>
    </>
  );
}
