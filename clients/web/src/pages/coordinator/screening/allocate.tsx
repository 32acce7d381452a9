// SPDX-License-Identifier: Apache-2.0
// The draw: strata repeated for confirmation, then the arm, which never changes.
import { useState } from "react";
import { clientOf } from "~/api/clients";
import { dayOf } from "~/api/dates";
import { CohortService } from "~/gen/reprise/cohort/v1/cohort_service_pb";
import type { Allocation } from "~/gen/reprise/cohort/v1/allocation_pb";
import { type Participation, ParticipantStatus as Status } from "~/gen/reprise/enrolment/v1/screening_pb";
import type { StudyDocument } from "~/gen/reprise/study/v1/document_pb";
import { Dialog } from "~/parts/dialog";
import { Form, SelectField, textOf } from "~/parts/form";
import { Card, Facts, Notice } from "~/parts/layout";
import { Sign } from "~/parts/sign";
import { levelOf } from "~/pages/study/levels";
import { useFormats } from "~/text/format";
import { useLanguage } from "~/text/language";
import { told, useText } from "~/text/text";
import { ArmCard } from "../participant/identity";
import { useTakeParticipation } from "../participant/consent";
import { useSiteNames } from "../reading";
import { texts } from "../text";

// The level of a band such as 18-44 in which an age lies.
export function bandOf(levels: readonly string[], age: number): string | undefined {
  return levels.find((level) => {
    const band = /^(\d+)\s*[-–]\s*(\d+)$/.exec(level);
    return band !== null && age >= Number(band[1]) && age <= Number(band[2]);
  });
}

export function Allocate({ participation, document, ready }: { participation: Participation; document: StudyDocument; ready: boolean }) {
  const t = useText(texts);
  const language = useLanguage();
  const { day } = useFormats();
  const siteNames = useSiteNames();
  const take = useTakeParticipation();
  const [factors, setFactors] = useState<Record<string, string>>();
  const [made, setMade] = useState<Allocation>();
  const id = participation.participantId;
  const stage = document.stages.find((each) => each.code === participation.stage);
  const list = stage?.allocation?.factors ?? [];
  const asked = list.filter((factor) => factor.code !== "site");
  if (made !== undefined) {
    return (
      <Card title={t("allocated_title")}>
        <div className="stack tight" role="status">
          <p className="allocated"><Sign shape="full" tone="good" label={told(document.arms.find((arm) => arm.code === made.arm)?.title, language) || made.arm} /></p>
          <p>{t("allocated_text", { day: day(dayOf(made.randomisedDate)) })}</p>
        </div>
      </Card>
    );
  }
  if (participation.status !== Status.ENROLLED) return <ArmCard participation={participation} document={document} />;
  const allocate = async (_: FormData, requestId: string) => {
    const found = await clientOf(CohortService).allocateParticipant({ requestId, participantId: id, factors: factors! });
    setFactors(undefined);
    setMade(found);
    take(undefined, id);
  };
  if (!ready) return <Card title={t("step_6")}><p className="quiet">{t("baseline_lead")}</p></Card>;
  const strata: [string, string][] = list.map((factor) => [
    told(factor.title, language) || factor.code,
    factor.code === "site" ? (siteNames.get(participation.siteId) ?? "") : levelOf(factor, factors?.[factor.code] ?? ""),
  ]);
  return (
    <Card title={t("step_6")}>
      <Form submit={t("allocate_check")} onSubmit={async (data) => setFactors(Object.fromEntries(asked.map((factor) => [factor.code, textOf(data, `factors.${factor.code}`)])))}>
        <p className="quiet">{t("allocate_lead")}</p>
        {asked.map((factor) => (
          <SelectField key={factor.code} name={`factors.${factor.code}`} label={told(factor.title, language) || factor.code} empty={t("choose")}
            defaultValue={bandOf(factor.levels, participation.ageAtConsent)} options={factor.levels.map((level) => ({ value: level, label: levelOf(factor, level) }))} />
        ))}
      </Form>
      <Dialog title={t("allocate_title")} open={factors !== undefined} onClose={() => setFactors(undefined)}>
        <Form submit={t("allocate_confirm", { code: participation.code })} onSubmit={allocate}>
          <Notice tone="warn"><p><strong>{t("allocate_warn")}</strong></p></Notice>
          <h3>{t("allocate_strata")}</h3>
          <Facts facts={strata} />
        </Form>
      </Dialog>
    </Card>
  );
}
