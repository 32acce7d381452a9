// SPDX-License-Identifier: Apache-2.0
// What did not work, in the person's language, with what she can do about it.
import { mayRetry, type Problem } from "~/api/problem";
import { Notice } from "~/parts/layout";
import { common } from "~/text/common";
import { sentenceOf } from "~/text/reasons";
import { useText } from "~/text/text";

export function ProblemNotice({ problem, onRetry }: { problem: Problem; onRetry?: () => void }) {
  const t = useText(common);
  const language = t("language");
  return (
    <div tabIndex={-1} role="alert">
      <Notice tone="bad">
        <p><strong>{sentenceOf(problem.reason, language, problem.about)}</strong></p>
        {problem.violations.length > 0 && (
          <ul>
            {problem.violations.map((each) => (
              <li key={each.field + each.reason}><code>{each.field}</code> : {sentenceOf(each.reason, language)}</li>
            ))}
          </ul>
        )}
        {problem.retrySeconds !== undefined && <p>{t("retry_after", { seconds: Math.ceil(problem.retrySeconds) })}</p>}
        {onRetry !== undefined && mayRetry(problem) && (
          <p><button type="button" className="button" onClick={onRetry}>{t("try_again")}</button></p>
        )}
      </Notice>
    </div>
  );
}
