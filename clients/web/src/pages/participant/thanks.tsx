// SPDX-License-Identifier: Apache-2.0
// The end of a questionnaire: that it arrived, and what comes next.
import { Link, Redirect } from "wouter";
import { type Instance, Instance_State as State } from "~/gen/reprise/questionnaire/v1/response_pb";
import { Card, Notice, Page } from "~/parts/layout";
import { told, useText } from "~/text/text";
import { Coming } from "./home";
import { coming, due, instancesOf, keyOf } from "./instances";
import { useSource } from "./source";
import { texts } from "./text";

export function Thanks({ instance, participantId }: { instance: Instance; participantId: string }) {
  const t = useText(texts);
  if (instance.state !== State.SUBMITTED) return <Redirect to="/" replace />;
  const all = useSource(instancesOf(participantId)).data?.instances ?? [];
  const now = due(all);
  const [next] = coming(all);
  return (
    <Page title={t("thanks_title")} lead={told(instance.title)}>
      <Notice tone="good" live><p><strong>{t("thanks_sent")}</strong></p></Notice>
      <p className="measure">{t("thanks_help")}</p>
      {now.length > 0 && (
        <Card title={t("thanks_now", { count: now.length })}>
          <ul className="ask-list">{now.map((each) => <li key={keyOf(each)}>{told(each.title) || each.instrumentId}</li>)}</ul>
        </Card>
      )}
      {now.length === 0 && next !== undefined && (
        <Card title={t("thanks_next")}><ul className="ask-list"><Coming instance={next} /></ul></Card>
      )}
      {now.length === 0 && next === undefined && <p className="measure">{t("thanks_none")}</p>}
      <p><Link href="~/p" className="button main ask-big">{t("to_list")}</Link></p>
    </Page>
  );
}
