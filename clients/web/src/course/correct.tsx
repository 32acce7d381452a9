// SPDX-License-Identifier: Apache-2.0
// A corrected timeline: the whole of it rewritten, shown before and after, and only then recorded. Where
// somebody else changed it meanwhile, she sees what, and keeps what she typed.
import { create } from "@bufbuild/protobuf";
import { useState } from "react";
import { clientOf } from "~/api/clients";
import { addDays, dayOf, today, wireOf } from "~/api/dates";
import { problemOf } from "~/api/problem";
import {
  type Course, type PhaseEpisode_Kind as Phase, PhaseEpisodeSchema, Timeline as Which,
  WorkStatusEpisode_Kind as Work, WorkStatusEpisodeSchema,
} from "~/gen/reprise/phase/v1/course_pb";
import { type CorrectedTimeline, CorrectedTimelineSchema, PhaseService, type PreviewCorrectionResponse } from "~/gen/reprise/phase/v1/phase_service_pb";
import { DayField, Form, SelectField, TextArea, TextField, textOf } from "~/parts/form";
import { type Change, ChangedNotice, revisionOf } from "./changed";
import { readCourse, useTakeCourse, useVisitTitles } from "./data";
import { known, useCourseText, WORKING } from "./labels";
import { Changes } from "./preview";
import type { CourseKey } from "./text";
import { Timeline } from "./timeline";
import { TRIGGERS } from "./work";

interface Line {
  readonly key: number;
  readonly kind: string;
  readonly percent: string;
  readonly from: string;
  readonly until: string;
  readonly trigger: string;
}

function linesOf(course: Course, which: Which): Line[] {
  const list = which === Which.PHASE
    ? course.phases.map((each) => ({ ...each, percent: undefined }))
    : course.workStatus.map((each) => ({ ...each, trigger: "" }));
  return list.map((each, key) => ({
    key, kind: String(each.kind), percent: each.percent === undefined ? "" : String(each.percent),
    from: dayOf(each.startDate) ?? "", until: dayOf(each.endDate) ?? "", trigger: each.trigger,
  }));
}

function timelineOf(lines: readonly Line[], which: Which): CorrectedTimeline {
  const span = (line: Line) => ({ startDate: wireOf(line.from), ...(line.until === "" ? {} : { endDate: wireOf(line.until) }) });
  return create(CorrectedTimelineSchema, {
    timeline: which,
    workStatus: which === Which.PHASE ? [] : lines.map((line) => create(WorkStatusEpisodeSchema, {
      kind: Number(line.kind) as Work, ...span(line), ...(WORKING.has(Number(line.kind)) && line.percent !== "" ? { percent: Number(line.percent) } : {}),
    })),
    phases: which !== Which.PHASE ? [] : lines.map((line, index) => create(PhaseEpisodeSchema, {
      kind: Number(line.kind) as Phase, sequence: index + 1, ...span(line), trigger: line.trigger,
    })),
  });
}

