// SPDX-License-Identifier: Apache-2.0
// The protocol: what kind of study, its stages, arms, sites and participants.
import type { StudyDocument, StudyDocument_Stage } from "~/gen/reprise/study/v1/document_pb";
import { Facts } from "~/parts/layout";
import { levelOf } from "~/pages/study/levels";
import { useFormats } from "~/text/format";
import { told, useText } from "~/text/text";
import { manager } from "../text";
import type { Words } from "../words/words";
import { Grid, Section } from "./parts";

interface Props { readonly content: StudyDocument; readonly words: Words }

export function Sections({ content, words }: Props) {
  return (
    <>
      <Regulation content={content} words={words} />
      <Section id="stages" title={words.field("stages")}>
        {content.stages.map((stage) => <Stage key={stage.code} stage={stage} content={content} words={words} />)}
      </Section>
      <Arms content={content} words={words} />
      <Sites content={content} words={words} />
      <Criteria content={content} words={words} />
      <Forms content={content} words={words} />
    </>
  );
}

function Regulation({ content, words }: Props) {
  const t = useText(manager);
  const about = content.regulation;
  const named = (field: string, value: string | undefined) => [words.field(field), value ? words.value(field, value) : t("not_said")] as const;
  return (
    <Section id="regulation" title={words.field("regulation")}>
      <Facts facts={[
        named("sponsor", about?.sponsor), named("category", about?.category), named("id_rcb", about?.idRcb), named("registry", about?.registry),
        named("methodology", about?.methodology), named("ethics_opinion_on", about?.ethicsOpinionOn),
      ]} />
    </Section>
  );
}

function period(opens: string, closes: string, words: Words, t: ReturnType<typeof useText<keyof typeof manager.fr>>): string {
  return closes === "" ? t("open_from", { from: words.value("opens_on", opens) })
    : t("open_from_until", { from: words.value("opens_on", opens), until: words.value("opens_on", closes) });
}

function Stage({ stage, content, words }: Props & { stage: StudyDocument_Stage }) {
  const t = useText(manager);
  const factors = stage.allocation?.factors.map((factor) =>
    factor.levels.length === 0 ? told(factor.title) : `${told(factor.title)} (${factor.levels.map((level) => levelOf(factor, level)).join(", ")})`).join(t("and_then"));
  return (
    <div className="stack tight">
      <h3>{told(stage.title)}</h3>
      <Facts facts={[
        [words.field("kind"), words.value("kind", stage.kind)],
        ...(stage.pilotKind === "" ? [] : [[words.field("pilot_kind"), words.value("pilot_kind", stage.pilotKind)] as const]),
        [t("period"), period(stage.opensOn, stage.closesOn, words, t)],
        [words.field("arms"), stage.arms.length === 0 ? t("no_arms") : words.value("arms", stage.arms)],
        ...(stage.allocation === undefined ? [] : [
          [words.field("factors"), factors || t("none")] as const,
          [words.field("block_sizes"), stage.allocation.blockSizes.join(", ")] as const,
          [words.field("after_timepoint"), stage.allocation.afterTimepoint === "" ? t("none") : words.timepoint(stage.allocation.afterTimepoint)] as const,
        ]),
        ...(stage.excludes.length === 0 ? [] : [[words.field("excludes"), words.value("excludes", stage.excludes)] as const]),
      ]} />
      <Grid caption={t("targets_of", { stage: told(stage.title) })} heads={[words.field("from"), words.field("participants"), words.field("reason")]} numbers={[1]}
        rows={stage.targets.map((target) => [words.value("from", target.from), words.value("participants", target.participants), target.reason])} />
      {content.stages.at(-1) !== stage && <hr />}
    </div>
  );
}

function Arms({ content, words }: Props) {
  const t = useText(manager);
  return (
    <Section id="arms" title={words.field("arms")}>
      {content.arms.length === 0 ? <p>{t("none")}</p> : (
        <Grid caption={words.field("arms")} heads={[words.field("title"), words.field("ratio"), words.field("intervention")]} numbers={[1]}
          rows={content.arms.map((arm) => [told(arm.title), arm.ratio, words.value("", arm.intervention)])} />
      )}
    </Section>
  );
}

function Sites({ content, words }: Props) {
  const t = useText(manager);
  return (
    <Section id="sites" title={words.field("sites")}>
      <Grid caption={words.field("sites")} heads={[words.field("name"), words.field("code"), t("period"), words.field("time_zone")]}
        rows={content.sites.map((site) => [site.name, site.code, period(site.opensOn, site.closesOn, words, t), site.timeZone || "Europe/Paris"])} />
    </Section>
  );
}

function Criteria({ content, words }: Props) {
  const t = useText(manager);
  const of = (kind: string) => content.criteria.filter((each) => each.kind === kind);
  const only = (stages: readonly string[]) => (stages.length === 0 ? "" : ` (${words.value("stages", stages)})`);
  return (
    <Section id="criteria" title={words.field("criteria")}>
      {(["INCLUSION", "EXCLUSION"] as const).map((kind) => (
        <div key={kind} className="stack tight">
          <h3>{t(kind === "INCLUSION" ? "inclusion" : "exclusion")}</h3>
          <ul className="st-plain">
            {of(kind).map((each) => (
              <li key={each.code}>{told(each.title)}<span className="quiet">{only(each.stages)}</span></li>
            ))}
          </ul>
        </div>
      ))}
      <h3>{words.field("decline_reasons")}</h3>
      <ul className="st-plain">{content.declineReasons.map((each) => <li key={each.code}>{told(each.title)}</li>)}</ul>
    </Section>
  );
}

function Forms({ content, words }: Props) {
  const t = useText(manager);
  const f = useFormats();
  return (
    <Section id="consent_forms" title={words.field("consent_forms")}>
      <Grid caption={words.field("consent_forms")} heads={[words.field("title"), words.field("version"), t("valid"), words.field("stages")]}
        rows={content.consentForms.map((form) => [
          told(form.title), form.version,
          form.validUntil === "" ? t("open_from", { from: f.longDay(form.validFrom) }) : t("open_from_until", { from: f.longDay(form.validFrom), until: f.longDay(form.validUntil) }),
          form.stages.length === 0 ? t("all_stages") : words.value("stages", form.stages),
        ])} />
      {content.consentScopes.length > 0 && (
        <Facts facts={[[words.field("consent_scopes"), content.consentScopes.map((each) => told(each.title)).join("\u00a0; ")]]} />
      )}
    </Section>
  );
}
