// SPDX-License-Identifier: Apache-2.0
// The study at a glance: what asks for attention, how each stage and site stands.
import { useQueries } from "@tanstack/react-query";
import { today } from "~/api/dates";
import type { CountFlowResponse } from "~/gen/reprise/cohort/v1/cohort_service_pb";
import type { StudyDocument, StudyDocument_Stage } from "~/gen/reprise/study/v1/document_pb";
import { Card, Facts, Page } from "~/parts/layout";
import { Query } from "~/parts/query";
import { Sign } from "~/parts/sign";
import { DataTable } from "~/parts/table";
import { cumulate } from "~/pages/study/curve";
import { flowOptions, useProtocol } from "~/pages/study/queries";
import { RecruitmentCurve } from "~/pages/study/recruitment";
import { usePlace } from "~/shell/self";
import { type Formats, useFormats } from "~/text/format";
import { told, useText } from "~/text/text";
import { Attention } from "./attention";
import { Grid } from "./protocol/parts";
import { manager } from "./text";

export function OverviewPage() {
  const t = useText(manager);
  const { study } = usePlace();
  const protocol = useProtocol();
  return (
    <Page title={told(study.title) || study.code} lead={t("overview_lead")}>
      <Query query={protocol}>{(answer) => <Overview content={answer.content!} />}</Query>
    </Page>
  );
}

function Overview({ content }: { content: StudyDocument }) {
  const { study } = usePlace();
  const flows = useQueries({ queries: content.stages.map((stage) => flowOptions(study.studyId, stage.code)) });
  const failed = flows.find((each) => each.isError);
  const told = flows.flatMap((each) => (each.data === undefined ? [] : [each.data]));
  return (
    <>
      <Attention content={content} flows={told} />
      {failed !== undefined && <Query query={failed}>{() => null}</Query>}
      <div className="stack">
        {content.stages.map((stage, i) => <Stage key={stage.code} stage={stage} flow={flows[i]?.data} />)}
      </div>
      {told.length === content.stages.length && <Sites content={content} flows={told} />}
    </>
  );
}

type StageState = "stage_coming" | "stage_open" | "stage_closed";

export function stateOf(stage: Pick<StudyDocument_Stage, "opensOn" | "closesOn">, day: string): StageState {
  if (day < stage.opensOn) return "stage_coming";
  return stage.closesOn !== "" && day > stage.closesOn ? "stage_closed" : "stage_open";
}

const SIGNS = {
  stage_coming: { shape: "clock", tone: "mute" },
  stage_open: { shape: "half", tone: "calm" },
  stage_closed: { shape: "full", tone: "mute" },
} as const;

// Those who count towards the target.
export function reachedIn(stage: StudyDocument_Stage, counts: { randomised: number; enrolled: number } | undefined): number {
  return (stage.arms.length > 0 ? counts?.randomised : counts?.enrolled) ?? 0;
}

function Stage({ stage, flow }: { stage: StudyDocument_Stage; flow: CountFlowResponse | undefined }) {
  const t = useText(manager);
  const f = useFormats();
  const state = stateOf(stage, today());
  const title = told(stage.title);
  const reached = reachedIn(stage, flow?.total);
  const target = flow?.target ?? 0;
  const arms = stage.arms.length > 0;
  const points = flow === undefined ? [] : cumulate(
    flow.byMonth.map((each) => ({ month: each.month, count: each.enrolled })),
    stage.opensOn.slice(0, 7), state === "stage_coming" ? "" : (state === "stage_closed" ? stage.closesOn : today()).slice(0, 7));
  return (
    <Card title={title} aside={<Sign {...SIGNS[state]} label={t(state)} />}>
      <div className="mg-columns stack">
        {flow !== undefined && (
          <div className="stack tight">
            <p>
              <strong className="mg-big">{f.number(reached)}</strong>{" "}
              {target === 0 ? t(arms ? "randomised_without" : "enrolled_without") : t(arms ? "randomised_of" : "enrolled_of", { target, share: f.percent(reached / target) })}
            </p>
            {target > 0 && <div className="st-meter" aria-hidden="true"><span style={{ width: `${Math.min(100, 100 * reached / target)}%` }} /></div>}
          </div>
        )}
        <Facts facts={[
          [t("period"), stage.closesOn === "" ? t("open_from", { from: f.longDay(stage.opensOn) }) : t("open_from_until", { from: f.longDay(stage.opensOn), until: f.longDay(stage.closesOn) })],
          [t("counts"), flow === undefined ? "…" : countsText(flow, t, f, arms)],
        ]} />
        {(flow?.total?.enrolled ?? 0) > 0 && <RecruitmentCurve points={points} targets={stage.targets} title={title} />}
        <Targets stage={stage} f={f} />
      </div>
    </Card>
  );
}

