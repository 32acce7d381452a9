// SPDX-License-Identifier: Apache-2.0
// The strata by which she was drawn, and the correction of one that was entered wrongly. The arm stays:
// the analysis then knows both.
import { useState } from "react";
import { clientOf } from "~/api/clients";
import type { Allocation } from "~/gen/reprise/cohort/v1/allocation_pb";
import { CohortService } from "~/gen/reprise/cohort/v1/cohort_service_pb";
import type { StudyDocument_Allocation_Factor as Factor, StudyDocument_Stage as Stage } from "~/gen/reprise/study/v1/document_pb";
import { Dialog } from "~/parts/dialog";
import { Form, SelectField, TextArea, textOf } from "~/parts/form";
import { Facts, Notice } from "~/parts/layout";
import { levelOf } from "~/pages/study/levels";
import { useCaller } from "~/shell/self";
import { useLanguage } from "~/text/language";
import { told, useText } from "~/text/text";
import { texts } from "../text";

export function Strata({ allocation, stage, site, code, onCorrected }: {
  allocation: Allocation; stage: Stage | undefined; site: string; code: string; onCorrected: (now: Allocation) => void;
}) {
  const t = useText(texts);
  const language = useLanguage();
  const { may } = useCaller();
  const [open, setOpen] = useState(false);
  const factors = stage?.allocation?.factors ?? [];
  const asked = factors.filter((factor) => factor.code !== "site");
  const title = (factor: Factor) => told(factor.title, language) || factor.code;
  const now = (factor: string) => allocation.correctedFactors[factor] ?? allocation.factors[factor] ?? "";
  const words = (factor: Factor) => {
    if (factor.code === "site") return site;
    const drawn = allocation.factors[factor.code];
    const entered = drawn === undefined ? "–" : levelOf(factor, drawn);
    const corrected = allocation.correctedFactors[factor.code];
    return corrected === undefined ? entered : t("stratum_both", { entered, corrected: levelOf(factor, corrected) });
  };
  const send = async (data: FormData, requestId: string) => {
    const given = Object.fromEntries(asked.map((factor) => [factor.code, textOf(data, `factors[${factor.code}]`)]));
    onCorrected(await clientOf(CohortService).correctStratum({ requestId, participantId: allocation.participantId, factors: given, changeReason: textOf(data, "change_reason") }));
    setOpen(false);
  };
  if (factors.length === 0) return null;
  return (
    <>
      <h3>{t("allocate_strata")}</h3>
      <Facts facts={factors.map((factor) => [title(factor), words(factor)])} />
      {may("participant.allocate") && asked.length > 0 && (
        <p className="no-print"><button type="button" className="button" onClick={() => setOpen(true)}>{t("stratum_correct")}</button></p>
      )}
      {asked.length === 0 && <p className="small quiet">{t("stratum_site_only")}</p>}
      <Dialog title={t("stratum_title", { code })} open={open} onClose={() => setOpen(false)}>
        <Form submit={t("stratum_submit")} onSubmit={send}>
          <Notice tone="calm"><p><strong>{t("stratum_stands")}</strong></p><p>{t("stratum_lead")}</p></Notice>
          {asked.map((factor) => (
            <SelectField key={factor.code} name={`factors[${factor.code}]`} label={title(factor)} defaultValue={now(factor.code)}
              options={factor.levels.map((level) => ({ value: level, label: levelOf(factor, level) }))} />
          ))}
          <TextArea name="change_reason" label={t("stratum_reason")} help={t("stratum_reason_help")} rows={2} maxLength={500} />
        </Form>
      </Dialog>
    </>
  );
}
