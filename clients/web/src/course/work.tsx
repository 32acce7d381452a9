// SPDX-License-Identifier: Apache-2.0
// A change of work or of phase from a day on, with a look at everything that follows from it before it
// is recorded.
import { create } from "@bufbuild/protobuf";
import { useState } from "react";
import { clientOf } from "~/api/clients";
import { addDays, type Day, dayOf, today, wireOf } from "~/api/dates";
import {
  type Course, CourseSchema, PhaseEpisode_Kind as Phase, PhaseEpisodeSchema, Timeline as Which,
  WorkStatusEpisode_Kind as Work, WorkStatusEpisodeSchema,
} from "~/gen/reprise/phase/v1/course_pb";
import { CorrectedTimelineSchema, PhaseService, type PreviewCorrectionResponse } from "~/gen/reprise/phase/v1/phase_service_pb";
import { DayField, Form, SelectField, TextField, textOf } from "~/parts/form";
import { type Change, ChangedNotice, revisionOf } from "./changed";
import { readCourse, useMayPreview, useTakeCourse, useVisitTitles } from "./data";
import { useCourseText, WORKING } from "./labels";
import { Changes } from "./preview";
import type { CourseKey } from "./text";
import { Timeline } from "./timeline";

const WORK_KINDS = [1, 2, 3, 4, 12, 5, 6, 9, 8, 7, 11] as const;
export const TRIGGERS = ["TRANSITION_CONSULTATION", "PRE_RETURN_VISIT", "LIAISON_MEETING", "EFFECTIVE_RETURN", "NEW_LEAVE", "COMPLICATION", "POSTPONED", "OTHER"] as const;

interface Wanted {
  readonly kind: number;
  readonly start: Day;
  readonly percent: number | undefined;
  readonly trigger: string;
}

// The course with the new episode at the end, as the service would make it. Undefined where the day is not
// after the last start: then only the service says what is wrong.
export function appended(course: Course, which: Which, wanted: Wanted): Course | undefined {
  const list = which === Which.PHASE ? course.phases : course.workStatus;
  const last = list.at(-1);
  const start = wireOf(wanted.start);
  if (start === undefined || wanted.kind === 0) return undefined;
  if (last !== undefined && wanted.start <= dayOf(last.startDate)!) return undefined;
  const eve = wireOf(addDays(wanted.start, -1))!;
  if (which === Which.PHASE) {
    const before = course.phases.map((each, index) => (index === course.phases.length - 1 ? { ...each, endDate: eve } : each));
    const added = create(PhaseEpisodeSchema, { kind: wanted.kind as Phase, sequence: before.length + 1, startDate: start, trigger: wanted.trigger });
    return create(CourseSchema, { ...course, phases: [...before, added] });
  }
  const before = course.workStatus.map((each) => (each === last && each.endDate === undefined ? { ...each, endDate: eve } : each));
  const ended = dayOf(last?.endDate);
  if (ended !== undefined && addDays(ended, 1) < wanted.start) {
    before.push(create(WorkStatusEpisodeSchema, { kind: Work.UNKNOWN, startDate: wireOf(addDays(ended, 1))!, endDate: eve }));
  }
  const percent = wanted.kind === Work.FULL_TIME ? 100 : wanted.percent;
  before.push(create(WorkStatusEpisodeSchema, { kind: wanted.kind as Work, startDate: start, ...(percent === undefined ? {} : { percent }) }));
  return create(CourseSchema, { ...course, workStatus: before });
}

// Both refusals, of the preview and of the record, stand at the fields of this form.
function fieldOf(path: string): string {
  const last = /^corrected\..*\.(\w+)$/.exec(path)?.[1];
  return last ?? path;
}

