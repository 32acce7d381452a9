// SPDX-License-Identifier: Apache-2.0
// A questionnaire that was sent: its answers to read and print, its versions, and its correction. Each
// reading is audited, so nothing is read again while the page stays open.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "wouter";
import { clientOf } from "~/api/clients";
import { dayOf, instantOf } from "~/api/dates";
import { useForm, useInstances, useParticipation } from "~/course/data";
import { formStanding, useCourseText } from "~/course/labels";
import { QuestionnaireService } from "~/gen/reprise/questionnaire/v1/questionnaire_service_pb";
import type { Instance, Response } from "~/gen/reprise/questionnaire/v1/response_pb";
import { Card, Empty, Facts, Notice, Page } from "~/parts/layout";
import { Query } from "~/parts/query";
import { Sign } from "~/parts/sign";
import type { Form } from "~/questionnaire/form";
import { Sheet } from "~/questionnaire/sheet";
import { useCaller } from "~/shell/self";
import { common } from "~/text/common";
import { useFormats } from "~/text/format";
import { useLanguage } from "~/text/language";
import { told, useText } from "~/text/text";
import { texts } from "../text";
import { occasionName, timepointOf } from "../timepoint";
import { CorrectAnswers } from "./correctanswers";
import { lacks } from "./page";
import { Versions } from "./versions";

export default function Answers({ participantId, instanceId }: { participantId: string; instanceId: string }) {
  const t = useText(texts);
  const k = useText(common);
  const language = useLanguage();
  const participation = useParticipation(participantId);
  const instances = useInstances(participantId);
  const instance = instances.data?.instances.find((each) => each.instanceId === instanceId);
  const form = useForm(instance?.instrumentVersionId);
  const response = useQuery({
    queryKey: ["GetResponse", instanceId],
    queryFn: ({ signal }) => clientOf(QuestionnaireService).getResponse({ instanceId }, { signal }),
    staleTime: Infinity,
    enabled: instance !== undefined,
  });
  const back = `/participants/${participantId}/forms`;
  const crumbs = [{ to: "/participants", label: t("participants_title") }, { to: back, label: participation.data?.code ?? "" }];
  const gone = (instances.isError && lacks(instances.error)) || (response.isError && lacks(response.error))
    || (instances.data !== undefined && instance === undefined);
  if (gone) {
    return <Page title={t("answers_gone_title")}><Empty action={<Link href={back} className="button">{t("tab_forms")}</Link>}>{t("answers_gone")}</Empty></Page>;
  }
  const title = instance === undefined ? "" : told(instance.title, language) || instance.instrumentId;
  return (
    <Page title={instance === undefined ? "" : occasionName(title, timepointOf(t, instance.timepoint, instance.timepointTitle))} crumbs={crumbs}
      actions={<button type="button" className="button" onClick={() => print()}>{k("print")}</button>}>
      <Query query={form}>
        {(definition) => (
          <Query query={response}>
            {(found) => <Read instance={instance!} form={definition} response={found} title={title} code={participation.data?.code ?? ""} />}
          </Query>
        )}
      </Query>
    </Page>
  );
}

function Read({ instance, form, response, title, code }: { instance: Instance; form: Form; response: Response; title: string; code: string }) {
  const t = useText(texts);
  const c = useCourseText();
  const k = useText(common);
  const { day, instant } = useFormats();
  const { may } = useCaller();
  const queries = useQueryClient();
  const [correcting, setCorrecting] = useState(false);
  const [saved, setSaved] = useState(false);
  const readAgain = async () => {
    await queries.invalidateQueries({ queryKey: ["GetResponse", instance.instanceId] });
    for (const queryKey of [["ListInstances", instance.participantId], ["ListOccasions"], ["GetCourse", instance.participantId]]) void queries.invalidateQueries({ queryKey });
  };
  if (correcting) {
    return (
      <CorrectAnswers form={form} response={response} onClose={() => setCorrecting(false)}
        onDone={async () => { await readAgain(); setCorrecting(false); setSaved(true); scrollTo(0, 0); }} />
    );
  }
  return (
    <>
      {saved && <Notice tone="good" live><p><strong>{t("answers_saved", { version: String(response.version) })}</strong></p></Notice>}
      <Card title={t("answers_title")}
        aside={may("response.correct") && <button type="button" className="button no-print" onClick={() => { setSaved(false); setCorrecting(true); }}>{t("answers_correct")}</button>}>
        <Facts facts={[
          [k("participant"), code], [c("state"), <Sign key="state" {...formStanding(c, instance)} />], [t("answered_on"), day(dayOf(response.answeredDate ?? instance.answeredDate))],
          [t("version_current"), t(response.version > 1n ? "version_corrected" : "version_first", { version: String(response.version), time: instant(instantOf(response.submitTime)) })],
        ]} />
      </Card>
      <Sheet form={form} answers={response.answers} title={title} staff />
      <details className="small">
        <summary>{t("missing_title")}</summary>
        <dl className="facts">
          {(["R", "X", "B", "N"] as const).map((letter) => [<dt key={`${letter}t`}>{t(`missing_${letter}`)}</dt>, <dd key={`${letter}d`}>{t(`missing_${letter}_help`)}</dd>])}
        </dl>
        <p className="quiet">{t("missing_letters")}</p>
      </details>
      <Versions form={form} response={response} />
    </>
  );
}
