// SPDX-License-Identifier: Apache-2.0
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { clientOf } from "~/api/clients";
import { instantOf } from "~/api/dates";
import { problemOf } from "~/api/problem";
import { AccessService, type Session } from "~/gen/reprise/access/v1/access_service_pb";
import { Card } from "~/parts/layout";
import { ProblemNotice } from "~/parts/problem";
import { type Columns, DataTable } from "~/parts/table";
import { useCaller } from "~/shell/self";
import { common } from "~/text/common";
import { useFormats } from "~/text/format";
import { useText } from "~/text/text";
import { account } from "./text";

export function SessionsCard() {
  const t = useText(account);
  const c = useText(common);
  const formats = useFormats();
  const { self } = useCaller();
  const queries = useQueryClient();
  const end = useMutation({
    mutationFn: (sessionId: string) => clientOf(AccessService).logout({ sessionId }),
    onSettled: () => queries.invalidateQueries({ queryKey: ["self"] }),
  });
  const columns: Columns<Session> = [
    { id: "client", header: t("session_client"), accessorFn: (session) => session.client || t("session_unknown") },
    { id: "since", header: t("session_since"), accessorFn: (session) => instantOf(session.madeTime),
      cell: ({ row }) => formats.instant(instantOf(row.original.madeTime)) },
    { id: "used", header: t("session_used"), accessorFn: (session) => instantOf(session.lastUseTime),
      cell: ({ row }) => formats.instant(instantOf(row.original.lastUseTime)) },
    { id: "end", header: c("action"), enableSorting: false, cell: ({ row }) => row.original.current ? t("session_this") : (
      <button type="button" className="button" onClick={() => end.mutate(row.original.sessionId)}
        aria-label={t("session_end_of", { time: formats.instant(instantOf(row.original.madeTime)) })}>
        {t("session_end")}
      </button>
    ) },
  ];
  return (
    <Card title={t("sessions_title")}>
      <div className="stack">
        <p className="quiet">{t("sessions_help")}</p>
        {end.isError && <ProblemNotice problem={problemOf(end.error)} />}
        <DataTable rows={self.sessions} columns={columns} caption={t("sessions_title")} />
      </div>
    </Card>
  );
}