export function ChangeForm({ course, which, onDone }: { course: Course; which: Which; onDone: (before: Course, after: Course) => void }) {
  const t = useCourseText();
  const take = useTakeCourse();
  const mayPreview = useMayPreview();
  const titles = useVisitTitles();
  const [base, setBase] = useState(course);
  const [other, setOther] = useState<Change>();
  const [kind, setKind] = useState("");
  const [wanted, setWanted] = useState<Wanted>();
  const [preview, setPreview] = useState<PreviewCorrectionResponse>();
  const isWork = which !== Which.PHASE;

  const record = async (change: Wanted, requestId: string) => {
    const common = { requestId, participantId: course.participantId, startDate: wireOf(change.start) };
    const after = isWork
      ? await clientOf(PhaseService).changeWorkStatus({
          ...common, kind: change.kind, ...(change.percent === undefined ? {} : { percent: change.percent }),
        })
      : await clientOf(PhaseService).changePhase({ ...common, kind: change.kind, trigger: change.trigger });
    take(after);
    onDone(base, after);
  };
  const look = async (data: FormData, requestId: string) => {
    const percent = textOf(data, "percent");
    const change: Wanted = {
      kind: Number(textOf(data, "kind")), start: textOf(data, "start_date"), trigger: textOf(data, "trigger"),
      percent: isWork && Number(textOf(data, "kind")) === Work.FULL_TIME ? 100 : percent === "" ? undefined : Number(percent),
    };
    setWanted(change);
    const now = await readCourse(course.participantId);
    if (revisionOf(now, which) !== revisionOf(base, which)) {
      setOther({ before: base, now });
      setBase(now);
      take(now);
      return;
    }
    const after = appended(base, which, change);
    if (after === undefined) return record(change, requestId);
    if (!mayPreview) {
      setPreview({ before: base, after, changes: [] } as unknown as PreviewCorrectionResponse);
      return;
    }
    const corrected = create(CorrectedTimelineSchema, { timeline: which, workStatus: isWork ? after.workStatus : [], phases: isWork ? [] : after.phases });
    setPreview(await clientOf(PhaseService).previewCorrection({ participantId: course.participantId, corrected }));
  };

  if (preview !== undefined && wanted !== undefined) {
    return (
      <Form key="confirm" submit={t("preview_confirm")} onSubmit={(_, requestId) => record(wanted, requestId)} focusSubmit at={fieldOf}
        aside={<button type="button" className="button plain" onClick={() => setPreview(undefined)}>{t("preview_back")}</button>}>
        <Changes changes={preview.changes} complete={mayPreview} />
        <Timeline course={preview.after ?? base} titles={titles} name={t("preview_after")} without={["visit", "form", "treatment", ...(isWork ? ["phase" as const] : ["leave" as const])]} />
      </Form>
    );
  }
  const working = WORKING.has(Number(kind || wanted?.kind || 0) as Work) && Number(kind || wanted?.kind) !== Work.FULL_TIME;
  return (
    <Form key="enter" submit={t("preview")} onSubmit={look} at={fieldOf}>
      {other !== undefined && <ChangedNotice change={other} which={which} />}
      {isWork ? (
        <>
          <SelectField name="kind" label={t("situation")} empty="–" defaultValue={wanted === undefined ? undefined : String(wanted.kind)}
            onChange={(event) => setKind(event.target.value)}
            options={WORK_KINDS.map((each) => ({ value: String(each), label: t(`work_${each}` as CourseKey) }))} />
          {working && (
            <TextField name="percent" type="number" inputMode="numeric" min="1" max="100" short label={t("percent")} help={t("percent_help")}
              defaultValue={wanted?.percent === undefined ? undefined : String(wanted.percent)} />
          )}
        </>
      ) : (
        <SelectField name="kind" label={t("which_phase")} empty="–" defaultValue={wanted === undefined ? undefined : String(wanted.kind)}
          options={[1, 2, 3].map((each) => ({ value: String(each), label: t(`phase_${each}` as CourseKey) }))} />
      )}
      <DayField name="start_date" label={t("first_day")} max={today()} defaultValue={wanted?.start ?? today()} />
      {!isWork && (
        <SelectField name="trigger" label={t("trigger")} empty={t("no_trigger")} defaultValue={wanted?.trigger}
          options={TRIGGERS.map((each) => ({ value: each, label: t(`trigger_${each}` as CourseKey) }))} />
      )}
    </Form>
  );
}
