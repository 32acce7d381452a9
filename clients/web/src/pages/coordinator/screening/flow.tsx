// SPDX-License-Identifier: Apache-2.0
// The way of one candidate to her arm, one step at a time. It can be left at any step and continued.
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "wouter";
import { clientOf } from "~/api/clients";
import { dayOf, today, wireOf } from "~/api/dates";
import { useInstances, useParticipation, useProtocol } from "~/course/data";
import { formStanding, useCourseText, useTitles } from "~/course/labels";
import { EnrolmentService } from "~/gen/reprise/enrolment/v1/enrolment_service_pb";
import { ParticipantStatus as Status, type Participation, type Screening, Screening_Outcome as Outcome } from "~/gen/reprise/enrolment/v1/screening_pb";
import { type Instance, Instance_State as State } from "~/gen/reprise/questionnaire/v1/response_pb";
import type { StudyDocument } from "~/gen/reprise/study/v1/document_pb";
import { Dialog } from "~/parts/dialog";
import { ChoiceField, DayField, Form, textOf } from "~/parts/form";
import { Card, Empty, Notice, Page } from "~/parts/layout";
import { Loading, Query } from "~/parts/query";
import { Sign } from "~/parts/sign";
import { useLanguage } from "~/text/language";
import { told, useText } from "~/text/text";
import { useFormats } from "~/text/format";
import { usePlace } from "~/shell/self";
import { useQuery } from "@tanstack/react-query";
import { ConsentFields, consentOf } from "../consentfields";
import { everyPage, useSiteNames } from "../reading";
import { texts } from "../text";
import { timepointOf } from "../timepoint";
import { Allocate } from "./allocate";
import { DuplicateNotice, IdentityFields, identityOf, useDuplicate } from "./identityfields";
import { OutcomeSign } from "./list";
import { Stepper } from "./stepper";
import { stepOf } from "./steps";

// Whether the draw waits for a questionnaire.
function awaited(form: Instance, timepoint: string): boolean {
  return form.required && form.timepoint === timepoint;
}

// There is no reading of one screening; the lists of the stages are short.
function useScreening(screeningId: string, stages: readonly string[] | undefined) {
  const { study } = usePlace();
  return useQuery({
    queryKey: ["ListScreenings", study.studyId, "one", screeningId],
    queryFn: async ({ signal }) => {
      for (const stage of stages!) {
        const list = await everyPage(
          (pageToken) => clientOf(EnrolmentService).listScreenings({ studyId: study.studyId, stage, pageSize: 1000, pageToken }, { signal }),
          (page) => page.screenings);
        const found = list.find((each) => each.screeningId === screeningId);
        if (found !== undefined) return found;
      }
      return null;
    },
    enabled: stages !== undefined,
  });
}

export default function ScreeningFlow({ screeningId }: { screeningId: string }) {
  const t = useText(texts);
  const document = useProtocol().data?.content;
  const query = useScreening(screeningId, document?.stages.filter((stage) => stage.opensOn <= today()).map((stage) => stage.code).reverse());
  return (
    <Query query={query}>{(screening) => screening === null ? (
      <Page title={t("gone_title")}><Empty action={<Link href="/screenings" className="button">{t("back_to_list")}</Link>}>{t("gone")}</Empty></Page>
    ) : <Flow screening={screening} document={document!} />}
    </Query>
  );
}

