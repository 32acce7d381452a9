// SPDX-License-Identifier: Apache-2.0
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { clientOf } from "~/api/clients";
import { AccessService } from "~/gen/reprise/access/v1/access_service_pb";
import { Form, TextField } from "~/parts/form";
import { Card, Notice } from "~/parts/layout";
import { useCaller } from "~/shell/self";
import { useText } from "~/text/text";
import { account } from "./text";

export function PasswordCard() {
  const t = useText(account);
  const { self } = useCaller();
  const queries = useQueryClient();
  // The fields are emptied by making the form anew.
  const [changes, setChanges] = useState(0);
  const change = async (data: FormData, requestId: string) => {
    await clientOf(AccessService).changePassword({
      requestId,
      oldPassword: String(data.get("old_password") ?? ""),
      newPassword: String(data.get("new_password") ?? ""),
    });
    setChanges(changes + 1);
    await queries.invalidateQueries({ queryKey: ["self"] });
  };
  return (
    <Card title={t("password_title")}>
      <div className="stack">
        {self.passwordChangeRequired && <Notice tone="warn">{t("password_required")}</Notice>}
        {changes > 0 && <Notice tone="good" live>{t("password_changed")}</Notice>}
        <Form key={changes} onSubmit={change} submit={t("change_password")}>
          <TextField name="old_password" label={t("old_password")} type="password" autoComplete="current-password" />
          <TextField name="new_password" label={t("new_password")} help={t("new_password_help")} type="password"
            autoComplete="new-password" />
        </Form>
      </div>
    </Card>
  );
}
