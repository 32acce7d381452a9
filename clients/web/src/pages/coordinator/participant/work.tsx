// SPDX-License-Identifier: Apache-2.0
// The facts behind the drawing: treatment, work, phases, leave and deliveries, with their corrections.
import { type ReactNode, useState } from "react";
import { clientOf } from "~/api/clients";
import { dayOf, daysBetween } from "~/api/dates";
import { CorrectForm } from "~/course/correct";
import { useTakeCourse } from "~/course/data";
import { known, useCourseText, useTitles, workLabel } from "~/course/labels";
import { MilestoneForm } from "~/course/recording";
import type { CourseKey } from "~/course/text";
import { type Course, type LeavePrescription, Timeline as Which } from "~/gen/reprise/phase/v1/course_pb";
import { PhaseService } from "~/gen/reprise/phase/v1/phase_service_pb";
import type { StudyDocument } from "~/gen/reprise/study/v1/document_pb";
import { Dialog } from "~/parts/dialog";
import { Form, TextArea, textOf } from "~/parts/form";
import { Card } from "~/parts/layout";
import { Sign } from "~/parts/sign";
import { useCaller } from "~/shell/self";
import { useFormats } from "~/text/format";
import { useLanguage } from "~/text/language";
import { told, useText } from "~/text/text";
import { texts } from "../text";

type Open = { what: "correct"; which: Which } | { what: "milestone"; kind: number } | { what: "void"; leave: LeavePrescription };

export function WorkTab({ course, document }: { course: Course; document: StudyDocument | undefined }) {
  const t = useText(texts);
  const c = useCourseText();
  const language = useLanguage();
  const { day } = useFormats();
  const { may } = useCaller();
  const [open, setOpen] = useState<Open>();
  const close = () => setOpen(undefined);
  const components = useTitles(document?.components);
  const correct = (which: Which, label: string) => may("timeline.correct") && (
    <button type="button" className="button no-print" onClick={() => setOpen({ what: "correct", which })}>{label}</button>
  );
  return (
    <>
      <Card title={t("work_title")} aside={correct(Which.WORK_STATUS, c("correct_work"))}>
        <Table label={t("work_title")} head={[c("situation"), c("table_from"), c("table_until")]}
          rows={course.workStatus.map((each) => [workLabel(c, each), day(dayOf(each.startDate)), each.endDate === undefined ? c("ongoing") : day(dayOf(each.endDate))])} />
      </Card>
      <Card title={t("phases_title")} aside={correct(Which.PHASE, c("correct_phases"))}>
        <Table label={t("phases_title")} head={[c("rec_phase"), c("table_from"), c("table_until"), c("trigger"), t("flags")]}
          rows={course.phases.map((each) => [
            c(`phase_${each.kind}` as CourseKey), day(dayOf(each.startDate)), each.endDate === undefined ? c("ongoing") : day(dayOf(each.endDate)),
            each.trigger === "" ? "–" : c(known("trigger_", each.trigger, "trigger_OTHER")), <Flags flags={each.flags} />,
          ])} />
      </Card>
      <Card title={t("milestones_title")}>
        <Table label={t("milestones_title")} head={[c("which_milestone"), c("day_on"), t("flags"), ...(may("milestone.record") ? [t("correct")] : [])]}
          rows={[...course.milestones].sort((a, b) => (dayOf(a.date)! < dayOf(b.date)! ? -1 : 1)).map((each) => {
            const name = c(`milestone_${each.kind}` as CourseKey);
            return [
              name, day(dayOf(each.date)), each.version > 1 ? <span className="small">{t("version_of", { version: each.version })} : {each.changeReason}</span> : "–",
              ...(may("milestone.record") ? [<button type="button" className="button plain" aria-label={t("correct_named", { what: name })} onClick={() => setOpen({ what: "milestone", kind: each.kind })}>{t("correct")}</button>] : []),
            ];
          })} />
      </Card>
      <Card title={t("leaves_title")}>
        <Table label={t("leaves_title")} head={[c("first_day"), c("last_day"), t("days"), t("extent"), t("cause"), t("issued"), t("void_leave")]}
          rows={course.leaves.map((each) => {
            const from = dayOf(each.startDate)!;
            const until = dayOf(each.endDate)!;
            return [
              day(from), day(until), String(daysBetween(from, until) + 1), each.partTime ? t("extent_part") : t("extent_full"), c(`leave_cause_${each.cause}` as CourseKey), day(dayOf(each.issuedDate)),
              each.voidTime !== undefined
                ? <Sign shape="bar" tone="mute" label={t("voided", { reason: each.voidReason })} />
                : may("leave.record") && <button type="button" className="button plain" aria-label={t("void_leave_named", { day: day(from) })} onClick={() => setOpen({ what: "void", leave: each })}>{t("void_leave")}</button>,
            ];
          })} />
      </Card>
      <Card title={t("deliveries_title")}>
        <Table label={t("deliveries_title")} head={[c("which_component"), c("day_on"), c("recipient"), t("flags")]}
          rows={course.deliveries.map((each) => [
            told(components.get(each.component), language) || each.component, day(dayOf(each.deliveredDate)), c(known("recipient_", each.recipient, "recipient_PARTICIPANT")), <Flags flags={each.flags} />,
          ])} />
      </Card>
      <Dialog title={open?.what === "void" ? t("void_title") : open?.what === "milestone" ? c("rec_milestone") : c("correct_title")} open={open !== undefined} onClose={close}>
        {open?.what === "correct" && <CorrectForm course={course} which={open.which} onDone={close} />}
        {open?.what === "milestone" && <MilestoneForm course={course} kind={open.kind} onDone={close} />}
        {open?.what === "void" && <VoidForm course={course} leave={open.leave} onDone={close} />}
      </Dialog>
    </>
  );
}

function Flags({ flags }: { flags: readonly string[] }) {
  const c = useCourseText();
  if (flags.length === 0) return <>–</>;
  return <>{flags.map((flag) => <div key={flag}><Sign shape="late" tone="warn" label={c(known("flag_", flag, "questions_title"))} /></div>)}</>;
}

function VoidForm({ course, leave, onDone }: { course: Course; leave: LeavePrescription; onDone: () => void }) {
  const t = useText(texts);
  const c = useCourseText();
  const take = useTakeCourse();
  const send = async (data: FormData, requestId: string) => {
    take(await clientOf(PhaseService).voidLeave({ requestId, participantId: course.participantId, leaveId: leave.leaveId, changeReason: textOf(data, "change_reason") }));
    onDone();
  };
  return <Form onSubmit={send} submit={t("void_confirm")} danger><TextArea name="change_reason" label={c("why")} rows={2} maxLength={500} /></Form>;
}

export function Table({ label, head, rows }: { label: string; head: readonly string[]; rows: readonly (readonly ReactNode[])[] }) {
  const t = useText(texts);
  if (rows.length === 0) return <p className="quiet">{t("none_recorded")}</p>;
  return (
    <div className="table-frame" tabIndex={0} role="region" aria-label={label}>
      <table>
        <thead><tr>{head.map((each) => <th key={each} scope="col">{each}</th>)}</tr></thead>
        <tbody>{rows.map((row, index) => <tr key={index}>{row.map((cell, at) => <td key={at}>{cell}</td>)}</tr>)}</tbody>
      </table>
    </div>
  );
}
