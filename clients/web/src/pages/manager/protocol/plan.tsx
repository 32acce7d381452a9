// SPDX-License-Identifier: Apache-2.0
// A new version of the protocol: a file is read, judged and compared; then it is applied with a reason.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useId, useState } from "react";
import { Link } from "wouter";
import { clientOf } from "~/api/clients";
import { problemOf } from "~/api/problem";
import type { ProtocolVersion } from "~/gen/reprise/study/v1/study_pb";
import { type PlanProtocolResponse, StudyService } from "~/gen/reprise/study/v1/study_service_pb";
import { Form, TextArea, textOf } from "~/parts/form";
import { Card, Empty, Notice } from "~/parts/layout";
import { useProtocol } from "~/pages/study/queries";
import { useCaller, usePlace } from "~/shell/self";
import { useText } from "~/text/text";
import { manager } from "../text";
import { Differences } from "./differences";
import { Faults } from "./faults";

const MOST_BYTES = 1 << 20;

interface Chosen { readonly name: string; readonly text: string }

export function PlanPage() {
  const t = useText(manager);
  const { study } = usePlace();
  const content = useProtocol().data?.content;
  const [chosen, setChosen] = useState<Chosen>();
  const [answer, setAnswer] = useState<PlanProtocolResponse>();
  const [applied, setApplied] = useState<ProtocolVersion>();
  const [tooLarge, setTooLarge] = useState(false);
  const id = useId();
  const plan = useMutation({
    mutationFn: (file: Chosen) => clientOf(StudyService).planProtocol({ studyId: study.studyId, document: file.text, documentName: file.name }),
    // Kept while the same file is planned again, so that what was typed below it stays.
    onSuccess: setAnswer,
    onError: () => setAnswer(undefined),
  });
  const read = async (file: File | undefined) => {
    setApplied(undefined);
    setTooLarge(false);
    setAnswer(undefined);
    plan.reset();
    if (file === undefined) return;
    if (file.size > MOST_BYTES) return setTooLarge(true);
    const now = { name: file.name, text: await file.text() };
    setChosen(now);
    plan.mutate(now);
  };
  return (
    <div className="stack">
      <Card title={t("plan_title")}>
        <div className="stack">
          <p className="measure">{t("plan_lead")}</p>
          <div className="field">
            <label htmlFor={id}>{t("plan_file")}</label>
            <span className="help" id={`${id}-help`}>{t("plan_file_help")}</span>
            <input id={id} type="file" className="input" accept=".yaml,.yml,.json" aria-describedby={`${id}-help`}
              onChange={(event) => void read(event.target.files?.[0])}
              onClick={(event) => { (event.target as HTMLInputElement).value = ""; }} />
          </div>
        </div>
      </Card>
      {tooLarge && <Notice tone="bad" live>{t("plan_too_large")}</Notice>}
      <div aria-live="polite" className="stack">
        {plan.isPending && <p className="loading">{t("plan_reading")}</p>}
        {chosen !== undefined && plan.isError && <Faults error={plan.error} document={chosen.text} content={content} />}
        {applied !== undefined && (
          <Notice tone="good">
            <p>{t("plan_applied", { label: applied.label, number: applied.version })}</p>
            <p><Link href={`/${applied.version}`}>{t("plan_read")}</Link></p>
          </Notice>
        )}
        {chosen !== undefined && answer !== undefined && applied === undefined && (
          <Plan plan={answer} chosen={chosen} onApplied={setApplied} onAgain={() => plan.mutateAsync(chosen).then(() => undefined)} />
        )}
      </div>
    </div>
  );
}

function Plan({ plan, chosen, onApplied, onAgain }: {
  plan: PlanProtocolResponse;
  chosen: Chosen;
  onApplied: (version: ProtocolVersion) => void;
  // Plans the same file again.
  onAgain: () => Promise<void>;
}) {
  const t = useText(manager);
  const { may } = useCaller();
  const { study } = usePlace();
  const queries = useQueryClient();
  const content = useProtocol().data?.content;
  const [overtaken, setOvertaken] = useState(false);
  if (plan.differences.length === 0) return <Empty>{t("plan_nothing", { name: chosen.name })}</Empty>;
  const apply = async (data: FormData, requestId: string) => {
    try {
      const version = await clientOf(StudyService).applyProtocol({
        requestId, studyId: study.studyId, document: chosen.text, documentName: chosen.name, liveVersion: plan.liveVersion,
        changeReason: textOf(data, "change_reason"),
      });
      await Promise.all(["GetProtocol", "ListProtocolVersions", "studies"].map((key) => queries.invalidateQueries({ queryKey: [key] })));
      onApplied(version);
    } catch (error) {
      // Somebody was faster: her version is read, and the differences against it are shown.
      if (problemOf(error).reason === "ETAG_MISMATCH") {
        setOvertaken(true);
        await queries.invalidateQueries({ queryKey: ["GetProtocol"] });
        await onAgain();
      }
      throw error;
    }
  };
  return (
    <div className="stack">
      <h2>{t("plan_differences", { name: chosen.name, count: plan.differences.length })}</h2>
      {plan.progressionPostHoc && <Notice tone="warn"><p><strong>{t("plan_post_hoc")}</strong></p><p>{t("plan_post_hoc_help")}</p></Notice>}
      {plan.newSites.length > 0 && <Notice>{t("plan_new_sites", { sites: plan.newSites.join(", ") })}</Notice>}
      {overtaken && <Notice tone="warn">{t("plan_overtaken")}</Notice>}
      <Differences differences={plan.differences} content={content} />
      {may("protocol.apply") ? (
        <Card title={t("plan_apply_title")}>
          <Form onSubmit={apply} submit={t("plan_apply")}>
            <p className="measure">{t("plan_apply_lead")}</p>
            <TextArea name="change_reason" label={t("change_reason")} help={t("change_reason_help")} maxLength={500} rows={3} optional={plan.liveVersion === 0} />
          </Form>
        </Card>
      ) : <Notice>{t("plan_apply_other")}</Notice>}
    </div>
  );
}
