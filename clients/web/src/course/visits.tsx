// SPDX-License-Identifier: Apache-2.0
// Visits: arranged, held, missed, called off, moved.
import { useState } from "react";
import { clientOf } from "~/api/clients";
import { type Day, dayOf, today, wireOf } from "~/api/dates";
import { Role } from "~/gen/reprise/access/v1/delegation_pb";
import { type Course, type Visit, Visit_State } from "~/gen/reprise/phase/v1/course_pb";
import { PhaseService } from "~/gen/reprise/phase/v1/phase_service_pb";
import type { StudyDocument_Visit } from "~/gen/reprise/study/v1/document_pb";
import { ChoiceField, DayField, Form, SelectField, TextArea, textOf } from "~/parts/form";
import { Empty } from "~/parts/layout";
import { Sign } from "~/parts/sign";
import { useCaller, usePlace } from "~/shell/self";
import { useFormats } from "~/text/format";
import { useLanguage } from "~/text/language";
import { told } from "~/text/text";
import { useTakeCourse } from "./data";
import { known, useCourseText, visitStanding } from "./labels";

export type VisitAct = "plan" | "done" | "missed" | "cancelled" | "moved";
const MODES = ["IN_PERSON", "VIDEO", "TELEPHONE"] as const;
const MEASURES = ["NONE", "WORK_TIME", "JOB_ADAPTATION"] as const;
const CLOSED: Readonly<Record<string, Visit_State>> = {
  missed: Visit_State.MISSED, cancelled: Visit_State.CANCELLED, moved: Visit_State.RESCHEDULED,
};

// The visits of the document that the caller may record, of the stage.
export function useMyVisits(visits: readonly StudyDocument_Visit[], stage: string | undefined): StudyDocument_Visit[] {
  const { roles } = usePlace();
  const mine = (recorder: string) =>
    recorder === "" || (recorder === "COORDINATOR" && roles.has(Role.COORDINATOR)) ||
    (recorder === "OCCUPATIONAL_PHYSICIAN" && roles.has(Role.OCCUPATIONAL_PHYSICIAN));
  return visits.filter((each) => mine(each.recordedBy) && (!stage || each.stages.length === 0 || each.stages.includes(stage)));
}

export function VisitForm({ course, visits, planned, visit, act: first = "done", acts, withMeasures, submit, onDone }: {
  course: Course;
  // Among which she chooses where no visit is given.
  visits: readonly StudyDocument_Visit[];
  planned?: Visit | undefined;
  visit?: string | undefined;
  act?: VisitAct;
  acts: readonly VisitAct[];
  // Physicians say which measures they found necessary.
  withMeasures: boolean;
  submit: string;
  onDone: (before: Course, after: Course) => void;
}) {
  const t = useCourseText();
  const language = useLanguage();
  const take = useTakeCourse();
  const [act, setAct] = useState<VisitAct>(first);
  const send = async (data: FormData, requestId: string) => {
    const call = clientOf(PhaseService);
    const common = { requestId, participantId: course.participantId };
    const date = wireOf(textOf(data, "date"));
    const mode = textOf(data, "mode");
    const code = planned?.visit ?? visit ?? textOf(data, "visit");
    let after: Course;
    if (act === "plan") after = await call.planVisit({ ...common, visit: code, date, mode });
    else if (act === "done") {
      after = await call.recordVisit({
        ...common, ...(planned === undefined ? {} : { visitId: planned.visitId }), visit: code, date, mode,
        measures: data.getAll("measures").map(String), outcome: textOf(data, "outcome"),
      });
    } else {
      after = await call.closeVisit({
        ...common, visitId: planned!.visitId, state: CLOSED[act]!, ...(act === "moved" ? { newDate: wireOf(textOf(data, "new_date")) } : {}),
      });
    }
    take(after);
    onDone(course, after);
  };
  const word = { plan: "visit_do_plan", done: "visit_do_done", missed: "visit_do_missed", cancelled: "visit_do_cancelled", moved: "visit_do_moved" } as const;
  return (
    <Form onSubmit={send} submit={submit}>
      {acts.length > 1 && (
        <ChoiceField name="act" label={t("visit_what")} defaultValues={[act]} onChange={(value) => setAct(value as VisitAct)}
          options={acts.map((each) => ({ value: each, label: t(word[each]) }))} />
      )}
      {planned === undefined && visit === undefined && (
        <SelectField name="visit" label={t("which_visit")} options={visits.map((each) => ({ value: each.code, label: told(each.title, language) }))} />
      )}
      {act === "moved" && <DayField name="new_date" label={t("new_day")} />}
      {(act === "plan" || act === "done") && (
        <>
          <DayField name="date" label={t("day_on")} {...(act === "done" ? { max: today() } : {})}
            key={act} defaultValue={act === "done" ? today() : undefined} />
          <SelectField name="mode" label={t("mode")} defaultValue={planned?.mode || "IN_PERSON"}
            options={MODES.map((each) => ({ value: each, label: t(`mode_${each}`) }))} />
        </>
      )}
      {act === "done" && withMeasures && (
        <ChoiceField name="measures" label={t("measures")} multiple options={MEASURES.map((each) => ({ value: each, label: t(`measure_${each}`) }))} />
      )}
      {act === "done" && <TextArea name="outcome" label={t("outcome")} help={t("outcome_help")} optional rows={3} />}
    </Form>
  );
}

