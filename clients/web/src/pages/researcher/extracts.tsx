// SPDX-License-Identifier: Apache-2.0
// Extracts of the study, and a request for another one.
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "wouter";
import { clientOf } from "~/api/clients";
import { instantOf } from "~/api/dates";
import { type Extract, Extract_State } from "~/gen/reprise/extract/v1/extract_pb";
import { ExtractService } from "~/gen/reprise/extract/v1/extract_service_pb";
import { Dialog } from "~/parts/dialog";
import { Form, SelectField, TextArea, textOf } from "~/parts/form";
import { Empty, Notice, Page } from "~/parts/layout";
import { Query } from "~/parts/query";
import { DataTable } from "~/parts/table";
import { ExtractSign, NotAnonymous, useExtracts, useNames } from "~/pages/study/extracts";
import { titlesOf, useProtocol } from "~/pages/study/queries";
import { useCaller, usePlace } from "~/shell/self";
import { useFormats } from "~/text/format";
import { useLanguage } from "~/text/language";
import { told, useText } from "~/text/text";
import { researcher } from "./text";

export function ExtractsPage() {
  const t = useText(researcher);
  const { may } = useCaller();
  const query = useExtracts();
  const [asking, setAsking] = useState(false);
  const [asked, setAsked] = useState(false);
  const ask = may("extract.request") && (
    <button type="button" className="button main" onClick={() => { setAsked(false); setAsking(true); }}>{t("request")}</button>
  );
  return (
    <Page title={t("extracts_title")} lead={t("extracts_lead")} actions={ask}>
      <NotAnonymous />
      {asked && <Notice tone="good" live>{t("requested")}</Notice>}
      <Query query={query}>{({ extracts }) => (extracts.length === 0 ? <Empty>{t("extracts_none")}</Empty> : <List extracts={extracts} />)}</Query>
      <Dialog title={t("request")} open={asking} onClose={() => setAsking(false)}>
        <Request onDone={() => { setAsking(false); setAsked(true); }} />
      </Dialog>
    </Page>
  );
}

function List({ extracts }: { extracts: readonly Extract[] }) {
  const t = useText(researcher);
  const f = useFormats();
  const language = useLanguage();
  const titles = titlesOf(useProtocol().data?.content, language);
  const name = useNames();
  return (
    <DataTable caption={t("extracts_title")} rows={extracts} columns={[
      { accessorKey: "purpose", header: t("purpose"), cell: ({ row }) => <Link href={`/extracts/${row.original.extractId}`}>{row.original.purpose}</Link> },
      { accessorKey: "stage", header: t("stage"), cell: ({ row }) => titles.stage(row.original.stage) },
      { id: "cut", accessorFn: (row) => Number(row.cutTime?.seconds ?? 0n), header: t("cut"), cell: ({ row }) => f.instant(instantOf(row.original.cutTime)) },
      { id: "by", accessorFn: (row) => name(row.requestedBy), header: t("requested_by"), cell: ({ row }) => name(row.original.requestedBy) },
      { accessorKey: "state", header: t("state"), cell: ({ row }) => <ExtractSign state={row.original.state} /> },
      { id: "decided", accessorFn: (row) => (row.state === Extract_State.REQUESTED ? "" : name(row.decidedBy)), header: t("decided_by"), cell: ({ row }) => (
        row.original.state === Extract_State.REQUESTED ? <span className="quiet">{t("awaits_decision")}</span> : name(row.original.decidedBy)
      ) },
    ]} />
  );
}

function Request({ onDone }: { onDone: () => void }) {
  const t = useText(researcher);
  const { study } = usePlace();
  const queries = useQueryClient();
  const protocol = useProtocol();
  const request = async (data: FormData, requestId: string) => {
    await clientOf(ExtractService).requestExtract({ requestId, studyId: study.studyId, stage: textOf(data, "stage"), purpose: textOf(data, "purpose") });
    await queries.invalidateQueries({ queryKey: ["ListExtracts"] });
    onDone();
  };
  return (
    <Query query={protocol}>
      {({ content }) => (
        <Form onSubmit={request} submit={t("request_send")}>
          <p>{t("request_lead")}</p>
          <SelectField name="stage" label={t("stage")} help={t("request_stage_help")} empty={t("request_choose_stage")}
            options={content!.stages.map((each) => ({ value: each.code, label: told(each.title) }))} />
          <TextArea name="purpose" label={t("purpose")} help={t("purpose_help")} maxLength={500} rows={4} />
          <p className="small quiet">{t("request_what")}</p>
        </Form>
      )}
    </Query>
  );
}
