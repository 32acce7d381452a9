// SPDX-License-Identifier: Apache-2.0
// Consents, the course of the participation with its endings, who she is, her arm, and her physicians.
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useSearch } from "wouter";
import { clientOf } from "~/api/clients";
import { dayOf, today, wireOf } from "~/api/dates";
import { known, useCourseText } from "~/course/labels";
import type { CourseKey } from "~/course/text";
import { EnrolmentService } from "~/gen/reprise/enrolment/v1/enrolment_service_pb";
import { LifecycleEvent_Kind as Kind, type Participation, ParticipantStatus as Status } from "~/gen/reprise/enrolment/v1/screening_pb";
import type { StudyDocument } from "~/gen/reprise/study/v1/document_pb";
import { Dialog } from "~/parts/dialog";
import { ChoiceField, DayField, Form, TextArea, textOf } from "~/parts/form";
import { Card, Notice } from "~/parts/layout";
import { useCaller } from "~/shell/self";
import { useFormats } from "~/text/format";
import { useLanguage } from "~/text/language";
import { told, useText } from "~/text/text";
import { ConsentFields, consentOf } from "../consentfields";
import { type Key, texts } from "../text";
import { ArmCard, IdentityCard } from "./identity";
import { PhysiciansCard } from "./physicians";
import { Table } from "./work";

type Open = "renew" | "withdraw" | "event";

export function ConsentTab({ participation, document }: { participation: Participation; document: StudyDocument | undefined }) {
  const t = useText(texts);
  const c = useCourseText();
  const language = useLanguage();
  const { day } = useFormats();
  const { may } = useCaller();
  const titleOf = (code: string, version: string) =>
    told(document?.consentForms.find((each) => each.code === code && each.version === version)?.title, language) || code;
  const scopeOf = (code: string) => told(document?.consentScopes.find((each) => each.code === code)?.title, language) ||
    (`scope_${code}` in texts.fr ? t(`scope_${code}` as Key) : code);
  const asked = new URLSearchParams(useSearch()).get("renew");
  const [open, setOpen] = useState<Open | undefined>(asked !== null && participation.consentsToRenew.includes(asked) ? "renew" : undefined);
  const close = () => setOpen(undefined);
  const ended = endedBy(participation.status);
  const form = asked ?? participation.consentsToRenew[0];
  return (
    <>
      <Card title={t("consents_title")} aside={may("consent.record") && participation.consentsToRenew.length > 0 &&
        <button type="button" className="button main" onClick={() => setOpen("renew")}>{t("renew")}</button>}>
        <Table label={t("consents_title")} head={[t("consent_form"), t("form_version"), t("signed_on"), t("consent_mode"), t("scopes")]}
          rows={participation.consents.map((each) => [
            titleOf(each.form, each.formVersion), each.formVersion, day(dayOf(each.signedDate)), t(`consent_mode_${each.mode || 1}` as Key),
            each.scopes.length === 0 ? t("no_scopes") : each.scopes.map(scopeOf).join(", "),
          ])} />
      </Card>
      <Card title={t("events_title")} aside={
        <span className="row no-print">
          {may("participant.status") && <button type="button" className="button" onClick={() => setOpen("event")}>{t("event_record")}</button>}
          {may("participant.withdraw") && !ended && <button type="button" className="button danger" onClick={() => setOpen("withdraw")}>{t("withdraw")}</button>}
        </span>}>
        <Table label={t("events_title")} head={[t("event_what"), c("day_on"), t("optional_reason")]}
          rows={participation.events.map((each) => [
            <>{c(`event_${each.kind}` as CourseKey)}{each.withdrawal > 0 && <div className="small quiet">{t(`withdraw_${each.withdrawal}` as Key)}</div>}</>,
            day(dayOf(each.eventDate)), each.reason === "" ? "–" : each.reason,
          ])} />
      </Card>
      <div className="course-side">
        {may("identity.read") && <IdentityCard participantId={participation.participantId} />}
        {may("allocation.read") && <ArmCard participation={participation} document={document} />}
      </div>
      {may("participant.assign") && <PhysiciansCard participation={participation} />}
      <Dialog title={open === "withdraw" ? t("withdraw_title") : open === "event" ? t("event_title") : t("renew_title")} open={open !== undefined} onClose={close}>
        {open === "renew" && <RenewForm participation={participation} document={document} form={form} onDone={close} />}
        {open === "withdraw" && <WithdrawForm participation={participation} onDone={close} />}
        {open === "event" && <EventForm participation={participation} onDone={close} />}
      </Dialog>
    </>
  );
}

