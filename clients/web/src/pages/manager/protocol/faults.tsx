// SPDX-License-Identifier: Apache-2.0
// The faults of a study document, each at its line.
import { problemOf, type Problem, type Violation } from "~/api/problem";
import type { StudyDocument } from "~/gen/reprise/study/v1/document_pb";
import { Notice } from "~/parts/layout";
import { ProblemNotice } from "~/parts/problem";
import { useText } from "~/text/text";
import { manager } from "../text";
import { useWords, words as texts } from "../words/words";

export interface Fault {
  // 0 where the service names none.
  readonly line: number;
  readonly path: string;
  readonly reason: string;
  // What the service thinks was meant.
  readonly suggestion: string | undefined;
}

// `study.yaml:12:11 stages[PILOT].kind`; a name of a file may hold spaces and colons.
export function faultOf(violation: Violation): Fault {
  const at = /^.*?:(\d+):(\d+)(?: (.*))?$/s.exec(violation.field);
  return {
    line: at === null ? 0 : Number(at[1]),
    path: at === null ? violation.field : (at[3] ?? ""),
    reason: violation.reason,
    suggestion: /perhaps `?([^`\s]+?)`? is meant/.exec(violation.detail)?.[1],
  };
}

// `stages[PILOT].kind STAGE_HAS_CONSENTS; sites[LYS] SITE_STAYS`, as PROTOCOL_CHANGE_FORBIDDEN tells them.
export function forbiddenOf(changes: string): Fault[] {
  return changes.split("; ").filter((each) => each !== "").map((each) => {
    const end = each.lastIndexOf(" ");
    return { line: 0, path: each.slice(0, end), reason: each.slice(end + 1), suggestion: undefined };
  });
}

export function Faults({ error, document, content }: { error: unknown; document: string; content: StudyDocument | undefined }) {
  const t = useText(manager);
  const problem: Problem = problemOf(error);
  if (problem.reason === "PROTOCOL_INVALID" || problem.violations.some((each) => /:\d+:\d+/.test(each.field))) {
    return (
      <div className="stack">
        <Notice tone="bad" live>
          <p><strong>{t("plan_faults", { count: problem.violations.length })}</strong></p>
          <p>{t("plan_faults_help")}</p>
        </Notice>
        <List faults={problem.violations.map(faultOf)} document={document} content={content} />
      </div>
    );
  }
  if (problem.reason === "PROTOCOL_CHANGE_FORBIDDEN") {
    const changes = forbiddenOf(problem.about["changes"] ?? "");
    return (
      <div className="stack">
        <Notice tone="bad" live>
          <p><strong>{t("plan_forbidden", { count: changes.length })}</strong></p>
          <p>{t("plan_forbidden_help")}</p>
        </Notice>
        <List faults={changes} document={document} content={content} />
      </div>
    );
  }
  return <ProblemNotice problem={problem} />;
}

function List({ faults, document, content }: { faults: readonly Fault[]; document: string; content: StudyDocument | undefined }) {
  const t = useText(manager);
  const words = useWords(content);
  const lines = document.split("\n");
  const sentence = (fault: Fault) => {
    const key = `x_${fault.reason}`;
    return words.say((key in texts.fr ? key : "x_FAULT_OTHER") as keyof typeof texts.fr);
  };
  return (
    <ol className="mg-differences" aria-label={t("plan_fault_list")}>
      {faults.map((each, i) => (
        <li key={i}>
          <div className="row">
            {each.line > 0 && <span className="mg-line">{t("line_number", { n: each.line })}</span>}
            <h3>{words.path(each.path).join(" › ")}</h3>
          </div>
          {each.line > 0 && <code className="mg-source">{(lines[each.line - 1] ?? "").trim().slice(0, 120)}</code>}
          <p>{sentence(each)}{each.suggestion !== undefined && <> {t("perhaps", { word: each.suggestion })}</>}</p>
        </li>
      ))}
    </ol>
  );
}
