// SPDX-License-Identifier: Apache-2.0
// Candidates from the first check on; files that were left are continued from here.
import { useMemo, useState } from "react";
import { Link } from "wouter";
import { dayOf, today } from "~/api/dates";
import { useProtocol } from "~/course/data";
import type { Participant } from "~/gen/reprise/enrolment/v1/participant_pb";
import { type Screening, Screening_Outcome as Outcome } from "~/gen/reprise/enrolment/v1/screening_pb";
import { Empty, Page } from "~/parts/layout";
import { Query } from "~/parts/query";
import { Sign } from "~/parts/sign";
import { type Columns, DataTable } from "~/parts/table";
import { usePlace } from "~/shell/self";
import { useFormats } from "~/text/format";
import { useLanguage } from "~/text/language";
import { told, useText } from "~/text/text";
import { Choice, Filters } from "../filters";
import { useParticipants, useScreenings, useSiteNames, useStage } from "../reading";
import { type Key, texts } from "../text";
import { stepOf } from "./steps";

export default function Screenings() {
  const t = useText(texts);
  const language = useLanguage();
  const document = useProtocol().data?.content;
  const { stage, stages, choose } = useStage(document, today());
  const screenings = useScreenings(stage?.code);
  const participants = useParticipants();
  const [show, setShow] = useState<"open" | "all" | "closed">("open");
  const known = useMemo(() => new Map((participants.data ?? []).map((each) => [each.participantId, each])), [participants.data]);
  const arms = (stage?.arms.length ?? 0) > 0;
  return (
    <Page title={t("screenings_title")} lead={t("screenings_lead")}
      actions={<Link href="/screenings/new" className="button main">{t("screening_new")}</Link>}>
      <Filters>
        <Choice label={t("stage")} value={stage?.code ?? ""} onChange={choose} options={stages.map((each) => ({ value: each.code, label: told(each.title, language) }))} />
        <Choice label={t("status")} value={show} onChange={(value) => setShow(value as typeof show)}
          options={(["open", "closed", "all"] as const).map((each) => ({ value: each, label: t(`show_${each}`) }))} />
      </Filters>
      <Query query={screenings}>{(list) => {
        const shown = list.filter((each) => {
          const open = stepOf(each, known.get(each.participantId)?.status, arms) !== undefined;
          return show === "all" || open === (show === "open");
        });
        if (shown.length === 0) {
          return <Empty action={<Link href="/screenings/new" className="button">{t("screening_new")}</Link>}>{t(show === "open" ? "screenings_none" : "screenings_empty")}</Empty>;
        }
        return <List list={shown} known={known} arms={arms} />;
      }}
      </Query>
    </Page>
  );
}

function List({ list, known, arms }: { list: readonly Screening[]; known: ReadonlyMap<string, Participant>; arms: boolean }) {
  const t = useText(texts);
  const { day } = useFormats();
  const siteNames = useSiteNames();
  const { sites } = usePlace();
  const columns = useMemo<Columns<Screening>>(() => [
    { accessorKey: "number", header: t("screening_number"), meta: { numeric: true }, cell: ({ row }) => <Link href={`/screenings/${row.original.screeningId}`} aria-label={t("continue_named", { number: row.original.number })}>{row.original.number}</Link> },
    ...(sites.length > 1 ? [{ id: "site", accessorFn: (row: Screening) => siteNames.get(row.siteId) ?? "", header: t("site") }] : []),
    { id: "day", accessorFn: (row) => dayOf(row.screenedDate) ?? "", header: t("screened_on"), cell: ({ row }) => day(dayOf(row.original.screenedDate)) },
    { id: "outcome", accessorFn: outcomeOf, header: t("outcome"), cell: ({ row }) => <OutcomeSign screening={row.original} /> },
    { id: "code", accessorFn: (row) => known.get(row.participantId)?.code ?? "", header: t("code"), cell: ({ row }) => known.get(row.original.participantId)?.code ?? "–" },
    {
      id: "next", accessorFn: (row) => stepOf(row, known.get(row.participantId)?.status, arms) ?? 9, header: t("next_step"),
      cell: ({ row }) => {
        const step = stepOf(row.original, known.get(row.original.participantId)?.status, arms);
        return step === undefined ? "–" : t(`step_${step}` as Key);
      },
    },
  ], [t, day, siteNames, sites.length, known, arms]);
  return <DataTable rows={list} columns={columns} caption={t("screenings_title")} sortedBy={[{ id: "day", desc: true }]} />;
}

function outcomeOf(screening: Screening): "ineligible" | "declined" | "consented" | "eligible" {
  if (screening.outcome === Outcome.INELIGIBLE) return "ineligible";
  if (screening.declineReason !== "") return "declined";
  return screening.participantId !== "" ? "consented" : "eligible";
}

export function OutcomeSign({ screening }: { screening: Screening }) {
  const t = useText(texts);
  const outcome = outcomeOf(screening);
  const look = { ineligible: ["cross", "mute"], declined: ["bar", "mute"], consented: ["full", "good"], eligible: ["half", "calm"] } as const;
  return <Sign shape={look[outcome][0]} tone={look[outcome][1]} label={t(`outcome_${outcome}`)} />;
}

