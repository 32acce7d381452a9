// SPDX-License-Identifier: Apache-2.0
// What somebody who runs the study should look at, with the way to it.
import { useQueries, useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Link } from "wouter";
import { clientOf } from "~/api/clients";
import { daysBetween, today } from "~/api/dates";
import { ProgressionResult_Light as Light } from "~/gen/reprise/cohort/v1/allocation_pb";
import type { CountFlowResponse } from "~/gen/reprise/cohort/v1/cohort_service_pb";
import { Extract_State } from "~/gen/reprise/extract/v1/extract_pb";
import { ExtractService } from "~/gen/reprise/extract/v1/extract_service_pb";
import { Instance_State } from "~/gen/reprise/questionnaire/v1/response_pb";
import type { StudyDocument } from "~/gen/reprise/study/v1/document_pb";
import { Card } from "~/parts/layout";
import { Loading } from "~/parts/query";
import { Sign, type Shape, type SignTone } from "~/parts/sign";
import { boardOptions, titlesOf, useOccasions } from "~/pages/study/queries";
import { useCaller, usePlace } from "~/shell/self";
import { useLanguage } from "~/text/language";
import { told, useText } from "~/text/text";
import { lastMonth, stateOf } from "./overview";
import { manager } from "./text";

// A site that has enrolled nobody for so long is named.
const QUIET_DAYS = 92;

interface Item { readonly key: string; readonly shape: Shape; readonly tone: SignTone; readonly label: string; readonly text: ReactNode; readonly to?: string; readonly link?: string }

export function Attention({ content, flows }: { content: StudyDocument; flows: readonly CountFlowResponse[] }) {
  const t = useText(manager);
  const language = useLanguage();
  const { study } = usePlace();
  const { self, may } = useCaller();
  const judged = content.stages.filter((stage) => stateOf(stage, today()) !== "stage_coming" && content.progressionRules.some((rule) => rule.stage === stage.code));
  const boards = useQueries({ queries: judged.map((stage) => boardOptions(study.studyId, stage.code)) });
  const extracts = useQuery({
    queryKey: ["ListExtracts", study.studyId],
    queryFn: ({ signal }) => clientOf(ExtractService).listExtracts({ studyId: study.studyId }, { signal }),
    enabled: may("extract.list"),
  });
  const occasions = useOccasions(undefined, may("instance.list"));
  if (extracts.isLoading || occasions.isLoading || boards.some((each) => each.isLoading)) return <Card title={t("attention")}><Loading /></Card>;

  const items: Item[] = [];
  const open = extracts.data?.extracts.filter((each) => each.state === Extract_State.REQUESTED && each.requestedBy !== self.user?.userId) ?? [];
  if (open.length > 0 && may("extract.approve")) {
    items.push({ key: "extracts", shape: "clock", tone: "warn", label: t("to_do"), text: t("attention_extracts", { count: open.length }), to: "/extracts", link: t("decide") });
  }
  for (const board of boards.flatMap((each) => (each.data === undefined ? [] : [each.data]))) {
    for (const [light, shape, tone, label] of [[Light.RED, "cross", "bad", "light_red"], [Light.AMBER, "late", "warn", "light_amber"]] as const) {
      const rules = board.results.filter((each) => each.light === light);
      if (rules.length === 0) continue;
      items.push({
        key: `${board.stage}-${light}`, shape, tone, label: t(label),
        text: t("attention_rules", { stage: titlesOf(content, language).stage(board.stage), rules: rules.map((each) => told(each.title)).join(", ") }),
        to: `/progression?stage=${board.stage}`, link: t("see"),
      });
    }
  }
  const missed = occasions.data?.filter((each) => each.state === Instance_State.MISSED && each.takesAnswers && each.required).length ?? 0;
  if (missed > 0) items.push({ key: "missed", shape: "late", tone: "warn", label: t("late"), text: t("attention_missed", { count: missed }) });
  const stillOpen = content.stages.some((stage) => stateOf(stage, today()) === "stage_open" && stage.kind !== "NEEDS");
  const quiet = !stillOpen ? [] : content.sites.filter((site) => {
    if (site.opensOn > today() || (site.closesOn !== "" && site.closesOn < today())) return false;
    const last = lastMonth(flows, site.code);
    return daysBetween(last === "" ? site.opensOn : `${last}-28`, today()) > QUIET_DAYS;
  });
  if (quiet.length > 0 && flows.length > 0) {
    items.push({ key: "quiet", shape: "question", tone: "calm", label: t("to_check"), text: t("attention_quiet", { count: quiet.length, sites: quiet.map((each) => each.name).join(", ") }) });
  }
  return (
    <Card title={t("attention")}>
      {items.length === 0 ? <p>{t("attention_none")}</p> : (
        <ul className="mg-attention">
          {items.map((each) => (
            <li key={each.key}>
              <Sign shape={each.shape} tone={each.tone} label={each.label} />
              <span>{each.text}</span>
              {each.to !== undefined && <Link href={each.to} className="button">{each.link}</Link>}
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
