// SPDX-License-Identifier: Apache-2.0
import { useMemo, useState } from "react";
import { Link } from "wouter";
import { dayOf, today } from "~/api/dates";
import { statusStanding, useCourseText, visitStanding } from "~/course/labels";
import type { Participant } from "~/gen/reprise/enrolment/v1/participant_pb";
import { type VisitEntry, Visit_State } from "~/gen/reprise/phase/v1/course_pb";
import { Empty, Page } from "~/parts/layout";
import { Query } from "~/parts/query";
import { Sign } from "~/parts/sign";
import { type Columns, DataTable } from "~/parts/table";
import { useLanguage } from "~/text/language";
import { told, useText } from "~/text/text";
import { Filters, Search } from "~/pages/coordinator/filters";
import { useParticipants, useVisits } from "~/pages/coordinator/reading";
import "~/pages/coordinator/coordinator.css";
import { texts } from "./text";

// The visit of hers that waits longest.
function awaitedOf(visits: readonly VisitEntry[], now: string): VisitEntry | undefined {
  return visits.filter((each) => each.recorder !== "COORDINATOR" && (each.state === Visit_State.PLANNED ||
    (each.state === Visit_State.EXPECTED && (dayOf(each.windowStartDate) ?? "9999") <= now)))
    .sort((a, b) => ((dayOf(a.date) ?? dayOf(a.windowEndDate) ?? "9999") < (dayOf(b.date) ?? dayOf(b.windowEndDate) ?? "9999") ? -1 : 1))[0];
}

export default function List() {
  const t = useText(texts);
  const c = useCourseText();
  const language = useLanguage();
  const query = useParticipants();
  const visits = useVisits().data;
  const [code, setCode] = useState("");
  const now = today();
  const columns = useMemo<Columns<Participant>>(() => {
    const titles = new Map((visits?.kinds ?? []).map((kind) => [kind.visit, kind.title]));
    const byParticipant = new Map<string, VisitEntry[]>();
    for (const visit of visits?.visits ?? []) byParticipant.set(visit.participantId, [...(byParticipant.get(visit.participantId) ?? []), visit]);
    const awaited = (row: Participant) => awaitedOf(byParticipant.get(row.participantId) ?? [], now);
    return [
      { accessorKey: "code", header: t("code"), cell: ({ row }) => <Link href={`/participants/${row.original.participantId}`} className="nowrap">{row.original.code}</Link> },
      { accessorKey: "status", header: t("status"), cell: ({ row }) => <Sign {...statusStanding(c, row.original.status)} /> },
      {
        id: "awaited", header: t("awaited"), accessorFn: (row) => { const visit = awaited(row); return dayOf(visit?.date) ?? dayOf(visit?.windowEndDate) ?? "9999"; },
        cell: ({ row }) => {
          const visit = awaited(row.original);
          if (visit === undefined) return <span className="quiet">{t("awaited_none")}</span>;
          const standing = visitStanding(c, { state: visit.state, date: dayOf(visit.date), windowStart: dayOf(visit.windowStartDate), windowEnd: dayOf(visit.windowEndDate), inWindow: visit.inWindow }, now);
          return <>{told(titles.get(visit.visit), language) || visit.visit}<div><Sign {...standing} /></div></>;
        },
      },
    ];
  }, [t, c, language, visits, now]);
  return (
    <Page title={t("title")} lead={t("lead")}>
      <Query query={query}>{(participants) => participants.length === 0 ? <Empty>{t("none")}</Empty> : (
        <>
          <Filters><Search label={t("search")} value={code} onChange={setCode} /></Filters>
          <DataTable rows={participants.filter((each) => each.code.toLowerCase().includes(code.trim().toLowerCase()))} columns={columns} caption={t("title")} />
        </>
      )}
      </Query>
    </Page>
  );
}