function countsText(flow: CountFlowResponse, t: ReturnType<typeof useText<keyof typeof manager.fr>>, f: Formats, arms: boolean): string {
  const total = flow.total!;
  return t(arms ? "counts_arms" : "counts_plain", {
    screened: f.number(total.screened), eligible: f.number(total.eligible), consented: f.number(total.consented), enrolled: f.number(total.enrolled), randomised: f.number(total.randomised),
  });
}

function Targets({ stage, f }: { stage: StudyDocument_Stage; f: Formats }) {
  const t = useText(manager);
  const caption = t("targets_of", { stage: told(stage.title) });
  return (
    <details open={stage.targets.length > 1}>
      <summary className="mg-summary">{t("target_history", { count: stage.targets.length })}</summary>
      <Grid caption={caption} heads={[t("target_from"), t("target_number"), t("target_reason")]} numbers={[1]}
        rows={stage.targets.map((each, i) => [
          <>{f.longDay(each.from)}{i === stage.targets.length - 1 && <> <span className="quiet">({t("target_last")})</span></>}</>, f.number(each.participants), each.reason,
        ])} />
    </details>
  );
}

function Sites({ content, flows }: { content: StudyDocument; flows: readonly CountFlowResponse[] }) {
  const t = useText(manager);
  const f = useFormats();
  const rows = content.sites.map((site) => ({
    name: site.name,
    code: site.code,
    opensOn: site.opensOn,
    closesOn: site.closesOn,
    last: lastMonth(flows, site.code),
    stages: flows.map((flow, i) => {
      const counts = flow.bySite.find((each) => each.site === site.code);
      return { screened: counts?.screened ?? 0, reached: reachedIn(content.stages[i]!, counts) };
    }),
  }));
  return (
    <Card title={t("sites")}>
      <DataTable caption={t("sites")} rows={rows} columns={[
        { accessorKey: "name", header: t("site"), cell: ({ row }) => <>{row.original.name} <span className="quiet">{row.original.code}</span></> },
        { accessorKey: "opensOn", header: t("site_open"), cell: ({ row }) => row.original.closesOn === "" ? f.day(row.original.opensOn) : `${f.day(row.original.opensOn)} – ${f.day(row.original.closesOn)}` },
        ...content.stages.flatMap((stage, i) => (flows[i]!.total!.screened === 0 ? [] : [
          { id: `${stage.code}-s`, accessorFn: (row: (typeof rows)[number]) => row.stages[i]!.screened, header: t("site_screened", { stage: told(stage.title) }), meta: { numeric: true }, cell: ({ row }: { row: { original: (typeof rows)[number] } }) => f.number(row.original.stages[i]!.screened) },
          { id: stage.code, accessorFn: (row: (typeof rows)[number]) => row.stages[i]!.reached, header: t(stage.arms.length > 0 ? "site_randomised" : "site_enrolled", { stage: told(stage.title) }), meta: { numeric: true } },
        ])),
        { accessorKey: "last", header: t("site_last"), cell: ({ row }) => (row.original.last === "" ? t("never") : f.month(row.original.last)) },
      ]} />
    </Card>
  );
}

// The newest month in which the site enrolled somebody into any stage.
export function lastMonth(flows: ReadonlyArray<Pick<CountFlowResponse, "byMonth">>, site: string): string {
  return flows.flatMap((flow) => flow.byMonth).filter((each) => each.site === site && each.enrolled > 0).map((each) => each.month).sort().at(-1) ?? "";
}
