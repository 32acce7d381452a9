// SPDX-License-Identifier: Apache-2.0
// A questionnaire that was filled in on paper, copied item by item. The day of answering is hers.
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "wouter";
import { clientOf } from "~/api/clients";
import { dayOf, today, wireOf } from "~/api/dates";
import { useForm, useInstances, useParticipation } from "~/course/data";
import { QuestionnaireService } from "~/gen/reprise/questionnaire/v1/questionnaire_service_pb";
import { type Instance, Instance_State as State } from "~/gen/reprise/questionnaire/v1/response_pb";
import { DayField, Form, textOf } from "~/parts/form";
import { Card, Empty, Notice, Page } from "~/parts/layout";
import { Query } from "~/parts/query";
import type { Answers, Form as Questionnaire } from "~/questionnaire/form";
import { useLanguage } from "~/text/language";
import { told, useText } from "~/text/text";
import { texts } from "../text";
import { occasionName, timepointOf } from "../timepoint";
import { EntryFields, useEntry } from "./entry";
import { opened } from "./link";
import { lacks } from "./page";

const NONE: Answers = new Map();

export default function Paper({ participantId, instrument, timepoint }: { participantId: string; instrument: string; timepoint: string }) {
  const t = useText(texts);
  const language = useLanguage();
  const participation = useParticipation(participantId);
  const instances = useInstances(participantId);
  const instance = instances.data?.instances.find((each) => each.instrumentId === instrument && each.timepoint === timepoint);
  const form = useForm(instance?.instrumentVersionId);
  const code = participation.data?.code ?? "";
  const back = `/participants/${participantId}/forms`;
  const crumbs = [{ to: "/participants", label: t("participants_title") }, { to: back, label: code }];
  const gone = (instances.isError && lacks(instances.error)) || (instances.data !== undefined && instance === undefined);
  if (gone) return <Page title={t("gone_title")}><Empty action={<Link href="/participants" className="button">{t("gone_back")}</Link>}>{t("gone")}</Empty></Page>;
  const name = instance === undefined ? "" : occasionName(told(instance.title, language) || instrument, timepointOf(t, timepoint, instance.timepointTitle));
  return (
    <Page title={t("paper_title", { form: name })} crumbs={crumbs} lead={t("paper_lead")}>
      <Query query={form}>{(data) => <Entry instance={instance!} form={data} back={back} />}</Query>
    </Page>
  );
}

function Entry({ instance, form, back }: { instance: Instance; form: Questionnaire; back: string }) {
  const t = useText(texts);
  const queries = useQueryClient();
  const entry = useEntry(form, NONE);
  // What it was when she came: once saved it is submitted.
  const [before] = useState(instance.state);
  const [saved, setSaved] = useState("");
  const send = async (data: FormData, requestId: string) => {
    const instanceId = await opened(instance);
    await clientOf(QuestionnaireService).submitResponse({ requestId, instanceId, answers: entry.sent(), answeredDate: wireOf(textOf(data, "answered_date")) });
    setSaved(instanceId);
    for (const queryKey of [["ListInstances", instance.participantId], ["ListOccasions"]]) void queries.invalidateQueries({ queryKey });
  };
  if (saved !== "" || before === State.SUBMITTED) {
    return (
      <Notice tone="good" live>
        <p><strong>{t(saved !== "" ? "paper_saved" : "paper_already")}</strong></p>
        <p className="row">
          <Link href={back} className="button">{t("tab_forms")}</Link>
          <Link href={`/participants/${instance.participantId}/answers/${saved || instance.instanceId}`} className="button">{t("answers_read")}</Link>
        </p>
      </Notice>
    );
  }
  return (
    <Form onSubmit={send} submit={t("paper_submit")}>
      <Card><DayField name="answered_date" label={t("answered_date")} help={t("answered_date_help")} min={dayOf(instance.windowOpenDate)} max={today()} defaultValue={today()} /></Card>
      <EntryFields entry={entry} />
    </Form>
  );
}
