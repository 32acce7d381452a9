// SPDX-License-Identifier: Apache-2.0
// Requests for data, decided about by somebody other than who asked.
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { clientOf } from "~/api/clients";
import { instantOf } from "~/api/dates";
import { missingField } from "~/api/problem";
import { type Extract, Extract_State } from "~/gen/reprise/extract/v1/extract_pb";
import { ExtractService } from "~/gen/reprise/extract/v1/extract_service_pb";
import { Dialog } from "~/parts/dialog";
import { ChoiceField, Form, TextArea, textOf } from "~/parts/form";
import { Card, Empty, Facts, Notice, Page } from "~/parts/layout";
import { Query } from "~/parts/query";
import { DataTable } from "~/parts/table";
import { useCaller } from "~/shell/self";
import { useFormats } from "~/text/format";
import { useLanguage } from "~/text/language";
import { useText } from "~/text/text";
import { ExtractSign, NotAnonymous, useExtracts, useNames } from "./extracts";
import { titlesOf, useProtocol } from "./queries";
import { study } from "./text";

export function DecisionsPage() {
  const t = useText(study);
  const query = useExtracts();
  return (
    <Page title={t("decisions_title")} lead={t("decisions_lead")}>
      <NotAnonymous />
      <Query query={query}>
        {({ extracts }) => (
          <>
            <Open extracts={extracts.filter((each) => each.state === Extract_State.REQUESTED)} />
            <Decided extracts={extracts.filter((each) => each.state !== Extract_State.REQUESTED)} />
          </>
        )}
      </Query>
    </Page>
  );
}

function useStageTitle(): (code: string) => string {
  const language = useLanguage();
  return titlesOf(useProtocol().data?.content, language).stage;
}

function Open({ extracts }: { extracts: readonly Extract[] }) {
  const t = useText(study);
  const f = useFormats();
  const { self } = useCaller();
  const stage = useStageTitle();
  const name = useNames();
  const [deciding, setDeciding] = useState<Extract>();
  const [told, setTold] = useState("");
  return (
    <section className="stack" aria-label={t("decisions_open")}>
      <h2>{t("decisions_open")}</h2>
      {told !== "" && <Notice tone="good" live>{told}</Notice>}
      {extracts.length === 0 && <Empty>{t("decisions_none")}</Empty>}
      {extracts.map((each) => (
        <Card key={each.extractId} title={each.purpose} aside={<ExtractSign state={each.state} />}>
          <div className="stack">
            <Facts facts={[[t("stage"), stage(each.stage)], [t("cut"), f.instant(instantOf(each.cutTime))], [t("requested_by"), name(each.requestedBy)],
              ...(each.withdrawnSince > 0 ? [[t("withdrawn_since"), f.number(each.withdrawnSince)] as const] : [])]} />
            {each.requestedBy === self.user?.userId
              ? <Notice>{t("own_request")}</Notice>
              : <div><button type="button" className="button main" aria-label={t("decide_about", { purpose: each.purpose })} onClick={() => { setTold(""); setDeciding(each); }}>{t("decide")}</button></div>}
          </div>
        </Card>
      ))}
      <Dialog title={t("decide_title")} open={deciding !== undefined} onClose={() => setDeciding(undefined)}>
        {deciding !== undefined && (
          <Decide extract={deciding} onDone={(approved) => { setDeciding(undefined); setTold(t(approved ? "decided_approved" : "decided_refused")); }} />
        )}
      </Dialog>
    </section>
  );
}

function Decide({ extract, onDone }: { extract: Extract; onDone: (approved: boolean) => void }) {
  const t = useText(study);
  const queries = useQueryClient();
  const [choice, setChoice] = useState("");
  const decide = async (data: FormData, requestId: string) => {
    if (choice === "") throw missingField("approve");
    await clientOf(ExtractService).decideExtract({
      requestId, extractId: extract.extractId, approve: choice === "approve", reason: textOf(data, "reason"),
    });
    await queries.invalidateQueries({ queryKey: ["ListExtracts"] });
    onDone(choice === "approve");
  };
  return (
    <Form onSubmit={decide} submit={t(choice === "refuse" ? "refuse" : choice === "approve" ? "approve" : "decide")} danger={choice === "refuse"}>
      <p><strong>{extract.purpose}</strong></p>
      <ChoiceField name="approve" label={t("decision")} onChange={setChoice} options={[
        { value: "approve", label: t("approve"), help: t("approve_help") },
        { value: "refuse", label: t("refuse"), help: t("refuse_help") },
      ]} />
      <TextArea name="reason" label={t("decision_reason")} help={t("decision_reason_help")} optional={choice !== "refuse"} maxLength={500} rows={3} />
    </Form>
  );
}

function Decided({ extracts }: { extracts: readonly Extract[] }) {
  const t = useText(study);
  const f = useFormats();
  const stage = useStageTitle();
  const name = useNames();
  if (extracts.length === 0) return null;
  return (
    <section className="stack" aria-label={t("decisions_past")}>
      <h2>{t("decisions_past")}</h2>
      <DataTable caption={t("decisions_past")} rows={extracts} columns={[
        { accessorKey: "purpose", header: t("purpose") },
        { accessorKey: "stage", header: t("stage"), cell: ({ row }) => stage(row.original.stage) },
        { id: "cut", accessorFn: (row) => Number(row.cutTime?.seconds ?? 0n), header: t("cut"), cell: ({ row }) => f.instant(instantOf(row.original.cutTime)) },
        { id: "by", accessorFn: (row) => name(row.requestedBy), header: t("requested_by"), cell: ({ row }) => name(row.original.requestedBy) },
        { accessorKey: "state", header: t("state"), cell: ({ row }) => <ExtractSign state={row.original.state} /> },
        { id: "decided", accessorFn: (row) => name(row.decidedBy), header: t("decided_by"), cell: ({ row }) => (
          <>{name(row.original.decidedBy)}<br /><span className="small quiet">{f.instant(instantOf(row.original.decideTime))}</span></>
        ) },
        { accessorKey: "decisionReason", header: t("decision_reason"), cell: ({ row }) => row.original.decisionReason || "–" },
      ]} />
    </section>
  );
}
