// SPDX-License-Identifier: Apache-2.0
// Going out empties the device, so answers that the server does not have yet are asked about first.
import { useState } from "react";
import { createPortal } from "react-dom";
import { Dialog } from "~/parts/dialog";
import { common } from "~/text/common";
import { useText } from "~/text/text";
import { leave } from "./enter";
import { unsentAnswers } from "./open";
import { texts } from "./text";

export function LogOut() {
  const t = useText(texts);
  const c = useText(common);
  const [unsent, setUnsent] = useState(0);
  const go = () => void leave().catch(() => undefined).finally(() => location.assign("/p"));
  const ask = () => {
    const count = unsentAnswers();
    if (count === 0) go();
    else setUnsent(count);
  };
  return (
    <>
      <button type="button" className="button plain" onClick={ask}>{c("log_out")}</button>
      {/* Outside of the banner, of which it is no part. */}
      {createPortal(<Dialog title={t("leave_title")} open={unsent > 0} onClose={() => setUnsent(0)}>
        <div className="stack">
          <p>{t("leave_unsent", { count: unsent })}</p>
          <div className="row">
            <button type="button" className="button main" onClick={() => setUnsent(0)}>{t("leave_stay")}</button>
            <button type="button" className="button danger" onClick={go}>{t("leave_go")}</button>
          </div>
        </div>
      </Dialog>, document.body)}
    </>
  );
}
