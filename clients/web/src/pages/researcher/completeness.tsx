// SPDX-License-Identifier: Apache-2.0
// Answered against expected. Who may list the scheduled questionnaires gets every timepoint and
// instrument, over the stages in which they are asked; others get the rates that the stage is judged by.
import { useState } from "react";
import { ProgressionResult_Light as Light } from "~/gen/reprise/cohort/v1/allocation_pb";
import type { StudyDocument } from "~/gen/reprise/study/v1/document_pb";
import { Card, Empty } from "~/parts/layout";
import { Query } from "~/parts/query";
import { DataTable } from "~/parts/table";
import { useBoard, useOccasions } from "~/pages/study/queries";
import { useWords } from "~/pages/manager/words/words";
import { useCaller, usePlace } from "~/shell/self";
import { useFormats } from "~/text/format";
import { told, useText } from "~/text/text";
import { keyOf, tally, type Tally } from "./tally";
import { researcher } from "./text";

export function Completeness({ content, stage }: { content: StudyDocument; stage: string }) {
  const t = useText(researcher);
  const { may } = useCaller();
  return (
    <Card title={t("completeness")}>
      {may("instance.list") ? <ByTimepoint content={content} /> : <Rates stage={stage} />}
    </Card>
  );
}

function ByTimepoint({ content }: { content: StudyDocument }) {
  const t = useText(researcher);
  const f = useFormats();
  const { sites } = usePlace();
  const words = useWords(content);
  const [site, setSite] = useState("");
  const query = useOccasions(site === "" ? undefined : site);
  return (
    <div className="stack">
      <p className="measure quiet">{t("completeness_help")}</p>
      <label className="st-day no-print">
        <span>{t("site")}</span>
        <select className="input short" value={site} onChange={(event) => setSite(event.target.value)}>
          <option value="">{t("all_sites")}</option>
          {sites.map((each) => <option key={each.siteId} value={each.siteId}>{each.name}</option>)}
        </select>
      </label>
      <Query query={query}>
        {(occasions) => {
          const sums = tally(occasions);
          // In the order of the document; what was opened besides comes last.
          const keys = [...new Set([...content.questionnaires.map((each) => keyOf(each.timepoint, each.instrument)), ...sums.keys()])];
          const rows = keys.flatMap((key) => sums.get(key) ?? []);
          if (rows.length === 0) return <Empty>{t("completeness_none")}</Empty>;
          return (
            <DataTable caption={t("completeness")} rows={rows} columns={[
              { id: "timepoint", accessorFn: (row: Tally) => keys.indexOf(keyOf(row.timepoint, row.instrument)), header: t("timepoint"), cell: ({ row }) => words.timepoint(row.original.timepoint) },
              { id: "instrument", accessorFn: (row: Tally) => words.instrument(row.instrument), header: t("instrument") },
              { accessorKey: "expected", header: t("expected"), meta: { numeric: true } },
              { accessorKey: "answered", header: t("answered"), meta: { numeric: true } },
              { id: "share", accessorFn: (row: Tally) => (row.expected === 0 ? -1 : row.answered / row.expected), header: t("share"), cell: ({ row }) => <Share tally={row.original} /> },
              { accessorKey: "outOfWindow", header: t("out_of_window"), meta: { numeric: true } },
              { accessorKey: "open", header: t("open"), meta: { numeric: true } },
              { accessorKey: "missed", header: t("missed"), meta: { numeric: true } },
              { accessorKey: "later", header: t("later"), meta: { numeric: true }, cell: ({ row }) => f.number(row.original.later) },
              { accessorKey: "cancelled", header: t("cancelled"), meta: { numeric: true } },
            ]} />
          );
        }}
      </Query>
    </div>
  );
}

function Share({ tally: { expected, answered } }: { tally: Tally }) {
  const f = useFormats();
  if (expected === 0) return <>–</>;
  return (
    <span className="rs-share">
      <span className="st-meter" aria-hidden="true"><span style={{ width: `${100 * answered / expected}%` }} /></span>
      <span>{f.percent(answered / expected)}</span>
    </span>
  );
}

const ABOUT_ANSWERS = new Set(["RETENTION", "QUESTIONNAIRE_RETURN", "T0_KNOWN", "ASCERTAINABILITY"]);

function Rates({ stage }: { stage: string }) {
  const t = useText(researcher);
  const f = useFormats();
  const query = useBoard(stage);
  return (
    <Query query={query}>
      {(board) => {
        const rows = board.results.filter((each) => ABOUT_ANSWERS.has(each.metric));
        if (rows.length === 0) return <Empty>{t("rates_none")}</Empty>;
        return (
          <div className="stack">
            <p className="measure quiet">{t("rates_help")}</p>
            <DataTable caption={t("completeness")} rows={rows} columns={[
              { id: "title", accessorFn: (row) => told(row.title), header: t("measure") },
              { id: "expected", accessorFn: (row) => Number(row.denominator), header: t("expected"), meta: { numeric: true } },
              { id: "answered", accessorFn: (row) => Number(row.numerator), header: t("answered"), meta: { numeric: true } },
              { id: "share", accessorFn: (row) => row.estimate ?? -1, header: t("share"), meta: { numeric: true }, cell: ({ row }) => (row.original.light === Light.UNSPECIFIED || row.original.estimate === undefined ? "–" : f.percent(row.original.estimate)) },
              { id: "interval", accessorFn: (row) => row.lower ?? -1, header: t("interval"), cell: ({ row }) => (row.original.estimate === undefined ? "–" : t("interval_from_to", { lower: f.percent(row.original.lower ?? 0), upper: f.percent(row.original.upper ?? 0) })) },
            ]} />
          </div>
        );
      }}
    </Query>
  );
}
