// SPDX-License-Identifier: Apache-2.0
// The protocol: what is done and asked when, how progress is judged, and who pays.
import type { StudyDocument } from "~/gen/reprise/study/v1/document_pb";
import { Facts } from "~/parts/layout";
import { told, useText } from "~/text/text";
import { manager } from "../text";
import type { Words } from "../words/words";
import { Grid, Section } from "./parts";

interface Props { readonly content: StudyDocument; readonly words: Words }

export function Schedules({ content, words }: Props) {
  const t = useText(manager);
  const stages = (codes: readonly string[]) => (codes.length === 0 ? t("all_stages") : words.value("stages", codes));
  return (
    <>
      <Section id="components" title={words.field("components")}>
        <Grid caption={words.field("components")} heads={[words.field("title"), words.field("step"), words.field("deliverer"), t("when"), words.field("version")]} numbers={[1]}
          rows={content.components.map((each) => [
            told(each.title), each.step, words.value("deliverer", each.deliverer),
            <>{words.span(each)}{each.leaveLongerThanMonths > 0 && <><br /><span className="quiet">{t("leave_longer", { n: each.leaveLongerThanMonths })}</span></>}</>,
            each.version,
          ])} />
      </Section>
      <Section id="visits" title={words.field("visits")}>
        <Grid caption={words.field("visits")} heads={[words.field("title"), t("when"), words.field("recorded_by"), words.field("stages")]}
          rows={content.visits.map((each) => [
            told(each.title), words.window(each), each.recordedBy === "" ? t("recorded_by_both") : words.value("recorded_by", each.recordedBy), stages(each.stages),
          ])} />
      </Section>
      <Section id="questionnaires" title={words.field("questionnaires")}>
        <Grid caption={words.field("questionnaires")}
          heads={[words.field("timepoint"), words.field("instrument"), words.field("version"), t("when"), words.field("respondent"), words.field("required"), words.field("stages")]}
          rows={content.questionnaires.map((each) => [
            words.timepoint(each.timepoint), words.instrument(each.instrument), each.version, words.window(each), words.value("respondent", each.respondent || "PARTICIPANT"), words.value("", each.required), stages(each.stages),
          ])} />
      </Section>
      <Rules content={content} words={words} />
      <Endpoints content={content} words={words} />
      <Section id="partners" title={words.field("partners")}>
        <Grid caption={words.field("partners")} heads={[words.field("name"), words.field("kind")]}
          rows={content.partners.map((each) => [each.name, words.value("kind", each.kind)])} />
      </Section>
      <Funding content={content} words={words} />
    </>
  );
}

function Rules({ content, words }: Props) {
  const t = useText(manager);
  const threshold = (metric: string, value: number) =>
    metric === "RECRUITMENT_RATE" ? words.value("", value) : new Intl.NumberFormat(words.language, { style: "percent", maximumFractionDigits: 1 }).format(value);
  return (
    <Section id="progression_rules" title={words.field("progression_rules")}>
      <Grid caption={words.field("progression_rules")}
        heads={[words.field("title"), words.field("stage"), words.field("metric"), words.field("green"), words.field("red"), words.field("judged_on")]} numbers={[3, 4]}
        rows={content.progressionRules.map((each) => [
          told(each.title), words.value("stage", each.stage), each.of === "" ? words.value("metric", each.metric) : `${words.value("metric", each.metric)} : ${words.value("of", each.of)}`,
          `${each.lowerIsBetter ? "≤" : "≥"} ${threshold(each.metric, each.green)}`, `${each.lowerIsBetter ? ">" : "<"} ${threshold(each.metric, each.red)}`,
          words.value("judged_on", each.judgedOn),
        ])} />
      {content.signatures.map((each) => (
        <p key={each.stage}>{t("signed", { stage: words.value("stage", each.stage), day: words.value("signed_on", each.signedOn), who: words.value("signed_by", each.signedBy) })}</p>
      ))}
    </Section>
  );
}

function Endpoints({ content, words }: Props) {
  return (
    <Section id="endpoints" title={words.field("endpoints")}>
      <Grid caption={words.field("endpoints")} heads={[words.field("definition"), words.field("code"), words.field("version"), words.field("rank")]}
        rows={content.endpoints.map((each) => [words.value("definition", each.definition), each.definition, each.version, words.value("rank", each.rank)])} />
      {content.phaseRules !== undefined && <Facts facts={[[words.field("relapse_days"), content.phaseRules.relapseDays]]} />}
    </Section>
  );
}

function Funding({ content, words }: Props) {
  const t = useText(manager);
  const sum = content.funding.reduce((all, each) => all + Number(each.amountEur), 0);
  return (
    <Section id="funding" title={words.field("funding")}>
      {content.funding.length === 0 ? <p>{t("none")}</p> : (
        <>
          <Grid caption={words.field("funding")} heads={[words.field("funder"), words.field("programme"), words.field("year"), words.field("amount_eur")]} numbers={[2, 3]}
            rows={content.funding.map((each) => [each.funder, each.programme, each.year, words.value("amount_eur", Number(each.amountEur))])} />
          <p><strong>{t("funding_sum", { amount: words.value("amount_eur", sum) })}</strong></p>
        </>
      )}
    </Section>
  );
}
