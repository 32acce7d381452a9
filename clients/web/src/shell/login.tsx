// SPDX-License-Identifier: Apache-2.0
// Log in with name and password, then with a second factor where the account has one.
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { problemOf } from "~/api/problem";
import { logIn } from "~/api/session";
import { Form, TextField, textOf } from "~/parts/form";
import { Notice, Page } from "~/parts/layout";
import { useText } from "~/text/text";
import { TopBar } from "./topbar";
import { shell } from "./text";

export function LoginPage({ sessionOver }: { sessionOver: boolean }) {
  const t = useText(shell);
  const queries = useQueryClient();
  // Kept in memory alone, between the password and the code.
  const [accepted, setAccepted] = useState<{ loginName: string; password: string }>();

  const first = async (data: FormData) => {
    const credentials = { loginName: textOf(data, "login_name"), password: String(data.get("password") ?? "") };
    try {
      await logIn(credentials);
    } catch (error) {
      if (problemOf(error).reason !== "SECOND_FACTOR_REQUIRED") throw error;
      setAccepted(credentials);
      return;
    }
    await queries.invalidateQueries();
  };
  const second = async (data: FormData) => {
    await logIn({ ...accepted!, secondFactorCode: textOf(data, "second_factor_code").replaceAll(" ", "") });
    await queries.invalidateQueries();
  };

  return (
    <>
      <TopBar />
      <main className="shell-main narrow" id="content">
        <Page title={t("login_title")}>
          {sessionOver && accepted === undefined && <Notice tone="warn" live>{t("session_over")}</Notice>}
          <section className="card">
            {accepted === undefined ? (
              <Form key="first" onSubmit={first} submit={t("log_in")}>
                <TextField name="login_name" label={t("login_name")} autoComplete="username" autoFocus />
                <TextField name="password" label={t("password")} type="password" autoComplete="current-password" />
              </Form>
            ) : (
              <Form key="second" onSubmit={second} submit={t("log_in")}
                aside={<button type="button" className="button plain" onClick={() => setAccepted(undefined)}>{t("other_account")}</button>}>
                <p>{t("second_factor_lead")}</p>
                <TextField name="second_factor_code" label={t("second_factor")} help={t("second_factor_help")}
                  autoComplete="one-time-code" short autoFocus />
              </Form>
            )}
          </section>
          <p className="quiet">{t("participant_hint")}<a href="/p">{t("participant_code")}</a>.</p>
        </Page>
      </main>
    </>
  );
}