function Flow({ screening, document }: { screening: Screening; document: StudyDocument }) {
  const t = useText(texts);
  const language = useLanguage();
  const siteNames = useSiteNames();
  const criteria = useTitles(document.criteria);
  const reasons = useTitles(document.declineReasons);
  const participation = useParticipation(screening.participantId, screening.participantId !== "");
  const stage = document.stages.find((each) => each.code === screening.stage);
  const arms = (stage?.arms.length ?? 0) > 0;
  const waiting = screening.participantId !== "" && participation.data === undefined;
  const reached = stepOf(screening, participation.data?.status, arms);
  const timepoint = stage?.allocation?.afterTimepoint ?? "";
  const forms = useInstances(screening.participantId, reached === 6).data?.instances;
  const step = reached === 6 && (forms ?? []).some((each) => awaited(each, timepoint) && each.state !== State.SUBMITTED) ? 5 : reached;
  const [declining, setDeclining] = useState(false);
  const closed = screening.outcome === Outcome.INELIGIBLE || screening.declineReason !== "";
  return (
    <Page title={t("screening_title", { number: screening.number, site: siteNames.get(screening.siteId) ?? "" })}
      crumbs={[{ to: "/screenings", label: t("screenings_title") }]}
      lead={<span className="row small"><OutcomeSign screening={screening} /><span>{told(stage?.title, language)}</span><span className="quiet">{closed ? "" : t("later")}</span></span>}
      actions={(step === 2 || step === 3) && <button type="button" className="button" onClick={() => setDeclining(true)}>{t("decline")}</button>}>
      {!closed && <Stepper current={step} done={step === undefined ? 6 : step - 1} upTo={arms ? 6 : 4} />}
      {waiting && <Loading />}
      {screening.outcome === Outcome.INELIGIBLE && (
        <Card title={t("ineligible_title")}>
          <div className="stack tight">
            <p>{t("criteria_failed")}</p>
            <ul>{screening.failedCriteria.map((code) => <li key={code}>{told(criteria.get(code), language) || code}</li>)}</ul>
            <p className="quiet">{t("ineligible_text")}</p>
          </div>
        </Card>
      )}
      {screening.declineReason !== "" && (
        <Card title={t("declined_title")}><p>{t("declined_text", { reason: told(reasons.get(screening.declineReason), language) || screening.declineReason })}</p></Card>
      )}
      {step === 2 && <IdentityStep screening={screening} />}
      {step === 3 && <ConsentStep screening={screening} document={document} />}
      {step === 4 && participation.data !== undefined && <EnrolStep participation={participation.data} />}
      {(reached === 6 || (reached === undefined && !closed && !waiting)) && participation.data !== undefined && (
        <Ending participation={participation.data} document={document} arms={arms} timepoint={timepoint} />
      )}
      <Dialog title={t("decline_title")} open={declining} onClose={() => setDeclining(false)}>
        <DeclineForm screening={screening} document={document} onDone={() => setDeclining(false)} />
      </Dialog>
    </Page>
  );
}

function useAnew() {
  const queries = useQueryClient();
  return async (participantId?: string) => {
    for (const name of ["ListParticipants", "ListVisits", "ListOccasions"]) void queries.invalidateQueries({ queryKey: [name] });
    if (participantId) await queries.invalidateQueries({ queryKey: ["GetParticipation", participantId] });
    await queries.invalidateQueries({ queryKey: ["ListScreenings"] });
  };
}

function IdentityStep({ screening }: { screening: Screening }) {
  const t = useText(texts);
  const anew = useAnew();
  const { duplicate, once } = useDuplicate();
  const send = async (data: FormData, requestId: string) => {
    const sent = await once(() => clientOf(EnrolmentService).identifyCandidate({ requestId, screeningId: screening.screeningId, identity: identityOf(data) }));
    if (sent) await anew();
  };
  return (
    <Card title={t("step_2")}>
      <Form onSubmit={send} submit={t("identity_save")}>
        <p className="quiet">{t("identity_step_lead")}</p>
        <IdentityFields />
        {duplicate && <DuplicateNotice />}
      </Form>
    </Card>
  );
}

function ConsentStep({ screening, document }: { screening: Screening; document: StudyDocument }) {
  const t = useText(texts);
  const anew = useAnew();
  const { duplicate, once } = useDuplicate();
  const send = async (data: FormData, requestId: string) => {
    const sent = await once(() => clientOf(EnrolmentService).recordConsent({ requestId, screeningId: screening.screeningId, ...consentOf(data) }));
    if (sent) await anew();
  };
  return (
    <Card title={t("step_3")}>
      <Form onSubmit={send} submit={t("consent_save")}>
        <p className="quiet">{t("consent_lead")}</p>
        <ConsentFields document={document} stage={screening.stage} />
        {duplicate && <DuplicateNotice />}
      </Form>
    </Card>
  );
}

