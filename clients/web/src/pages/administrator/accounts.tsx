// SPDX-License-Identifier: Apache-2.0
// All accounts. Participants' stand apart: they come in through personal links and have no password.
import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { Link } from "wouter";
import { instantOf } from "~/api/dates";
import type { User } from "~/gen/reprise/access/v1/user_pb";
import { Empty, Page } from "~/parts/layout";
import { Query } from "~/parts/query";
import { Sign } from "~/parts/sign";
import { DataTable } from "~/parts/table";
import { usersOptions } from "~/pages/study/queries";
import { useFormats } from "~/text/format";
import { useText } from "~/text/text";
import { administrator } from "./text";

export function AccountsPage() {
  const t = useText(administrator);
  const query = useQuery(usersOptions());
  return (
    <Page title={t("accounts_title")} lead={t("accounts_lead")} actions={<Link href="/accounts/new" className="button main">{t("account_new")}</Link>}>
      <Query query={query}>{(users) => <List users={users} />}</Query>
    </Page>
  );
}

export function AccountSign({ user }: { user: User }) {
  const t = useText(administrator);
  return user.disabledTime === undefined ? <Sign shape="full" tone="good" label={t("open")} /> : <Sign shape="cross" tone="bad" label={t("closed")} />;
}

type Which = "staff" | "closed" | "participants";

function List({ users }: { users: readonly User[] }) {
  const t = useText(administrator);
  const f = useFormats();
  const [which, setWhich] = useState<Which>("staff");
  const [typed, setTyped] = useState("");
  const shown = useMemo(() => {
    const words = typed.trim().toLowerCase();
    return users.filter((each) => {
      const kind: Which = each.participantId !== "" ? "participants" : each.disabledTime !== undefined ? "closed" : "staff";
      return kind === which && (words === "" || each.displayName.toLowerCase().includes(words) || each.loginName.includes(words));
    });
  }, [users, which, typed]);
  return (
    <div className="stack">
      <div className="row no-print">
        <label className="st-day"><span>{t("show")}</span>
          <select className="input short" value={which} onChange={(event) => setWhich(event.target.value as Which)}>
            <option value="staff">{t("show_staff")}</option>
            <option value="closed">{t("show_closed")}</option>
            <option value="participants">{t("show_participants")}</option>
          </select>
        </label>
        <label className="st-day"><span>{t("search")}</span>
          <input type="search" className="input short" value={typed} onChange={(event) => setTyped(event.target.value)} />
        </label>
        <span className="quiet" role="status">{t("shown", { count: shown.length })}</span>
      </div>
      {shown.length === 0 ? <Empty>{t("accounts_none")}</Empty> : (
        <DataTable caption={t("accounts_title")} rows={shown} sortedBy={[{ id: "displayName", desc: false }]} columns={[
          { accessorKey: "displayName", header: t("name"), cell: ({ row }) => <Link href={`/accounts/${row.original.userId}`}>{row.original.displayName || row.original.loginName}</Link> },
          { accessorKey: "loginName", header: t("login_name") },
          { id: "state", accessorFn: (row) => (row.disabledTime === undefined ? 0 : 1), header: t("state"), cell: ({ row }) => <AccountSign user={row.original} /> },
          ...(which === "participants" ? [] : [{
            accessorKey: "secondFactorOn", header: t("second_factor"), cell: ({ row }: { row: { original: User } }) => (
              row.original.secondFactorOn ? <Sign shape="full" tone="good" label={t("second_factor_on")} /> : <Sign shape="empty" tone="mute" label={t("second_factor_off")} />
            ),
          }]),
          { id: "made", accessorFn: (row) => Number(row.madeTime?.seconds ?? 0n), header: t("made"), cell: ({ row }) => f.instant(instantOf(row.original.madeTime)) },
        ]} />
      )}
    </div>
  );
}
