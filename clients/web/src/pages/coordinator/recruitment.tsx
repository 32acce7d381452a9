// SPDX-License-Identifier: Apache-2.0
// Enrolments against the target of the stage, in all and by site.
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useMemo, useState } from "react";
import { today } from "~/api/dates";
import { clientOf } from "~/api/clients";
import { useProtocol } from "~/course/data";
import { CohortService } from "~/gen/reprise/cohort/v1/cohort_service_pb";
import type { CountFlowResponse } from "~/gen/reprise/cohort/v1/cohort_service_pb";
import type { StudyDocument_Stage } from "~/gen/reprise/study/v1/document_pb";
import { Card, Empty, Figure, Notice, Page } from "~/parts/layout";
import { Loading, Query } from "~/parts/query";
import { type Columns, DataTable } from "~/parts/table";
import { usePlace } from "~/shell/self";
import { useFormats } from "~/text/format";
import { useLanguage } from "~/text/language";
import { told, useText } from "~/text/text";
import type { Series } from "./chart";
import { forecastOf, paceOf, type Point, pointsOf } from "./curve";
import { Choice, Filters } from "./filters";
import { useStage } from "./reading";
import { texts } from "./text";

const Chart = lazy(() => import("./chart"));

export default function Recruitment() {
  const t = useText(texts);
  const language = useLanguage();
  const { study } = usePlace();
  const document = useProtocol().data?.content;
  const { stage, stages, choose } = useStage(document, today());
  const query = useQuery({
    queryKey: ["CountFlow", study.studyId, stage?.code],
    queryFn: ({ signal }) => clientOf(CohortService).countFlow({ studyId: study.studyId, stage: stage!.code }, { signal }),
    enabled: stage !== undefined,
  });
  return (
    <Page title={t("recruitment_title")} lead={t("recruitment_lead")}>
      <Filters>
        <Choice label={t("stage")} value={stage?.code ?? ""} onChange={choose} options={stages.map((each) => ({ value: each.code, label: told(each.title, language) }))} />
      </Filters>
      <Query query={query}>{(flow) => <Curve key={flow.stage} flow={flow} stage={stage} />}</Query>
    </Page>
  );
}

function Curve({ flow, stage }: { flow: CountFlowResponse; stage: StudyDocument_Stage | undefined }) {
  const t = useText(texts);
  const { number, percent, month } = useFormats();
  const { allSites } = usePlace();
  const [site, setSite] = useState("");
  const until = today().slice(0, 7);
  const seen = flow.sitesVisible;
  const points = useMemo(() => pointsOf(flow.byMonth, site, until), [flow, site, until]);
  const part = site !== "" || !flow.complete;
  const sites = allSites.length || 1;
  const share = part ? Math.round((flow.target * (site === "" ? seen.length : 1)) / sites) : flow.target;
  const series = useMemo<Series[]>(() => {
    // The target as it was in each month, by the document.
    const targets = stage?.targets ?? [];
    const targetIn = (at: string) => (targets.filter((each) => each.from.slice(0, 7) <= at).at(-1)?.participants ?? flow.target);
    const factor = part ? (site === "" ? seen.length : 1) / sites : 1;
    return [
      { name: t("line_enrolled"), values: points.map((each) => each.cumulated), dashed: false, colour: "--draw-1" },
      { name: part ? t("line_share") : t("line_target"), values: points.map((each) => Math.round(targetIn(each.month) * factor)), dashed: true, colour: "--draw-2" },
    ];
  }, [t, points, stage, flow, part, site, seen.length, sites]);
  const months = useMemo(() => points.map((each) => month(each.month)), [points, month]);
  const columns = useMemo<Columns<Point>>(() => [
    { accessorKey: "month", header: t("month"), cell: ({ row }) => month(row.original.month) },
    ...(["screened", "consented", "enrolled", "randomised", "cumulated"] as const).map((key) => ({
      accessorKey: key, header: t(key), meta: { numeric: true }, cell: ({ row }: { row: { original: Point } }) => number(row.original[key]),
    })),
  ], [t, month, number]);
  const last = points.at(-1)?.cumulated ?? 0;
  const forecast = forecastOf(points, share);
  const names = new Map(allSites.map((each) => [each.code, each.name]));
  return (
    <>
      {seen.length > 1 && (
        <Filters>
          <Choice label={t("site")} value={site} onChange={setSite}
            options={[{ value: "", label: t("all_sites") }, ...seen.map((code) => ({ value: code, label: names.get(code) ?? code }))]} />
        </Filters>
      )}
      {!flow.complete && <Notice><p>{t("partial", { seen: seen.length, all: allSites.length })}</p></Notice>}
      {points.length === 0 ? <Empty>{t("recruitment_none")}</Empty> : (
        <>
          <section className="card figures">
            <Figure value={number(last)} label={t("enrolled_total")} />
            <Figure value={number(flow.target)} label={<>{t("target_total")}{part && <><br />{t("share_equal", { count: share })}</>}</>} />
            {share > 0 && <Figure value={percent(last / share)} label={t("share_total")} />}
            <Figure value={number(paceOf(points), 1)} label={t("pace")} />
          </section>
          <Card title={t("line_enrolled")}>
            <Suspense fallback={<Loading />}><Chart months={months} series={series} label={t("chart_label")} /></Suspense>
            <p className="small">{forecast.kind === "reached" ? t("forecast_reached") : forecast.kind === "none" ? t("forecast_none") : t("forecast", { month: month(forecast.month) })}</p>
          </Card>
          <p className="small quiet">{t("table_unit")}</p>
          <DataTable rows={points} columns={columns} caption={t("recruitment_title")} sortedBy={[{ id: "month", desc: true }]} />
        </>
      )}
    </>
  );
}