export interface VisitRow {
  readonly code: string;
  readonly recorded?: Visit;
  readonly date?: Day | undefined;
  readonly windowStart?: Day | undefined;
  readonly windowEnd?: Day | undefined;
}

// Visits that are recorded, then those of the document that nobody planned.
export function visitRows(course: Course, expected: readonly { visit: string; windowStart?: Day | undefined; windowEnd?: Day | undefined }[]): VisitRow[] {
  return [
    ...course.visits.map((each) => ({
      code: each.visit, recorded: each, date: dayOf(each.date), windowStart: dayOf(each.windowStartDate), windowEnd: dayOf(each.windowEndDate),
    })),
    ...expected.map((each) => ({ code: each.visit, windowStart: each.windowStart, windowEnd: each.windowEnd })),
  ];
}

export function VisitList({ rows, titles, onAct, recordable }: {
  rows: readonly VisitRow[];
  titles: ReadonlyMap<string, Record<string, string>>;
  // Absent: nothing can be done from here.
  onAct?: (row: VisitRow, act: VisitAct) => void;
  recordable: ReadonlySet<string>;
}) {
  const t = useCourseText();
  const language = useLanguage();
  const { day } = useFormats();
  const { may } = useCaller();
  const now = today();
  if (rows.length === 0) return <Empty>{t("nothing_yet")}</Empty>;
  return (
    <div className="table-frame" tabIndex={0} role="region" aria-label={t("lane_visit")}>
      <table>
        <thead><tr><th scope="col">{t("rec_visit")}</th><th scope="col">{t("state")}</th><th scope="col">{t("day_on")}</th><th scope="col">{t("window")}</th>{onAct && <th scope="col" className="no-print">{t("record")}</th>}</tr></thead>
        <tbody>
          {rows.map((row, index) => {
            const state = row.recorded?.state ?? Visit_State.EXPECTED;
            const standing = visitStanding(t, { state, date: row.date, windowStart: row.windowStart, windowEnd: row.windowEnd, inWindow: row.recorded?.inWindow ?? false }, now);
            const open = state === Visit_State.PLANNED || state === Visit_State.EXPECTED;
            const measures = row.recorded?.measures ?? [];
            return (
              <tr key={row.recorded?.visitId ?? `${row.code}${index}`} id={`visit-${row.code}`}>
                <td>{told(titles.get(row.code), language) || row.code}
                  {measures.length > 0 && <div className="small quiet">{measures.map((each) => t(known("measure_", each, "measure_NONE"))).join(", ")}</div>}
                  {row.recorded?.outcome && <div className="small quiet">{row.recorded.outcome}</div>}
                </td>
                <td><Sign {...standing} /></td>
                <td>{day(row.date)}{row.recorded?.mode && <div className="small quiet">{t(known("mode_", row.recorded.mode, "mode_IN_PERSON"))}</div>}</td>
                <td>{row.windowStart === undefined ? "–" : `${day(row.windowStart)} – ${day(row.windowEnd)}`}</td>
                {onAct && (
                  <td className="no-print">
                    {open && may("visit.record") && recordable.has(row.code) && (
                      <button type="button" className="button" onClick={() => onAct(row, "done")}>
                        {t("record")}<span className="hidden-text"> : {told(titles.get(row.code), language)}</span>
                      </button>
                    )}
                  </td>
                )}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
