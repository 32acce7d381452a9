// SPDX-License-Identifier: Apache-2.0
// A question or a form above the page. The browser's own dialog: it keeps the focus and closes on Escape.
import { type ReactNode, useEffect, useId, useRef } from "react";
import { useText } from "~/text/text";
import { common } from "~/text/common";

export function Dialog({ title, open, onClose, children }: {
  title: string;
  open: boolean;
  onClose: () => void;
  children: ReactNode;
}) {
  const t = useText(common);
  const element = useRef<HTMLDialogElement>(null);
  const heading = useId();
  useEffect(() => {
    const dialog = element.current;
    if (dialog === null) return;
    if (open && !dialog.open) dialog.showModal();
    if (!open && dialog.open) dialog.close();
  }, [open]);
  return (
    <dialog ref={element} className="dialog" aria-labelledby={heading} onClose={onClose}>
      <header>
        <h2 id={heading}>{title}</h2>
        <button type="button" className="button plain" onClick={onClose}>{t("close")}</button>
      </header>
      {open && <div className="body">{children}</div>}
    </dialog>
  );
}
