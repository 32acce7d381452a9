// SPDX-License-Identifier: Apache-2.0
// A password that is proposed, and shown once more to be handed over.
import { useState } from "react";
import { TextField } from "~/parts/form";
import { Facts, Notice } from "~/parts/layout";
import { useText } from "~/text/text";
import { newPassword } from "./password";
import { administrator } from "./text";

// Readable, because it is for somebody else and to be read out or printed.
export function FirstPassword() {
  const t = useText(administrator);
  const [value, setValue] = useState(() => newPassword());
  return (
    <div className="stack tight">
      <TextField name="password" label={t("first_password")} help={t("first_password_help")} autoComplete="off" value={value}
        onChange={(event) => setValue(event.target.value)} />
      <div><button type="button" className="button" onClick={() => setValue(newPassword())}>{t("propose_another")}</button></div>
    </div>
  );
}

export interface HandedOver { readonly loginName: string; readonly password: string }

export function Handover({ made, title }: { made: HandedOver; title: string }) {
  const t = useText(administrator);
  return (
    <Notice tone="good" live>
      <p><strong>{title}</strong></p>
      <Facts facts={[[t("login_name"), <code key="l">{made.loginName}</code>], [t("first_password"), <code key="p">{made.password}</code>]]} />
      <p>{t("handover_help")}</p>
      <p className="no-print"><button type="button" className="button" onClick={() => window.print()}>{t("print")}</button></p>
    </Notice>
  );
}
