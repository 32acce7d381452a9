// SPDX-License-Identifier: Apache-2.0
// Going out empties the device, so answers that the server does not have yet are asked about first.
import { useState } from "react";
import { createPortal } from "react-dom";
import { type Problem, problemOf } from "~/api/problem";
import { Dialog } from "~/parts/dialog";
import { ProblemNotice } from "~/parts/problem";
import { common } from "~/text/common";
import { useText } from "~/text/text";
import { leave } from "./enter";
import { unsentAnswers } from "./open";
import { texts } from "./text";

export function LogOut() {
  const t = useText(texts);
  const c = useText(common);
  const [unsent, setUnsent] = useState(0);
  const [problem, setProblem] = useState<Problem>();
  const go = async () => {
    setProblem(undefined);
    try {
      await leave();
      // Anew, so that nothing of her is left in the page either.
      location.assign("/p");
    } catch (error) {
      setProblem(problemOf(error));
    }
  };
  const ask = () => {
    const count = unsentAnswers();
    if (count === 0) void go();
    else setUnsent(count);
  };
  const close = () => {
    setUnsent(0);
    setProblem(undefined);
  };
  // Outside of the banner, of which it is no part.
  const dialog = (
    <Dialog title={t("leave_title")} open={unsent > 0 || problem !== undefined} onClose={close}>
      <div className="stack">
        {problem !== undefined && <ProblemNotice problem={problem} />}
        {unsent > 0 && <p>{t("leave_unsent", { count: unsent })}</p>}
        <div className="row">
          <button type="button" className="button main" onClick={close}>{t("leave_stay")}</button>
          <button type="button" className="button danger" onClick={() => void go()}>{unsent > 0 ? t("leave_go") : c("log_out")}</button>
        </div>
      </div>
    </Dialog>
  );
  return (
    <>
      <button type="button" className="button plain" onClick={ask}>{c("log_out")}</button>
      {createPortal(dialog, document.body)}
    </>
  );
}
