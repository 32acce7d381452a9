// SPDX-License-Identifier: Apache-2.0
// Counts of a stage by site and month, and how complete its questionnaires are.
import type { FlowCounts } from "~/gen/reprise/cohort/v1/allocation_pb";
import type { CountFlowResponse } from "~/gen/reprise/cohort/v1/cohort_service_pb";
import type { StudyDocument } from "~/gen/reprise/study/v1/document_pb";
import { Card, Empty, Figure, Notice, Page } from "~/parts/layout";
import { Query } from "~/parts/query";
import { type Columns, DataTable } from "~/parts/table";
import { cumulate } from "~/pages/study/curve";
import { titlesOf, useFlow, useProtocol } from "~/pages/study/queries";
import { RecruitmentCurve } from "~/pages/study/recruitment";
import { DayChoice, StageChoice, useDayChoice, useStageChoice } from "~/pages/study/stage";
import { useFormats } from "~/text/format";
import { useLanguage } from "~/text/language";
import { useText } from "~/text/text";
import { Completeness } from "./completeness";
import { researcher } from "./text";

export function CountsPage() {
  const t = useText(researcher);
  const protocol = useProtocol();
  return (
    <Page title={t("counts_title")} lead={t("counts_lead")}
      actions={<button type="button" className="button" onClick={() => window.print()}>{t("print")}</button>}>
      <Query query={protocol}>{(answer) => <Stage content={answer.content!} />}</Query>
    </Page>
  );
}

function Stage({ content }: { content: StudyDocument }) {
  const t = useText(researcher);
  const f = useFormats();
  const language = useLanguage();
  const [stage, chooseStage] = useStageChoice(content);
  const [day, chooseDay] = useDayChoice();
  const query = useFlow(stage, day);
  return (
    <>
      <StageChoice content={content} stage={stage} onChoose={chooseStage} />
      {stage !== undefined && <DayChoice day={day} onChoose={chooseDay} />}
      {stage !== undefined && (
        <Query query={query}>
          {(flow) => (
            <div className={query.isPlaceholderData ? "stack st-stale" : "stack"} aria-busy={query.isPlaceholderData}>
              <h2 aria-live="polite">{t("counts_of", { stage: titlesOf(content, language).stage(stage), day: f.longDay(day) })}</h2>
              {!flow.complete && <Notice tone="warn">{t("counts_partial", { sites: flow.sitesVisible.join(", ") })}</Notice>}
              {flow.total!.screened === 0 ? <Empty>{t("counts_empty")}</Empty> : <Counts flow={flow} content={content} />}
            </div>
          )}
        </Query>
      )}
      {stage !== undefined && <Completeness content={content} stage={stage} day={day} />}
    </>
  );
}

const STEPS = ["screened", "eligible", "declined", "consented", "enrolled", "randomised", "completed", "withdrawn", "lost", "deceased"] as const;

function Counts({ flow, content }: { flow: CountFlowResponse; content: StudyDocument }) {
  const t = useText(researcher);
  const f = useFormats();
  const language = useLanguage();
  const titles = titlesOf(content, language);
  const total = flow.total!;
  const stage = content.stages.find((each) => each.code === flow.stage)!;
  const arms = stage.arms.length > 0;
  const steps = STEPS.filter((step) => arms || step !== "randomised");
  const columns = (first: Columns<FlowCounts>[number]): Columns<FlowCounts> => [
    first,
    ...steps.map((step) => ({ accessorKey: step, header: t(`c_${step}`), meta: { numeric: true }, cell: ({ row }: { row: { original: FlowCounts } }) => f.number(row.original[step]) })),
  ];
  // Sites together, the latest month first.
  const months = new Map<string, FlowCounts>();
  for (const each of flow.byMonth) {
    const sum = months.get(each.month);
    if (sum === undefined) months.set(each.month, { ...each });
    else for (const step of STEPS) sum[step] += each[step];
  }
  const byMonth = [...months.values()].sort((a, b) => b.month.localeCompare(a.month));
  const points = cumulate(flow.byMonth.map((each) => ({ month: each.month, count: each.enrolled })), stage.opensOn.slice(0, 7), byMonth[0]?.month ?? "");
  return (
    <>
      <div className="figures">
        {steps.map((step) => <Figure key={step} value={f.number(total[step])} label={t(`c_${step}`)} />)}
      </div>
      <Card title={t("recruitment")}><RecruitmentCurve points={points} targets={stage.targets} title={titles.stage(flow.stage)} /></Card>
      <Card title={t("by_site")}>
        <DataTable caption={t("by_site")} rows={flow.bySite} columns={columns({ accessorKey: "site", header: t("site"), cell: ({ row }) => titles.site(row.original.site) })} />
      </Card>
      <Card title={t("by_month")}>
        <DataTable caption={t("by_month")} rows={byMonth} columns={columns({ accessorKey: "month", header: t("month"), cell: ({ row }) => <span className="nowrap">{f.month(row.original.month)}</span> })} />
        <p className="small quiet">{t("by_month_help")}</p>
      </Card>
    </>
  );
}
