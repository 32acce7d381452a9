// SPDX-License-Identifier: Apache-2.0
// One questionnaire: loaded, then a page a section, the review, the thanks.
import { lazy, Suspense, useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { Link, Redirect, Route, Switch } from "wouter";
import { clientOf } from "~/api/clients";
import { dayOf } from "~/api/dates";
import { QuestionnaireService } from "~/gen/reprise/questionnaire/v1/questionnaire_service_pb";
import { type Draft, type Instance, Instance_State as State } from "~/gen/reprise/questionnaire/v1/response_pb";
import { Notice, Page } from "~/parts/layout";
import { ProblemNotice } from "~/parts/problem";
import { Loading, Query } from "~/parts/query";
import { useFormats } from "~/text/format";
import { told, useText } from "~/text/text";
import { Filling } from "./engine/filling";
import { Form } from "~/questionnaire/form";
import type { Batch } from "./engine/outbox";
import { holdLock } from "./engine/lock";
import { vault } from "./engine/vault";
import { CALL, instancesOf } from "./instances";
import { setOpenFilling } from "./open";
import { Review } from "./review";
import { SectionPage } from "./section";
import { session } from "./session";
import { Source, useSource } from "./source";
import { texts } from "./text";
import { Thanks } from "./thanks";

// Few come back to read what they sent.
const Submitted = lazy(() => import("./submitted"));

export function Questionnaire({ instanceId, participantId }: { instanceId: string; participantId: string }) {
  const t = useText(texts);
  const query = useSource(instancesOf(participantId));
  return (
    <Query query={query}>
      {({ instances }) => {
        const instance = instances.find((each) => each.instanceId === instanceId);
        if (instance === undefined) return <Closed title={t("not_there")} help={t("not_there_help")} />;
        return (
          <Switch>
            <Route path="/done"><Thanks instance={instance} participantId={participantId} /></Route>
            <Route><Open instance={instance} participantId={participantId} /></Route>
          </Switch>
        );
      }}
    </Query>
  );
}

function Open({ instance, participantId }: { instance: Instance; participantId: string }) {
  const t = useText(texts);
  const formats = useFormats();
  // What holds when she comes; while she fills it in, the outbox hears from the server.
  const [state] = useState(instance.state);
  const day = dayOf(instance.answeredDate);
  if (state === State.SUBMITTED) {
    return (
      <Suspense fallback={<Loading />}>
        <Submitted instance={instance} help={day === undefined ? t("submitted_help") : t("submitted_on", { day: formats.longDay(day) })} />
      </Suspense>
    );
  }
  if (state === State.CANCELLED) return <Closed title={t("cancelled_title")} help={t("cancelled_help")} />;
  if (state === State.SCHEDULED) {
    const from = dayOf(instance.windowOpenDate);
    return <Closed title={t("early_title")} help={from === undefined ? t("early_help") : t("early_on", { day: formats.longDay(from) })} />;
  }
  return <Loaded instance={instance} participantId={participantId} />;
}

export function Closed({ title, help }: { title: string; help: string }) {
  const t = useText(texts);
  return (
    <Page title={title}>
      <p className="measure">{help}</p>
      <p><Link href="~/p" className="button main">{t("to_list")}</Link></p>
    </Page>
  );
}

function Loaded({ instance, participantId }: { instance: Instance; participantId: string }) {
  const { instanceId, instrumentVersionId } = instance;
  // Read anew each time she comes: what was sent since is in no copy of it.
  const source = useMemo(() => new Source(async () => {
    const service = clientOf(QuestionnaireService);
    const [form, draft] = await Promise.all([service.getForm({ instrumentVersionId }, CALL), service.getDraft({ instanceId }, CALL)]);
    return { form: new Form(form), draft };
  }), [instrumentVersionId, instanceId]);
  const query = useSource(source, Infinity);
  return (
    <Query query={query}>
      {({ form, draft }) => <Held instance={instance} participantId={participantId} form={form} draft={draft} />}
    </Query>
  );
}

// This tab has the questionnaire, or another one has taken it.
function Held({ instance, participantId, form, draft }: { instance: Instance; participantId: string; form: Form; draft: Draft }) {
  const t = useText(texts);
  const [filling, setFilling] = useState<Filling>();
  const [lost, setLost] = useState(false);
  useEffect(() => {
    let over = false;
    let made: Filling | undefined;
    const gate = {
      save: async (requestId: string, answers: Batch) => {
        await clientOf(QuestionnaireService).saveAnswers({ requestId, instanceId: instance.instanceId, answers }, CALL);
      },
      submit: async (requestId: string, answers: Batch) => {
        await clientOf(QuestionnaireService).submitResponse({ requestId, instanceId: instance.instanceId, answers }, CALL);
        await instancesOf(participantId).refetch();
      },
    };
    const drop = holdLock(`reprise.${instance.instanceId}`, () => { made?.outbox.stop(); setLost(true); });
    void vault().then((device) => Filling.open(form, draft.answers, device, `answers.${instance.instanceId}`, gate)).then((opened) => {
      if (over) return opened.outbox.stop();
      made = opened;
      setOpenFilling(opened);
      setFilling(opened);
    });
    return () => {
      over = true;
      made?.outbox.stop();
      setOpenFilling(undefined);
      drop();
    };
    // eslint-disable-next-line react-hooks/exhaustive-deps -- one filling a visit
  }, []);
  if (lost) {
    return (
      <Page title={t("other_tab_title")}>
        <p className="measure">{t("other_tab_help")}</p>
        <p><button type="button" className="button main" onClick={() => location.reload()}>{t("other_tab_here")}</button></p>
      </Page>
    );
  }
  return filling === undefined ? <Loading /> : <Steps filling={filling} instance={instance} />;
}

function Steps({ filling, instance }: { filling: Filling; instance: Instance }) {
  const t = useText(texts);
  useSyncExternalStore(filling.subscribe, () => filling.version);
  const { outbox } = filling;
  useEffect(() => {
    const wake = () => outbox.wake();
    const seen = () => document.visibilityState === "visible" && outbox.wake();
    addEventListener("online", wake);
    document.addEventListener("visibilitychange", seen);
    return () => {
      removeEventListener("online", wake);
      document.removeEventListener("visibilitychange", seen);
    };
  }, [outbox]);
  const { state } = outbox;
  useEffect(() => {
    // The page for coming in again is shown; what she typed waits in the vault.
    if (state === "session_over") void outbox.kept().then(() => session.set(null));
  }, [state, outbox]);
  if (outbox.submitted) return <Redirect to="/done" replace />;
  if (state === "closed" && outbox.problem !== undefined) {
    return (
      <Page title={told(instance.title)}>
        <ProblemNotice problem={outbox.problem} />
        {outbox.unsent > 0 && <Notice tone="warn">{t("closed_unsent", { count: outbox.unsent })}</Notice>}
        <p><Link href="~/p" className="button main">{t("to_list")}</Link></p>
      </Page>
    );
  }
  const start = filling.resumption;
  return (
    <Switch>
      <Route path="/s/:code">
        {({ code }) => {
          const at = filling.sections.findIndex((each) => each.section.code === code);
          return at < 0 ? <Redirect to="/review" replace /> : <SectionPage key={code} filling={filling} instance={instance} at={at} />;
        }}
      </Route>
      <Route path="/review"><Review filling={filling} instance={instance} /></Route>
      <Route>{start === undefined || outbox.submitting ? <Redirect to="/review" replace /> : <Redirect to={`/s/${start}`} replace />}</Route>
    </Switch>
  );
}
