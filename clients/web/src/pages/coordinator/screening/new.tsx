// SPDX-License-Identifier: Apache-2.0
// A new candidate: the criteria of the protocol in force as questions, and her identity now or later.
import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useLocation } from "wouter";
import { clientOf } from "~/api/clients";
import { today, wireOf } from "~/api/dates";
import { useProtocol } from "~/course/data";
import { EnrolmentService } from "~/gen/reprise/enrolment/v1/enrolment_service_pb";
import type { StudyDocument, StudyDocument_Criterion } from "~/gen/reprise/study/v1/document_pb";
import { ChoiceField, DayField, Form, SelectField, textOf } from "~/parts/form";
import { Card, Notice, Page } from "~/parts/layout";
import { Query } from "~/parts/query";
import { usePlace } from "~/shell/self";
import { common } from "~/text/common";
import { useLanguage } from "~/text/language";
import { told, useText } from "~/text/text";
import { useStage } from "../reading";
import { texts } from "../text";
import { DuplicateNotice, IdentityFields, identityOf, useDuplicate } from "./identityfields";
import { Stepper } from "./stepper";

export default function NewScreening() {
  const t = useText(texts);
  const protocol = useProtocol();
  return (
    <Page title={t("screening_new")} crumbs={[{ to: "/screenings", label: t("screenings_title") }]} lead={t("criteria_lead")}>
      <Stepper current={1} done={0} />
      <Query query={protocol}>{(data) => <Screen document={data.content!} />}</Query>
    </Page>
  );
}

function Screen({ document }: { document: StudyDocument }) {
  const t = useText(texts);
  const language = useLanguage();
  const { study, sites } = usePlace();
  const queries = useQueryClient();
  const [, go] = useLocation();
  const { stages, stage, choose } = useStage(document, today());
  const [answers, setAnswers] = useState<Readonly<Record<string, string>>>({});
  const [now, setNow] = useState(true);
  const { duplicate, once } = useDuplicate();
  const [missing, setMissing] = useState(0);
  const questions = useRef<HTMLDivElement>(null);
  const criteria = document.criteria.filter((each) => each.stages.length === 0 || (stage !== undefined && each.stages.includes(stage.code)));
  const open = stages.filter((each) => each.closesOn === "" || each.closesOn >= today());
  const failed = criteria.filter((each) => answers[each.code] === (each.kind === "EXCLUSION" ? "yes" : "no"));
  const left = criteria.filter((each) => answers[each.code] === undefined).length;

  const send = async (data: FormData, requestId: string) => {
    setMissing(left);
    // Nobody is eligible by questions that were not asked.
    if (left > 0) {
      const first = criteria.find((each) => answers[each.code] === undefined)!;
      questions.current?.querySelector<HTMLInputElement>(`input[name="criterion.${first.code}"]`)?.focus();
      return;
    }
    const eligible = failed.length === 0;
    await once(async () => {
      const screening = await clientOf(EnrolmentService).screenCandidate({
        requestId, studyId: study.studyId, siteId: sites.length === 1 ? sites[0]!.siteId : textOf(data, "site_id"), stage: stage?.code ?? "",
        screenedDate: wireOf(textOf(data, "screened_date")), failedCriteria: failed.map((each) => each.code),
        ...(eligible && now ? { identity: identityOf(data) } : {}),
      });
      void queries.invalidateQueries({ queryKey: ["ListScreenings"] });
      go(`/screenings/${screening.screeningId}`);
    });
  };
  return (
    <Form onSubmit={send} submit={t("screen_save")}>
      <Card>
        <div className="grid">
          {open.length > 1 && (
            <SelectField name="stage" label={t("stage")} value={stage?.code ?? ""} onChange={(event) => choose(event.target.value)}
              options={open.map((each) => ({ value: each.code, label: told(each.title, language) }))} />
          )}
          {sites.length > 1 && <SelectField name="site_id" label={t("site")} options={sites.map((each) => ({ value: each.siteId, label: each.name }))} />}
          <DayField name="screened_date" label={t("screened_day")} max={today()} defaultValue={today()} />
        </div>
      </Card>
      <div ref={questions} className="stack">
        {(["INCLUSION", "EXCLUSION"] as const).map((kind) => (
          <Card key={kind} title={t(kind === "INCLUSION" ? "criteria_inclusion" : "criteria_exclusion")}>
            <div className="criteria">
              {criteria.filter((each) => each.kind === kind).map((each) => (
                <Criterion key={each.code} criterion={each} failed={failed.includes(each)} onAnswer={(value) => setAnswers((before) => ({ ...before, [each.code]: value }))} />
              ))}
            </div>
          </Card>
        ))}
      </div>
      <div role="status" className="stack tight">
        {missing > 0 && left > 0 && <Notice tone="warn"><p>{t("criteria_missing", { count: left })}</p></Notice>}
        {failed.length > 0 && <Notice tone="bad"><p><strong>{t("criteria_failed")}</strong></p><ul>{failed.map((each) => <li key={each.code}>{told(each.title, language)}</li>)}</ul></Notice>}
        {left === 0 && failed.length === 0 && <Notice tone="good"><p>{t("criteria_met")}</p></Notice>}
      </div>
      {failed.length === 0 && (
        <Card title={t("identity_title")}>
          <div className="stack">
            <ChoiceField name="identity_when" label={t("identity_when")} defaultValues={["now"]} onChange={(value) => setNow(value === "now")}
              options={[{ value: "now", label: t("identity_now"), help: t("identity_now_help") }, { value: "later", label: t("identity_later"), help: t("identity_later_help") }]} />
            {now && <IdentityFields />}
          </div>
        </Card>
      )}
      {duplicate && <DuplicateNotice />}
    </Form>
  );
}

function Criterion({ criterion, failed, onAnswer }: { criterion: StudyDocument_Criterion; failed: boolean; onAnswer: (value: string) => void }) {
  const k = useText(common);
  const language = useLanguage();
  return (
    <div className={failed ? "criterion failed" : "criterion"}>
      <ChoiceField name={`criterion.${criterion.code}`} label={told(criterion.title, language)} onChange={onAnswer}
        options={[{ value: "yes", label: k("yes") }, { value: "no", label: k("no") }]} />
    </div>
  );
}
