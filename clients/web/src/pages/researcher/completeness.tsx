// SPDX-License-Identifier: Apache-2.0
// Answered against expected, by timepoint and questionnaire, of one stage on one day.
import { useState } from "react";
import { type Day } from "~/api/dates";
import type { CompletenessCount, CountCompletenessResponse } from "~/gen/reprise/questionnaire/v1/questionnaire_service_pb";
import { Instance_Respondent as Respondent } from "~/gen/reprise/questionnaire/v1/response_pb";
import type { StudyDocument } from "~/gen/reprise/study/v1/document_pb";
import { Card, Empty, Notice } from "~/parts/layout";
import { Query } from "~/parts/query";
import { Sign } from "~/parts/sign";
import { type Columns, DataTable } from "~/parts/table";
import { useWords } from "~/pages/manager/words/words";
import { titlesOf, useCompleteness } from "~/pages/study/queries";
import { usePlace } from "~/shell/self";
import { useFormats } from "~/text/format";
import { useLanguage } from "~/text/language";
import { told, useText } from "~/text/text";
import { answered, expected, standing } from "./completing";
import { researcher } from "./text";

export function Completeness({ content, stage, day }: { content: StudyDocument; stage: string; day: Day }) {
  const t = useText(researcher);
  const { sites } = usePlace();
  const [site, setSite] = useState("");
  const query = useCompleteness(stage, day, site === "" ? undefined : site);
  return (
    <Card title={t("completeness")}>
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
          {(counted) => (
            <div className={query.isPlaceholderData ? "stack st-stale" : "stack"} aria-busy={query.isPlaceholderData}>
              {!counted.complete && site === "" && <Notice tone="warn">{t("counts_partial", { sites: counted.sitesVisible.join(", ") })}</Notice>}
              <Counted counted={counted} content={content} day={day} site={sites.find((each) => each.siteId === site)?.name} />
            </div>
          )}
        </Query>
      </div>
    </Card>
  );
}

function Counted({ counted, content, day, site }: { counted: CountCompletenessResponse; content: StudyDocument; day: Day; site: string | undefined }) {
  const t = useText(researcher);
  const f = useFormats();
  const language = useLanguage();
  const words = useWords(content);
  if (counted.counts.length === 0) return <Empty>{t("completeness_none")}</Empty>;
  const caption = t("completeness_of", {
    stage: titlesOf(content, language).stage(counted.stage), site: site ?? t("all_sites"), day: f.longDay(day), count: counted.participants,
  });
  const number = (key: "inWindow" | "outOfWindow" | "open" | "missed" | "later" | "anchorUnknown" | "cancelled", header: string): Columns<CompletenessCount>[number] =>
    ({ accessorKey: key, header, meta: { numeric: true }, cell: ({ row }) => f.number(row.original[key]) });
  return (
    <>
      <p aria-live="polite"><strong>{caption}</strong></p>
      <DataTable caption={t("completeness")} rows={counted.counts} columns={[
        { id: "timepoint", accessorFn: (row) => counted.counts.indexOf(row), header: t("timepoint"), cell: ({ row }) => told(row.original.timepointTitle) || words.timepoint(row.original.timepoint) },
        { id: "instrument", accessorFn: (row) => told(row.title) || row.instrumentId, header: t("instrument"), cell: ({ row }) => <Name count={row.original} /> },
        { id: "share", accessorFn: (row) => (expected(row) === 0 ? -1 : answered(row) / expected(row)), header: t("share"), cell: ({ row }) => <Share count={row.original} /> },
        number("inWindow", t("in_window")), number("outOfWindow", t("out_of_window")), number("open", t("open")), number("missed", t("missed")),
        number("later", t("later")), number("anchorUnknown", t("anchor_unknown")), number("cancelled", t("cancelled")),
      ]} />
    </>
  );
}

function Name({ count }: { count: CompletenessCount }) {
  const t = useText(researcher);
  return (
    <>
      {told(count.title) || count.instrumentId}
      {count.required && <div className="small quiet">{t("required")}</div>}
      {count.respondent === Respondent.TEAM && <div className="small quiet">{t("by_team")}</div>}
    </>
  );
}

function Share({ count }: { count: CompletenessCount }) {
  const t = useText(researcher);
  const f = useFormats();
  const of = expected(count);
  const { shape, tone, key } = standing(count);
  return (
    <>
      {of > 0 && (
        <span className="rs-share">
          <span className="st-meter" aria-hidden="true"><span style={{ width: `${100 * answered(count) / of}%` }} /></span>
          <span className="nowrap">{f.percent(answered(count) / of)} <span className="small quiet">{t("share_of", { answered: answered(count), expected: of })}</span></span>
        </span>
      )}
      <Sign shape={shape} tone={tone} label={t(key)} />
    </>
  );
}