interface FormProps {
  readonly participation: Participation;
  readonly onDone: () => void;
}

export function useTakeParticipation() {
  const queries = useQueryClient();
  return (participation: Participation | undefined, participantId: string) => {
    if (participation !== undefined) queries.setQueryData(["GetParticipation", participantId], participation);
    for (const queryKey of [["GetParticipation", participantId], ["GetCourse", participantId], ["ListInstances", participantId],
      ["ListParticipants"], ["ListConsents"], ["ListVisits"], ["ListOccasions"], ["ListScreenings"]]) void queries.invalidateQueries({ queryKey });
  };
}

function RenewForm({ participation, document, form, onDone }: FormProps & { document: StudyDocument | undefined; form: string | undefined }) {
  const t = useText(texts);
  const take = useTakeParticipation();
  const send = async (data: FormData, requestId: string) => {
    await clientOf(EnrolmentService).renewConsent({ requestId, participantId: participation.participantId, ...consentOf(data) });
    take(undefined, participation.participantId);
    onDone();
  };
  return <Form onSubmit={send} submit={t("consent_save")}><ConsentFields document={document} stage={participation.stage} only={form} /></Form>;
}

function WithdrawForm({ participation, onDone }: FormProps) {
  const t = useText(texts);
  const take = useTakeParticipation();
  const send = async (data: FormData, requestId: string) => {
    const after = await clientOf(EnrolmentService).withdrawParticipant({
      requestId, participantId: participation.participantId, kind: Number(textOf(data, "kind")), withdrawalDate: wireOf(textOf(data, "withdrawal_date")),
      reason: textOf(data, "reason"),
    });
    take(after, participation.participantId);
    onDone();
  };
  return (
    <Form onSubmit={send} submit={t("withdraw_save")} danger>
      <Notice tone="warn">{t("withdraw_lead")}</Notice>
      <ChoiceField name="kind" label={t("withdraw_kind")}
        options={[1, 2, 3, 4].map((each) => ({ value: String(each), label: t(`withdraw_${each}` as Key), help: t(`withdraw_help_${each}` as Key) }))} />
      <DayField name="withdrawal_date" label={t("withdraw_day")} max={today()} defaultValue={today()} />
      <TextArea name="reason" label={t("optional_reason")} help={t("reason_help")} optional rows={2} maxLength={500} />
    </Form>
  );
}

// What the lifecycle lets happen next (docs: states of a participant); the service judges.
const NEXT: Readonly<Record<number, readonly Kind[]>> = {
  [Status.CONSENTED]: [Kind.SCREEN_FAILED],
  [Status.ENROLLED]: [Kind.DECEASED],
  [Status.RANDOMISED]: [Kind.LOST, Kind.DECEASED],
  [Status.IN_FOLLOW_UP]: [Kind.COMPLETED, Kind.LOST, Kind.DECEASED],
  [Status.COMPLETED]: [Kind.DECEASED],
  [Status.WITHDRAWN]: [Kind.COMPLETED, Kind.DECEASED],
  [Status.LOST]: [Kind.FOUND, Kind.COMPLETED, Kind.DECEASED],
};

function endedBy(status: Status): boolean {
  return status === Status.SCREEN_FAILED || status === Status.COMPLETED || status === Status.DECEASED;
}

function EventForm({ participation, onDone }: FormProps) {
  const t = useText(texts);
  const c = useCourseText();
  const take = useTakeParticipation();
  const kinds = NEXT[participation.status] ?? [];
  const send = async (data: FormData, requestId: string) => {
    const after = await clientOf(EnrolmentService).recordLifecycleEvent({
      requestId, participantId: participation.participantId, kind: Number(textOf(data, "kind")), eventDate: wireOf(textOf(data, "event_date")), reason: textOf(data, "reason"),
    });
    take(after, participation.participantId);
    onDone();
  };
  if (kinds.length === 0) return <p>{t("event_none")}</p>;
  return (
    <Form onSubmit={send} submit={t("event_save")}>
      <ChoiceField name="kind" label={t("event_what")}
        options={kinds.map((each) => ({ value: String(each), label: c(known("event_", String(each), "event_1")), help: t(`event_help_${each}` as Key) }))} />
      <DayField name="event_date" label={c("day_on")} max={today()} defaultValue={today()} />
      <TextArea name="reason" label={t("optional_reason")} help={t("reason_help")} optional rows={2} maxLength={500} />
    </Form>
  );
}
