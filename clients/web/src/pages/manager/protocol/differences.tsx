// SPDX-License-Identifier: Apache-2.0
// What differs between two versions of the protocol, old and new side by side, in words.
import type { ProtocolDifference } from "~/gen/reprise/study/v1/study_pb";
import { ProtocolDifference_Kind as Kind } from "~/gen/reprise/study/v1/study_pb";
import type { StudyDocument } from "~/gen/reprise/study/v1/document_pb";
import { Sign, type Shape, type SignTone } from "~/parts/sign";
import { useText } from "~/text/text";
import { manager } from "../text";
import { stepsOf, useWords, type Words } from "../words/words";

const KINDS: Readonly<Record<Kind, { shape: Shape; tone: SignTone; label: "kind_changed" | "kind_added" | "kind_removed" }>> = {
  [Kind.UNSPECIFIED]: { shape: "half", tone: "calm", label: "kind_changed" },
  [Kind.ADDED]: { shape: "full", tone: "good", label: "kind_added" },
  [Kind.REMOVED]: { shape: "cross", tone: "bad", label: "kind_removed" },
  [Kind.CHANGED]: { shape: "half", tone: "calm", label: "kind_changed" },
};

export function Differences({ differences, content }: {
  differences: readonly ProtocolDifference[];
  // A version from which codes get their titles.
  content: StudyDocument | undefined;
}) {
  const t = useText(manager);
  const words = useWords(content);
  return (
    <ul className="mg-differences">
      {differences.map((each) => {
        const kind = KINDS[each.kind];
        const field = stepsOf(each.path).at(-1)?.field ?? "";
        return (
          <li key={each.path + each.kind}>
            <div className="row spread">
              <h3>{words.path(each.path).join(" › ")}</h3>
              <Sign shape={kind.shape} tone={kind.tone} label={t(kind.label)} />
            </div>
            <div className="mg-sides">
              <Side title={t("old_value")} side="old" json={each.oldValue} field={field} words={words} />
              <Side title={t("new_value")} side="new" json={each.newValue} field={field} words={words} />
            </div>
          </li>
        );
      })}
    </ul>
  );
}

function Side({ title, side, json, field, words }: { title: string; side: "old" | "new"; json: string; field: string; words: Words }) {
  const t = useText(manager);
  return (
    <div className={`mg-side ${side}`}>
      <h4>{title}</h4>
      {json === "" ? <span className="quiet">{t("nothing")}</span> : <Value value={read(json)} field={field} words={words} />}
    </div>
  );
}

function read(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return json;
  }
}

function Value({ value, field, words }: { value: unknown; field: string; words: Words }) {
  if (Array.isArray(value) && value.some((each) => typeof each === "object")) {
    return <ol className="st-plain">{value.map((each, i) => <li key={i}><Value value={each} field={field} words={words} /></li>)}</ol>;
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    return (
      <dl>
        {Object.entries(value).map(([name, part]) => [
          <dt key={`${name}-t`}>{words.field(name)}</dt>,
          <dd key={`${name}-d`}><Value value={part} field={name} words={words} /></dd>,
        ])}
      </dl>
    );
  }
  return <span>{words.value(field, value)}</span>;
}
