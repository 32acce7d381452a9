// SPDX-License-Identifier: Apache-2.0
// Everything that can be recorded about a course, one button each, its form in a dialog.
import { useState } from "react";
import { clientOf } from "~/api/clients";
import { type Day, dayOf, today, wireOf } from "~/api/dates";
import { EnrolmentService } from "~/gen/reprise/enrolment/v1/enrolment_service_pb";
import { type Course, Timeline as Which } from "~/gen/reprise/phase/v1/course_pb";
import { PhaseService } from "~/gen/reprise/phase/v1/phase_service_pb";
import type { StudyDocument } from "~/gen/reprise/study/v1/document_pb";
import { Dialog } from "~/parts/dialog";
import { CheckField, ChoiceField, DayField, Form, SelectField, TextArea, TextField, textOf } from "~/parts/form";
import { Notice } from "~/parts/layout";
import { useCaller } from "~/shell/self";
import { common } from "~/text/common";
import { useFormats } from "~/text/format";
import { useLanguage } from "~/text/language";
import { told, useText } from "~/text/text";
import { useQueryClient } from "@tanstack/react-query";
import { useTakeCourse } from "./data";
import { useCourseText } from "./labels";
import type { CourseKey } from "./text";
import { useMyVisits, VisitForm } from "./visits";
import { ChangeForm } from "./work";

type Kind = "visit" | "work" | "leave" | "milestone" | "phase" | "delivery" | "note";
const KINDS: readonly { kind: Kind; permission: string }[] = [
  { kind: "visit", permission: "visit.record" },
  { kind: "work", permission: "work_status.record" },
  { kind: "leave", permission: "leave.record" },
  { kind: "milestone", permission: "milestone.record" },
  { kind: "phase", permission: "phase.record" },
  { kind: "delivery", permission: "delivery.record" },
  { kind: "note", permission: "participant.note" },
];
const RECIPIENTS = ["PARTICIPANT", "GENERAL_PRACTITIONER", "OCCUPATIONAL_PHYSICIAN", "EMPLOYER", "MANAGER", "COLLEAGUE"] as const;

export function RecordBar({ course, document, stage, withMeasures, without = [] }: {
  course: Course; document: StudyDocument | undefined; stage: string | undefined; withMeasures: boolean; without?: readonly Kind[];
}) {
  const t = useCourseText();
  const { may } = useCaller();
  const [open, setOpen] = useState<Kind>();
  const [told, setTold] = useState(false);
  const shown = KINDS.filter((each) => may(each.permission) && !without.includes(each.kind));
  const done = () => {
    setOpen(undefined);
    setTold(true);
  };
  return (
    <section className="stack tight no-print" aria-label={t("record")}>
      <p className="small quiet">{t("record_lead")}</p>
      <div className="course-record">
        {shown.map(({ kind }) => (
          <button key={kind} type="button" className="button" onClick={() => { setTold(false); setOpen(kind); }}>{t(`rec_${kind}`)}</button>
        ))}
      </div>
      {told && <Notice tone="good" live>{t("recorded")}</Notice>}
      <Dialog title={open === undefined ? t("record") : t(`rec_${open}`)} open={open !== undefined} onClose={() => setOpen(undefined)}>
        {open === "work" && <ChangeForm course={course} which={Which.WORK_STATUS} onDone={done} />}
        {open === "phase" && <ChangeForm course={course} which={Which.PHASE} onDone={done} />}
        {open === "leave" && <LeaveForm course={course} onDone={done} />}
        {open === "milestone" && <MilestoneForm course={course} onDone={done} />}
        {open === "visit" && <VisitChoice course={course} document={document} stage={stage} withMeasures={withMeasures} onDone={done} />}
        {open === "delivery" && <DeliveryForm course={course} document={document} onDone={done} />}
        {open === "note" && <NoteForm participantId={course.participantId} onDone={done} />}
      </Dialog>
    </section>
  );
}

interface RecordProps {
  readonly course: Course;
  readonly onDone: () => void;
}

function VisitChoice({ course, document, stage, withMeasures, onDone }: RecordProps & {
  document: StudyDocument | undefined; stage: string | undefined; withMeasures: boolean;
}) {
  const c = useText(common);
  const visits = useMyVisits(document?.visits ?? [], stage);
  return <VisitForm course={course} visits={visits} acts={["done", "plan"]} withMeasures={withMeasures} submit={c("save")} onDone={onDone} />;
}

