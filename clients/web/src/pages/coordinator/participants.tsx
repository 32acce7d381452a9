// SPDX-License-Identifier: Apache-2.0
import { useMemo, useState } from "react";
import { Link } from "wouter";
import { dayOf, today } from "~/api/dates";
import { useProtocol } from "~/course/data";
import { statusStanding, useCourseText, useTitles } from "~/course/labels";
import type { CourseKey } from "~/course/text";
import type { Participant } from "~/gen/reprise/enrolment/v1/participant_pb";
import { Empty, Page } from "~/parts/layout";
import { Query } from "~/parts/query";
import { Sign } from "~/parts/sign";
import { type Columns, DataTable } from "~/parts/table";
import { usePlace } from "~/shell/self";
import { useFormats } from "~/text/format";
import { useLanguage } from "~/text/language";
import { told, useText } from "~/text/text";
import { Choice, Filters, Search } from "./filters";
import { useParticipants, useSiteNames, useStage } from "./reading";
import { texts } from "./text";

export default function Participants() {
  const t = useText(texts);
  const query = useParticipants();
  return (
    <Page title={t("participants_title")} lead={t("participants_lead")}
      actions={<Link href="/screenings/new" className="button main">{t("to_screen")}</Link>}>
      <Query query={query}>{(participants) => participants.length === 0
        ? <Empty action={<Link href="/screenings/new" className="button">{t("to_screen")}</Link>}>{t("participants_empty")}</Empty>
        : <List participants={participants} />}
      </Query>
    </Page>
  );
}

function List({ participants }: { participants: readonly Participant[] }) {
  const t = useText(texts);
  const c = useCourseText();
  const language = useLanguage();
  const { day } = useFormats();
  const { sites } = usePlace();
  const siteNames = useSiteNames();
  const document = useProtocol().data?.content;
  const stageTitles = useTitles(document?.stages);
  const { stages } = useStage(document, today());
  const [code, setCode] = useState("");
  const [status, setStatus] = useState("");
  const [stage, setStage] = useState("");
  const [site, setSite] = useState("");
  const shown = useMemo(() => participants.filter((each) =>
    each.code.toLowerCase().includes(code.trim().toLowerCase()) && (status === "" || String(each.status) === status) &&
    (stage === "" || each.stage === stage) && (site === "" || each.siteId === site)), [participants, code, status, stage, site]);
  const columns = useMemo<Columns<Participant>>(() => [
    { accessorKey: "code", header: t("code"), cell: ({ row }) => <Link href={`/participants/${row.original.participantId}`} className="nowrap">{row.original.code}</Link> },
    { accessorKey: "status", header: t("status"), cell: ({ row }) => <Sign {...statusStanding(c, row.original.status)} /> },
    { accessorKey: "stage", header: t("stage"), cell: ({ row }) => told(stageTitles.get(row.original.stage), language) || row.original.stage },
    { id: "consent", accessorFn: (row) => dayOf(row.consentDate) ?? "", header: t("consented_on"), cell: ({ row }) => day(dayOf(row.original.consentDate)) },
    ...(sites.length > 1 ? [{ id: "site", accessorFn: (row: Participant) => siteNames.get(row.siteId) ?? "", header: t("site") }] : []),
  ], [t, c, language, day, stageTitles, sites.length, siteNames]);
  const statuses = [...new Set(participants.map((each) => each.status))].sort((a, b) => a - b);
  const all = { value: "", label: t("filter_all") };
  return (
    <>
      <Filters>
        <Search label={t("filter_code")} value={code} onChange={setCode} />
        <Choice label={t("filter_status")} value={status} onChange={setStatus}
          options={[all, ...statuses.map((each) => ({ value: String(each), label: c(`status_${each}` as CourseKey) }))]} />
        <Choice label={t("stage")} value={stage} onChange={setStage} options={[all, ...stages.map((each) => ({ value: each.code, label: told(each.title, language) }))]} />
        {sites.length > 1 && <Choice label={t("site")} value={site} onChange={setSite} options={[all, ...sites.map((each) => ({ value: each.siteId, label: each.name }))]} />}
        <p className="quiet small" role="status">{t("shown_of", { shown: shown.length, all: participants.length })}</p>
      </Filters>
      {shown.length === 0 ? <Empty>{t("participants_none")}</Empty> : <DataTable rows={shown} columns={columns} caption={t("participants_title")} />}
    </>
  );
}
