// SPDX-License-Identifier: Apache-2.0
// What would follow from a change, in the service's own sentences.
import { Notice } from "~/parts/layout";
import { typeset } from "~/text/text";
import { useCourseText } from "./labels";

export function Changes({ changes, complete, title }: { changes: readonly string[]; complete: boolean; title?: string }) {
  const t = useCourseText();
  return (
    <Notice tone={changes.length > 0 ? "warn" : "calm"} live>
      <p><strong>{title ?? t("preview_title")}</strong></p>
      {!complete && <p>{t("preview_unavailable")}</p>}
      {complete && changes.length === 0 && <p>{t("preview_none")}</p>}
      {changes.length > 0 && <ul>{changes.map((change) => <li key={change}>{typeset(change)}</li>)}</ul>}
    </Notice>
  );
}
