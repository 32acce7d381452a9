// SPDX-License-Identifier: Apache-2.0
// The roles that people hold in a study: shown, given and ended.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { clientOf } from "~/api/clients";
import { instantOf } from "~/api/dates";
import { AccessService, type DelegatedUser } from "~/gen/reprise/access/v1/access_service_pb";
import type { Site } from "~/gen/reprise/study/v1/study_pb";
import { Dialog } from "~/parts/dialog";
import { Form } from "~/parts/form";
import { Empty, Facts, Notice } from "~/parts/layout";
import { Query } from "~/parts/query";
import { Sign } from "~/parts/sign";
import { DataTable } from "~/parts/table";
import { useCaller } from "~/shell/self";
import { useFormats } from "~/text/format";
import { useText } from "~/text/text";
import { NewDelegation } from "./newDelegation";
import { delegationsOptions } from "./queries";
import { ROLE_TEXT } from "./roles";
import { study } from "./text";

type State = "delegation_live" | "delegation_coming" | "delegation_over";

export function delegationState(from: Date | undefined, until: Date | undefined, now: Date): State {
  if (until !== undefined && until <= now) return "delegation_over";
  return from !== undefined && from > now ? "delegation_coming" : "delegation_live";
}

const SIGNS = {
  delegation_live: { shape: "full", tone: "good" },
  delegation_coming: { shape: "clock", tone: "calm" },
  delegation_over: { shape: "bar", tone: "mute" },
} as const;

export function Delegations({ studyId, sites }: { studyId: string; sites: readonly Site[] }) {
  const t = useText(study);
  const { may } = useCaller();
  const [all, setAll] = useState(false);
  const [making, setMaking] = useState(false);
  const [ending, setEnding] = useState<DelegatedUser>();
  const [told, setTold] = useState("");
  const query = useQuery(delegationsOptions(studyId, !all));
  return (
    <div className="stack">
      <div className="row spread no-print">
        <label className="choice"><input type="checkbox" checked={all} onChange={(event) => setAll(event.target.checked)} /><span>{t("delegations_all")}</span></label>
        {may("delegation.create") && <button type="button" className="button main" onClick={() => { setTold(""); setMaking(true); }}>{t("delegation_new")}</button>}
      </div>
      {told !== "" && <Notice tone="good" live>{told}</Notice>}
      <Query query={query}>{(delegations) => <Table delegations={delegations} sites={sites} onEnd={may("delegation.end") ? setEnding : undefined} />}</Query>
      <Dialog title={t("delegation_new")} open={making} onClose={() => setMaking(false)}>
        <NewDelegation studyId={studyId} sites={sites} onDone={(name) => { setMaking(false); setTold(t("delegation_made", { name })); }} />
      </Dialog>
      <Dialog title={t("delegation_end")} open={ending !== undefined} onClose={() => setEnding(undefined)}>
        {ending !== undefined && (
          <End delegation={ending} sites={sites} onDone={() => { setEnding(undefined); setTold(t("delegation_ended", { name: ending.displayName })); }} />
        )}
      </Dialog>
    </div>
  );
}

function placeOf(sites: readonly Site[], siteId: string, whole: string): string {
  return siteId === "" ? whole : (sites.find((each) => each.siteId === siteId)?.name ?? siteId);
}

function Table({ delegations, sites, onEnd }: { delegations: readonly DelegatedUser[]; sites: readonly Site[]; onEnd: ((each: DelegatedUser) => void) | undefined }) {
  const t = useText(study);
  const f = useFormats();
  const { self } = useCaller();
  const rows = useMemo(() => delegations.map((each) => ({
    each,
    name: each.displayName,
    role: t(ROLE_TEXT[each.delegation!.role]),
    place: placeOf(sites, each.delegation!.siteId, t("whole_study")),
    from: instantOf(each.delegation!.fromTime),
    until: instantOf(each.delegation!.untilTime),
    state: delegationState(instantOf(each.delegation!.fromTime), instantOf(each.delegation!.untilTime), new Date()),
  })), [delegations, sites, t]);
  if (rows.length === 0) return <Empty>{t("delegations_none")}</Empty>;
  return (
    <DataTable caption={t("delegations")} rows={rows} columns={[
      { accessorKey: "name", header: t("person"), cell: ({ row }) => (
        <>
          <strong>{row.original.name}</strong>{row.original.each.delegation!.userId === self.user?.userId && <> ({t("you")})</>}<br />
          <span className="small quiet">{row.original.each.loginName}</span>
          {row.original.each.disabled && <><br /><Sign shape="cross" tone="bad" label={t("account_closed")} /></>}
        </>
      ) },
      { accessorKey: "role", header: t("role") },
      { accessorKey: "place", header: t("place") },
      { id: "period", accessorFn: (row) => row.from?.getTime() ?? 0, header: t("period"), cell: ({ row }) => (
        row.original.until === undefined ? t("since", { from: f.instant(row.original.from) }) : t("from_until", { from: f.instant(row.original.from), until: f.instant(row.original.until) })
      ) },
      { accessorKey: "state", header: t("state"), cell: ({ row }) => <Sign {...SIGNS[row.original.state]} label={t(row.original.state)} /> },
      ...(onEnd === undefined ? [] : [{
        id: "end", header: t("action"), enableSorting: false,
        cell: ({ row }: { row: { original: (typeof rows)[number] } }) => (row.original.state === "delegation_over" ? null : (
          <button type="button" className="button" aria-label={t("end_of", { name: row.original.name, role: row.original.role })} onClick={() => onEnd(row.original.each)}>{t("end")}</button>
        )),
      }]),
    ]} />
  );
}

function End({ delegation, sites, onDone }: { delegation: DelegatedUser; sites: readonly Site[]; onDone: () => void }) {
  const t = useText(study);
  const queries = useQueryClient();
  const { self } = useCaller();
  const end = async (_: FormData, requestId: string) => {
    await clientOf(AccessService).endDelegation({ requestId, delegationId: delegation.delegation!.delegationId });
    await queries.invalidateQueries({ queryKey: ["ListDelegations"] });
    onDone();
  };
  return (
    <Form onSubmit={end} submit={t("delegation_end")} danger>
      <Facts facts={[
        [t("person"), `${delegation.displayName} (${delegation.loginName})`],
        [t("role"), t(ROLE_TEXT[delegation.delegation!.role])],
        [t("place"), placeOf(sites, delegation.delegation!.siteId, t("whole_study"))],
      ]} />
      <p>{t("delegation_end_help")}</p>
      {delegation.delegation!.userId === self.user?.userId && <Notice tone="warn">{t("delegation_end_own")}</Notice>}
    </Form>
  );
}
