// SPDX-License-Identifier: Apache-2.0
// Her start page: what to fill in now, what comes and when, what is done, whom to ask.
import { useRef, useState } from "react";
import { Link, useLocation } from "wouter";
import { clientOf } from "~/api/clients";
import { dayOf } from "~/api/dates";
import { type Problem, problemOf } from "~/api/problem";
import { newRequestId } from "~/api/requestId";
import { QuestionnaireService } from "~/gen/reprise/questionnaire/v1/questionnaire_service_pb";
import type { ListInstancesResponse } from "~/gen/reprise/questionnaire/v1/questionnaire_service_pb";
import { type Instance, Instance_State as State } from "~/gen/reprise/questionnaire/v1/response_pb";
import { Card, Empty, Notice, Page } from "~/parts/layout";
import { ProblemNotice } from "~/parts/problem";
import { Query } from "~/parts/query";
import { Sign } from "~/parts/sign";
import { common } from "~/text/common";
import { useFormats } from "~/text/format";
import { told, useText } from "~/text/text";
import { CALL, coming, due, finished, instancesOf, keyOf } from "./instances";
import { useSource } from "./source";
import { texts } from "./text";

export function Home({ participantId, notice }: { participantId: string; notice: "other_closed" | undefined }) {
  const t = useText(texts);
  const query = useSource(instancesOf(participantId));
  return (
    <Page title={t("home_title")} lead={query.data && told(query.data.studyTitle)}>
      {notice !== undefined && <Notice tone="calm" live>{t(notice)}</Notice>}
      <Query query={query}>{(data) => <Lists participantId={participantId} data={data} />}</Query>
    </Page>
  );
}

function Lists({ participantId, data }: { participantId: string; data: ListInstancesResponse }) {
  const t = useText(texts);
  const now = due(data.instances);
  const next = coming(data.instances);
  const past = finished(data.instances);
  return (
    <>
      <section className="stack" aria-labelledby="due">
        <h2 id="due">{t("due_title")}</h2>
        {now.length === 0 && <Empty>{next.length > 0 ? t("due_none_yet") : t("due_none")}</Empty>}
        {now.map((instance) => <Due key={keyOf(instance)} instance={instance} participantId={participantId} />)}
      </section>
      {next.length > 0 && (
        <Card title={t("next_title")}>
          <ul className="ask-list">{next.map((instance) => <Coming key={keyOf(instance)} instance={instance} />)}</ul>
        </Card>
      )}
      {past.length > 0 && (
        <Card title={t("done_title")}>
          <p className="quiet small">{t("done_help")}</p>
          <ul className="ask-list">{past.map((instance) => <Finished key={keyOf(instance)} instance={instance} />)}</ul>
        </Card>
      )}
      <Card title={t("contact_title")}>
        <p className="measure">{data.siteName === "" ? t("contact_team") : t("contact_site", { site: data.siteName })}</p>
        <p className="measure quiet">{t("contact_urgent")}</p>
      </Card>
    </>
  );
}

// Opens it where nobody did, and goes to it.
function useOpening(participantId: string) {
  const [, navigate] = useLocation();
  const [problem, setProblem] = useState<Problem>();
  const [pending, setPending] = useState(false);
  const requestId = useRef(newRequestId());
  const open = async (instance: Instance) => {
    if (pending) return;
    setPending(true);
    setProblem(undefined);
    try {
      let { instanceId } = instance;
      if (instanceId === "") {
        const { instrumentVersionId, timepoint } = instance;
        const made = await clientOf(QuestionnaireService).openInstance({ requestId: requestId.current, participantId, instrumentVersionId, timepoint }, CALL);
        instanceId = made.instanceId;
        await instancesOf(participantId).refetch();
      }
      navigate(`/q/${instanceId}`);
    } catch (error) {
      setProblem(problemOf(error));
      // Somebody at her site was faster, or her window moved: show what holds now.
      void instancesOf(participantId).refetch();
    } finally {
      setPending(false);
    }
  };
  return { open, problem, pending };
}

function Due({ instance, participantId }: { instance: Instance; participantId: string }) {
  const t = useText(texts);
  const c = useText(common);
  const formats = useFormats();
  const { open, problem, pending } = useOpening(participantId);
  const begun = instance.state === State.IN_PROGRESS;
  const late = instance.state === State.MISSED;
  const until = dayOf(instance.windowCloseDate);
  const title = told(instance.title) || instance.instrumentId;
  return (
    <article className="card stack" aria-label={title}>
      <div className="row spread">
        <h3>{title}</h3>
        {begun && <Sign shape="half" tone="calm" label={t("state_begun")} />}
        {instance.state === State.OPEN && <Sign shape="empty" tone="mute" label={t("state_open")} />}
        {late && <Sign shape="late" tone="warn" label={t("state_late")} />}
      </div>
      {told(instance.timepointTitle) !== "" && <p className="quiet">{told(instance.timepointTitle)}</p>}
      {late ? <p>{t("late_help")}</p> : until !== undefined && <p>{t("until", { day: formats.longDay(until) })}</p>}
      {problem !== undefined && <ProblemNotice problem={problem} onRetry={() => void open(instance)} />}
      <p>
        <button type="button" className="button main ask-big" aria-disabled={pending} onClick={() => void open(instance)}
          aria-label={t("action_named", { action: begun ? t("go_on") : t("fill_in"), title })}>
          {pending ? c("loading") : begun ? t("go_on") : t("fill_in")}
        </button>
      </p>
    </article>
  );
}

// The same questionnaire comes several times: which time this is.
function Occasion({ instance }: { instance: Instance }) {
  const occasion = told(instance.timepointTitle);
  return occasion === "" ? null : <span className="small quiet ask-occasion">{occasion}</span>;
}

export function Coming({ instance }: { instance: Instance }) {
  const t = useText(texts);
  const formats = useFormats();
  const from = dayOf(instance.windowOpenDate);
  return (
    <li>
      <span>{told(instance.title) || instance.instrumentId}<Occasion instance={instance} /></span>
      <Sign shape="clock" tone="mute" label={from === undefined ? t("from_unknown") : t("from", { day: formats.longDay(from) })} />
    </li>
  );
}

function Finished({ instance }: { instance: Instance }) {
  const t = useText(texts);
  const formats = useFormats();
  const day = dayOf(instance.answeredDate);
  const title = told(instance.title) || instance.instrumentId;
  return (
    <li>
      <span>
        <Link href={`/q/${instance.instanceId}`} className="ask-read">{title}<span className="hidden-text"> ({t("read_mine")})</span></Link>
        <Occasion instance={instance} />
      </span>
      <Sign shape="full" tone="good" label={day === undefined ? t("state_done") : t("done_on", { day: formats.longDay(day) })} />
    </li>
  );
}
