// SPDX-License-Identifier: Apache-2.0
// The way in: by the link, which is opened by a button so that previews of messages do not use it up, or
// by the short code. The language comes first.
import { useState } from "react";
import { useLocation } from "wouter";
import { problemOf } from "~/api/problem";
import { Form, TextField, textOf } from "~/parts/form";
import { Notice, Page } from "~/parts/layout";
import { common } from "~/text/common";
import { chooseLanguage, LANGUAGES } from "~/text/language";
import { sentenceOf } from "~/text/reasons";
import { useText } from "~/text/text";
import { enter, isOwnLink } from "./enter";
import { forgetToken } from "./link";
import { freshCaller } from "./session";
import { texts } from "./text";

// A link or code that will never open: what to do instead.
const FINAL = new Set(["LINK_USED", "LINK_EXPIRED", "LINK_REVOKED", "LINK_UNKNOWN"]);

export function Welcome({ token, onOther }: { token: string; onOther: () => void }) {
  const t = useText(texts);
  const [, navigate] = useLocation();
  const [refusal, setRefusal] = useState<{ reason: string; live: boolean }>();

  const goOn = (instanceId: string) => {
    navigate(instanceId === "" ? "/" : `/q/${instanceId}`, { replace: true });
    forgetToken();
  };
  const open = async () => {
    try {
      if ((await isOwnLink(token)) && (await freshCaller())) return goOn("");
      const { instanceId, otherClosed } = await enter({ token });
      if (otherClosed) onOther();
      goOn(instanceId);
    } catch (error) {
      const { reason } = problemOf(error);
      if (!FINAL.has(reason)) throw error;
      const session = await freshCaller().catch(() => null);
      setRefusal({ reason, live: Boolean(session?.participantId) });
    }
  };

  if (refusal !== undefined) {
    return <Refused reason={refusal.reason} onGoOn={refusal.live ? () => goOn("") : undefined} onCode={forgetToken} />;
  }
  return (
    <Page title={t("welcome_title")} lead={t("welcome_lead")}>
      <LanguageChoice />
      <section className="card stack">
        <p>{t("welcome_once")}</p>
        <Form onSubmit={open} submit={t("begin")}>{null}</Form>
      </section>
      <p className="quiet measure">{t("welcome_private")}</p>
    </Page>
  );
}

function LanguageChoice() {
  const c = useText(common);
  return (
    <div className="ask-languages" role="group" aria-label={c("language_choice")}>
      {LANGUAGES.map((language) => (
        <button key={language} type="button" lang={language} className="button" aria-pressed={c("language") === language}
          onClick={() => chooseLanguage(language)}>
          {c(language === "fr" ? "language_fr" : "language_en")}
        </button>
      ))}
    </div>
  );
}

function Refused({ reason, onGoOn, onCode }: { reason: string; onGoOn: (() => void) | undefined; onCode: () => void }) {
  const t = useText(texts);
  const c = useText(common);
  return (
    <Page title={t("refused_title")}>
      <Notice tone="bad" live><p><strong>{sentenceOf(reason, c("language"))}</strong></p></Notice>
      {onGoOn !== undefined && (
        <section className="card stack">
          <p>{t("refused_live")}</p>
          <p><button type="button" className="button main" onClick={onGoOn}>{t("refused_go_on")}</button></p>
        </section>
      )}
      <p className="measure">{t("refused_help")}</p>
      <p><button type="button" className="button" onClick={onCode}>{t("type_code")}</button></p>
    </Page>
  );
}

export function CodePage({ sessionOver, onOther }: { sessionOver: boolean; onOther: () => void }) {
  const t = useText(texts);
  const [, navigate] = useLocation();
  const open = async (data: FormData) => {
    const { instanceId, otherClosed } = await enter({ shortCode: textOf(data, "short_code") });
    if (otherClosed) onOther();
    navigate(instanceId === "" ? "/" : `/q/${instanceId}`, { replace: true });
  };
  return (
    <Page title={t("code_title")} lead={t("code_lead")}>
      {sessionOver && <Notice tone="warn" live><p><strong>{t("session_over")}</strong></p><p>{t("session_over_help")}</p></Notice>}
      <LanguageChoice />
      <section className="card">
        <Form onSubmit={open} submit={t("begin")}>
          <TextField name="short_code" label={t("code")} help={t("code_help")} autoComplete="off" short />
        </Form>
      </section>
      <p className="quiet measure">{t("code_none")}</p>
    </Page>
  );
}