function EnrolStep({ participation }: { participation: Participation }) {
  const t = useText(texts);
  const anew = useAnew();
  const send = async (data: FormData, requestId: string) => {
    await clientOf(EnrolmentService).enrolParticipant({ requestId, participantId: participation.participantId, enrolledDate: wireOf(textOf(data, "enrolled_date")) });
    await anew(participation.participantId);
  };
  return (
    <Card title={t("step_4")}>
      <Form onSubmit={send} submit={t("enrol_save")}>
        <p>{t("enrol_lead", { code: participation.code })}</p>
        <DayField name="enrolled_date" label={t("enrol_day")} max={today()} defaultValue={today()} />
      </Form>
    </Card>
  );
}

// The questionnaires awaited before the draw, then the draw.
function Ending({ participation, document, arms, timepoint }: { participation: Participation; document: StudyDocument; arms: boolean; timepoint: string }) {
  const t = useText(texts);
  const c = useCourseText();
  const language = useLanguage();
  const { day } = useFormats();
  const id = participation.participantId;
  const query = useInstances(id);
  const toPage = <Link href={`/participants/${id}`} className="button">{t("to_participant", { code: participation.code })}</Link>;
  if (!arms) return <Card title={t("flow_done")}><div className="stack tight"><p>{t("no_arms")}</p><p>{toPage}</p></div></Card>;
  const drawn = participation.status !== Status.ENROLLED;
  return (
    <Query query={query}>{({ instances }) => {
      const list = instances.filter((each) => awaited(each, timepoint));
      const missing = list.filter((each) => each.state !== State.SUBMITTED);
      return (
        <>
          {!drawn && (
            <Card title={t("step_5")}>
              <div className="stack tight">
                {list.length === 0 ? <p className="quiet">{t("baseline_none")}</p> : <p>{missing.length === 0 ? t("baseline_done") : t("baseline_lead")}</p>}
                <ul className="plain-list">
                  {list.map((each) => (
                    <li key={each.instrumentId} className="row spread">
                      <span>{told(each.title, language) || each.instrumentId} <span className="quiet small">({timepointOf(t, each.timepoint, each.timepointTitle)}, {day(dayOf(each.windowOpenDate))} – {day(dayOf(each.windowCloseDate))})</span></span>
                      <span className="row">
                        <Sign {...formStanding(c, each)} />
                        {each.state !== State.SUBMITTED && <Link className="button" href={`/participants/${id}/forms/${each.instrumentId}/${encodeURIComponent(each.timepoint)}`} aria-label={t("enter_named", { form: told(each.title, language) })}>{t("enter_paper")}</Link>}
                      </span>
                    </li>
                  ))}
                </ul>
                {missing.length > 0 && <p><Link href={`/participants/${id}/forms`}>{t("give_link")}</Link></p>}
              </div>
            </Card>
          )}
          <Allocate participation={participation} document={document} ready={missing.length === 0} />
          <Notice tone="calm"><p>{drawn ? t("flow_done") : t("later")}</p><p>{toPage}</p></Notice>
        </>
      );
    }}
    </Query>
  );
}

function DeclineForm({ screening, document, onDone }: { screening: Screening; document: StudyDocument; onDone: () => void }) {
  const t = useText(texts);
  const language = useLanguage();
  const anew = useAnew();
  const send = async (data: FormData, requestId: string) => {
    await clientOf(EnrolmentService).declineCandidate({ requestId, screeningId: screening.screeningId, reason: textOf(data, "reason") });
    await anew();
    onDone();
  };
  return (
    <Form onSubmit={send} submit={t("decline_save")}>
      <ChoiceField name="reason" label={t("decline_reason")} options={document.declineReasons.map((each) => ({ value: each.code, label: told(each.title, language) }))} />
    </Form>
  );
}
