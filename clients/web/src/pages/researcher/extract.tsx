// SPDX-License-Identifier: Apache-2.0
// One extract: what was asked, what was decided, and its files, checked against their manifest.
import { instantOf } from "~/api/dates";
import { type Extract, Extract_State } from "~/gen/reprise/extract/v1/extract_pb";
import { Card, Empty, Facts, Notice, Page } from "~/parts/layout";
import { Query } from "~/parts/query";
import { ExtractSign, NotAnonymous, useExtracts, useNames } from "~/pages/study/extracts";
import { titlesOf, useProtocol } from "~/pages/study/queries";
import { useCaller } from "~/shell/self";
import { useFormats } from "~/text/format";
import { useLanguage } from "~/text/language";
import { useText } from "~/text/text";
import { Download } from "./download";
import { researcher } from "./text";

export function ExtractPage({ extractId }: { extractId: string }) {
  const t = useText(researcher);
  const query = useExtracts();
  return (
    <Query query={query}>
      {({ extracts }) => {
        const extract = extracts.find((each) => each.extractId === extractId);
        if (extract === undefined) {
          return <Page title={t("extract_unknown")} crumbs={[{ to: "/extracts", label: t("extracts_title") }]}><Empty>{t("extract_unknown_help")}</Empty></Page>;
        }
        return <One extract={extract} />;
      }}
    </Query>
  );
}

function One({ extract }: { extract: Extract }) {
  const t = useText(researcher);
  const f = useFormats();
  const language = useLanguage();
  const { may } = useCaller();
  const titles = titlesOf(useProtocol().data?.content, language);
  const name = useNames();
  const decided = extract.state !== Extract_State.REQUESTED;
  return (
    <Page title={extract.purpose} crumbs={[{ to: "/extracts", label: t("extracts_title") }]} lead={<ExtractSign state={extract.state} />}>
      <NotAnonymous />
      <Card title={t("about")}>
        <Facts facts={[
          [t("stage"), titles.stage(extract.stage)],
          [t("cut"), <>{f.instant(instantOf(extract.cutTime))}<br /><span className="small quiet">{t("cut_help")}</span></>],
          [t("requested_by"), name(extract.requestedBy)],
          ...(decided ? [
            [t("decided_by"), name(extract.decidedBy)] as const,
            [t("decided_at"), f.instant(instantOf(extract.decideTime))] as const,
            [t("decision_reason"), extract.decisionReason || "–"] as const,
          ] : []),
          [t("withdrawn_since"), f.number(extract.withdrawnSince)],
        ]} />
      </Card>
      {extract.state === Extract_State.REQUESTED && <Notice>{t("waits")}</Notice>}
      {extract.state === Extract_State.REFUSED && <Notice tone="bad">{t("was_refused")}</Notice>}
      {extract.state === Extract_State.APPROVED && (may("extract.download") ? <Download extract={extract} /> : <Notice>{t("download_other")}</Notice>)}
    </Page>
  );
}