export function CorrectForm({ course, which, onDone }: { course: Course; which: Which; onDone: () => void }) {
  const t = useCourseText();
  const take = useTakeCourse();
  const titles = useVisitTitles();
  const isWork = which !== Which.PHASE;
  const [base, setBase] = useState(course);
  const [other, setOther] = useState<Change>();
  const [lines, setLines] = useState(() => linesOf(course, which));
  const [preview, setPreview] = useState<PreviewCorrectionResponse>();
  const [reason, setReason] = useState("");
  const list = isWork ? "work_status" : "phases";
  const change = (key: number, what: Partial<Line>) => setLines((now) => now.map((line) => (line.key === key ? { ...line, ...what } : line)));
  const add = () => setLines((now) => {
    const last = now.at(-1);
    const ended = last !== undefined && last.until !== "";
    return [...now, { key: Math.max(-1, ...now.map((line) => line.key)) + 1, kind: isWork ? "1" : "2", percent: "", from: ended ? addDays(last.until, 1) : today(), until: "", trigger: "" }];
  });
  // What the other recorded is shown; what she typed stays.
  const meanwhile = async () => {
    const now = await readCourse(course.participantId);
    if (revisionOf(now, which) === revisionOf(base, which)) return false;
    setOther({ before: base, now });
    setBase(now);
    setPreview(undefined);
    take(now);
    return true;
  };
  const look = async () => {
    const found = await clientOf(PhaseService).previewCorrection({ participantId: course.participantId, corrected: timelineOf(lines, which) });
    if (await meanwhile()) return;
    setPreview(found);
  };
  const record = async (data: FormData, requestId: string) => {
    setReason(textOf(data, "change_reason"));
    try {
      take(await clientOf(PhaseService).correctTimeline({
        requestId, participantId: course.participantId, corrected: timelineOf(lines, which), revision: revisionOf(base, which),
        changeReason: textOf(data, "change_reason"),
      }));
    } catch (error) {
      if (problemOf(error).reason === "ETAG_MISMATCH" && (await meanwhile())) return;
      throw error;
    }
    onDone();
  };
  const without = ["visit", "form", "treatment", isWork ? "phase" : "leave"] as const;
  if (preview !== undefined) {
    return (
      <Form key="confirm" submit={t("preview_confirm")} onSubmit={record}
        aside={<button type="button" className="button plain" onClick={() => setPreview(undefined)}>{t("preview_back")}</button>}>
        <Changes changes={preview.changes} complete />
        {(["before", "after"] as const).map((side) => (
          <div key={side} className="stack tight">
            <h3>{t(`preview_${side}`)}</h3>
            <Timeline course={preview[side]!} titles={titles} without={without} name={t(`preview_${side}`)} />
          </div>
        ))}
        <TextArea name="change_reason" label={t("why")} rows={2} defaultValue={reason} maxLength={500} />
      </Form>
    );
  }
  return (
    <Form key="enter" submit={t("preview")} onSubmit={look}>
      <p className="small quiet">{t("correct_lead")} {t("correct_open")}</p>
      {other !== undefined && <ChangedNotice change={other} which={which} />}
      <div className="course-lines">
        {lines.map((line, index) => {
          const at = `corrected.${list}[${index}]`;
          return (
            <fieldset key={line.key} className="course-line">
              <legend className="small quiet">{t("correct_line", { number: index + 1 })}</legend>
              <SelectField name={`${at}.kind`} label={t("situation")} value={line.kind} onChange={(event) => change(line.key, { kind: event.target.value })}
                options={(isWork ? [1, 2, 3, 4, 12, 5, 6, 9, 8, 7, 10, 11] : [1, 2, 3]).map((each) => ({ value: String(each), label: t(`${isWork ? "work" : "phase"}_${each}` as CourseKey) }))} />
              {isWork && WORKING.has(Number(line.kind)) && (
                <TextField name={`${at}.percent`} type="number" min="1" max="100" label="%" value={line.percent} onChange={(event) => change(line.key, { percent: event.target.value })} />
              )}
              <DayField name={`${at}.start_date`} label={t("first_day")} value={line.from} onChange={(event) => change(line.key, { from: event.target.value })} />
              <DayField name={`${at}.end_date`} label={t("last_day")} value={line.until} onChange={(event) => change(line.key, { until: event.target.value })} />
              {!isWork && (
                <SelectField name={`${at}.trigger`} label={t("trigger")} empty={t("no_trigger")} value={line.trigger} onChange={(event) => change(line.key, { trigger: event.target.value })}
                  options={[...new Set([...(line.trigger === "" ? [] : [line.trigger]), ...TRIGGERS])].map((each) => ({ value: each, label: t(known("trigger_", each, "trigger_OTHER")) }))} />
              )}
              <button type="button" className="button plain" onClick={() => setLines((now) => now.filter((each) => each.key !== line.key))}>
                {t("remove_line", { number: index + 1 })}
              </button>
            </fieldset>
          );
        })}
      </div>
      <div><button type="button" className="button" onClick={add}>{t("add_line")}</button></div>
    </Form>
  );
}