export function LeaveForm({ course, onDone }: RecordProps) {
  const t = useCourseText();
  const c = useText(common);
  const take = useTakeCourse();
  const [issued, setIssued] = useState<Day>(today());
  const known = course.leaves.filter((each) => each.voidTime === undefined);
  const send = async (data: FormData, requestId: string) => {
    take(await clientOf(PhaseService).recordLeave({
      requestId, participantId: course.participantId, issuedDate: wireOf(textOf(data, "issued_date")), startDate: wireOf(textOf(data, "start_date")),
      endDate: wireOf(textOf(data, "end_date")), kind: Number(textOf(data, "kind")), cause: Number(textOf(data, "cause")),
      partTime: data.get("part_time") === "true",
    }));
    onDone();
  };
  return (
    <Form onSubmit={send} submit={c("save")}>
      <DayField name="issued_date" label={t("issued_day")} max={today()} value={issued} onChange={(event) => setIssued(event.target.value)} />
      <DayField name="start_date" label={t("first_day")} defaultValue={issued} />
      <DayField name="end_date" label={t("last_day")} help={t("last_day_help")} />
      <ChoiceField name="kind" label={t("leave_kind")} defaultValues={[known.length === 0 ? "1" : "2"]}
        options={[1, 2].map((each) => ({ value: String(each), label: t(`leave_kind_${each}` as CourseKey) }))} />
      <SelectField name="cause" label={t("leave_cause")} defaultValue={String(known.at(-1)?.cause ?? 1)}
        options={[1, 2, 3, 4].map((each) => ({ value: String(each), label: t(`leave_cause_${each}` as CourseKey) }))} />
      <CheckField name="part_time" label={t("part_time")} help={t("part_time_help")} />
    </Form>
  );
}

export function MilestoneForm({ course, onDone, kind: given }: RecordProps & { kind?: number }) {
  const t = useCourseText();
  const c = useText(common);
  const { day } = useFormats();
  const take = useTakeCourse();
  const missing = [1, 2, 3, 4, 5, 6].find((each) => !course.milestones.some((milestone) => milestone.kind === each));
  const [kind, setKind] = useState(given ?? missing ?? 6);
  const there = course.milestones.find((each) => each.kind === kind);
  const send = async (data: FormData, requestId: string) => {
    take(await clientOf(PhaseService).recordMilestone({
      requestId, participantId: course.participantId, kind, date: wireOf(textOf(data, "date")), changeReason: textOf(data, "change_reason"),
    }));
    onDone();
  };
  return (
    <Form onSubmit={send} submit={c("save")}>
      <SelectField name="kind" label={t("which_milestone")} defaultValue={String(kind)} onChange={(event) => setKind(Number(event.target.value))}
        help={kind === 6 ? t("milestone_help_6") : undefined}
        options={[1, 2, 3, 4, 5, 6].map((each) => ({ value: String(each), label: t(`milestone_${each}` as CourseKey) }))} />
      <DayField name="date" label={t("day_on")} max={today()} key={kind} defaultValue={dayOf(there?.date) ?? ""} />
      {there !== undefined && (
        <TextField name="change_reason" label={t("correction_reason")} help={t("correction_reason_help", { day: day(dayOf(there.date)) })} />
      )}
    </Form>
  );
}

function DeliveryForm({ course, document, onDone }: RecordProps & { document: StudyDocument | undefined }) {
  const t = useCourseText();
  const c = useText(common);
  const language = useLanguage();
  const take = useTakeCourse();
  const send = async (data: FormData, requestId: string) => {
    take(await clientOf(PhaseService).recordDelivery({
      requestId, participantId: course.participantId, component: textOf(data, "component"), deliveredDate: wireOf(textOf(data, "delivered_date")),
      recipient: textOf(data, "recipient"), outOfProtocol: data.get("out_of_protocol") === "true",
    }));
    onDone();
  };
  return (
    <Form onSubmit={send} submit={c("save")}>
      <SelectField name="component" label={t("which_component")}
        options={(document?.components ?? []).map((each) => ({ value: each.code, label: t("step_of", { step: each.step, title: told(each.title, language) }) }))} />
      <DayField name="delivered_date" label={t("day_on")} max={today()} defaultValue={today()} />
      <SelectField name="recipient" label={t("recipient")} options={RECIPIENTS.map((each) => ({ value: each, label: t(`recipient_${each}`) }))} />
      <CheckField name="out_of_protocol" label={t("out_of_protocol")} help={t("out_of_protocol_help")} />
    </Form>
  );
}

export function NoteForm({ participantId, onDone }: { participantId: string; onDone: () => void }) {
  const t = useCourseText();
  const c = useText(common);
  const queries = useQueryClient();
  const send = async (data: FormData, requestId: string) => {
    await clientOf(EnrolmentService).addParticipantNote({ requestId, participantId, text: textOf(data, "text") });
    void queries.invalidateQueries({ queryKey: ["ListParticipantNotes", participantId] });
    onDone();
  };
  return (
    <Form onSubmit={send} submit={c("save")}>
      <TextArea name="text" label={t("note_text")} help={t("note_help")} rows={5} maxLength={2000} />
    </Form>
  );
}
