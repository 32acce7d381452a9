// SPDX-License-Identifier: Apache-2.0
// An account for a colleague; her role is given on her page, where one lands.
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "wouter";
import { clientOf } from "~/api/clients";
import { AccessService } from "~/gen/reprise/access/v1/access_service_pb";
import { Form, SelectField, TextField, textOf } from "~/parts/form";
import { Card, Page } from "~/parts/layout";
import { FirstPassword, Handover, type HandedOver } from "./handover";
import { administrator } from "./text";
import { common } from "~/text/common";
import { useText } from "~/text/text";

export function NewAccountPage() {
  const t = useText(administrator);
  const c = useText(common);
  const queries = useQueryClient();
  const [made, setMade] = useState<HandedOver & { userId: string; name: string }>();
  const save = async (data: FormData, requestId: string) => {
    const password = textOf(data, "password");
    const user = await clientOf(AccessService).createUser({
      requestId, loginName: textOf(data, "login_name"), displayName: textOf(data, "display_name"), language: textOf(data, "language"), password,
    });
    await queries.invalidateQueries({ queryKey: ["ListUsers"] });
    setMade({ userId: user.userId, name: user.displayName, loginName: user.loginName, password });
  };
  return (
    <Page title={t("account_new")} lead={t("account_new_lead")} crumbs={[{ to: "/", label: t("accounts_title") }]}>
      {made === undefined ? (
        <Card>
          <Form onSubmit={save} submit={t("account_make")}>
            <TextField name="display_name" label={t("name")} help={t("name_help")} autoComplete="off" />
            <TextField name="login_name" label={t("login_name")} help={t("login_name_help")} autoComplete="off" />
            <SelectField name="language" label={c("language_choice")} options={[{ value: "fr", label: c("language_fr") }, { value: "en", label: c("language_en") }]} />
            <FirstPassword />
          </Form>
        </Card>
      ) : (
        <>
          <Handover made={made} title={t("account_made", { name: made.name })} />
          <p>{t("account_made_next")}</p>
          <div className="row no-print">
            <Link href={`/accounts/${made.userId}`} className="button main">{t("give_role")}</Link>
            <button type="button" className="button" onClick={() => setMade(undefined)}>{t("account_another")}</button>
          </div>
        </>
      )}
    </Page>
  );
}
