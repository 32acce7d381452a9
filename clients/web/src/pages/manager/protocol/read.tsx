// SPDX-License-Identifier: Apache-2.0
// One version of the protocol as people read it.
import { dayOf, instantOf } from "~/api/dates";
import type { GetProtocolResponse } from "~/gen/reprise/study/v1/study_service_pb";
import { Facts, Notice } from "~/parts/layout";
import { Query } from "~/parts/query";
import { useProtocol } from "~/pages/study/queries";
import { useFormats } from "~/text/format";
import { useText } from "~/text/text";
import { manager } from "../text";
import { useWords } from "../words/words";
import { Schedules } from "./schedules";
import { Sections } from "./sections";

export function ReadPage({ version }: { version?: number }) {
  const query = useProtocol(version);
  return <Query query={query}>{(answer) => <Protocol answer={answer} />}</Query>;
}

const PARTS = ["regulation", "stages", "arms", "sites", "criteria", "consent_forms", "components", "visits", "questionnaires",
  "progression_rules", "endpoints", "partners", "funding"] as const;

function Protocol({ answer }: { answer: GetProtocolResponse }) {
  const t = useText(manager);
  const f = useFormats();
  const content = answer.content!;
  const words = useWords(content);
  const version = answer.protocolVersion!;
  return (
    <div className="stack wide">
      <section className="card stack">
        <h2>{words.language === "fr" ? content.title["fr"] : content.title["en"]}</h2>
        <Facts facts={[
          [t("version"), t("version_named", { label: version.label, number: version.version })],
          [words.field("in_force_on"), f.longDay(dayOf(version.inForceDate))],
          [t("applied"), f.instant(instantOf(version.applyTime))],
          ...(version.changeReason === "" ? [] : [[t("change_reason"), version.changeReason] as const]),
        ]} />
        {version.progressionPostHoc && <Notice tone="warn">{t("version_post_hoc")}</Notice>}
        <div className="row no-print">
          <button type="button" className="button" onClick={() => keep(answer.document, `${content.study}-${version.label}.yaml`)}>{t("keep_document")}</button>
          <button type="button" className="button" onClick={() => window.print()}>{t("print")}</button>
        </div>
      </section>
      <nav className="mg-contents no-print" aria-label={t("contents")}>
        <ul>{PARTS.map((part) => <li key={part}><a href={`#${part}`}>{words.field(part)}</a></li>)}</ul>
      </nav>
      <Sections content={content} words={words} />
      <Schedules content={content} words={words} />
    </div>
  );
}

function keep(text: string, name: string) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "application/yaml" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
