// SPDX-License-Identifier: Apache-2.0
// The second factor: set up with a drawing for the authenticator, recovery codes shown once, off again.
import { useQueryClient } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { encode } from "uqr";
import { clientOf } from "~/api/clients";
import { dayOfInstant } from "~/api/dates";
import { AccessService } from "~/gen/reprise/access/v1/access_service_pb";
import type { StartSecondFactorResponse } from "~/gen/reprise/access/v1/second_factor_pb";
import { Dialog } from "~/parts/dialog";
import { Form, TextField, textOf } from "~/parts/form";
import { Card } from "~/parts/layout";
import { Sign } from "~/parts/sign";
import { useCaller } from "~/shell/self";
import { common } from "~/text/common";
import { useFormats } from "~/text/format";
import { useText } from "~/text/text";
import { account } from "./text";

type Step = "set-up" | "renew" | "remove" | undefined;

export function SecondFactorCard() {
  const t = useText(account);
  const formats = useFormats();
  const { self } = useCaller();
  const queries = useQueryClient();
  const [step, setStep] = useState<Step>();
  const [codes, setCodes] = useState<readonly string[]>([]);
  const factor = self.secondFactor;
  const close = () => {
    setStep(undefined);
    setCodes([]);
    void queries.invalidateQueries({ queryKey: ["self"] });
  };
  return (
    <Card title={t("factor_title")} aside={factor?.on
      ? <Sign shape="full" tone="good" label={t("factor_on", { day: formats.day(dayOfInstant(factor.onSinceTime)) })} />
      : <Sign shape="empty" tone="warn" label={t("factor_off")} />}>
      <div className="stack">
        <p>{t("factor_why")}</p>
        {factor?.on && <p>{t("codes_left", { count: factor.recoveryCodesLeft })}</p>}
        <div className="row">
          {factor?.on ? (
            <>
              <button type="button" className="button" onClick={() => setStep("renew")}>{t("codes_renew")}</button>
              <button type="button" className="button danger" onClick={() => setStep("remove")}>{t("factor_remove")}</button>
            </>
          ) : <button type="button" className="button main" onClick={() => setStep("set-up")}>{t("factor_start")}</button>}
        </div>
      </div>
      <Dialog title={codes.length > 0 ? t("codes_title") : t("factor_title")} open={step !== undefined} onClose={close}>
        {codes.length > 0 ? <Codes codes={codes} onKept={close} />
          : step === "set-up" ? <SetUp onCodes={setCodes} />
          : step === "renew" ? <Renew onCodes={setCodes} />
          : <Remove onDone={close} />}
      </Dialog>
    </Card>
  );
}

function SetUp({ onCodes }: { onCodes: (codes: readonly string[]) => void }) {
  const t = useText(account);
  const c = useText(common);
  const [started, setStarted] = useState<StartSecondFactorResponse>();
  if (started === undefined) {
    return (
      <Form submit={c("next")} onSubmit={async (data, requestId) => {
        setStarted(await clientOf(AccessService).startSecondFactor({ requestId, password: String(data.get("password") ?? "") }));
      }}>
        <TextField name="password" label={t("factor_password")} type="password" autoComplete="current-password" autoFocus />
      </Form>
    );
  }
  return (
    <Form key="code" submit={t("factor_confirm")} onSubmit={async (data, requestId) => {
      const confirmed = await clientOf(AccessService).confirmSecondFactor({ requestId, code: textOf(data, "code") });
      onCodes(confirmed.recoveryCodes);
    }}>
      <p>{t("factor_scan")}</p>
      <Drawing text={started.otpauthUri} label={t("factor_drawing")} />
      <p className="small">{t("factor_secret")}<br /><code className="secret">{started.secret.replace(/(.{4})/g, "$1 ")}</code></p>
      <TextField name="code" label={t("factor_code")} autoComplete="one-time-code" inputMode="numeric" short />
    </Form>
  );
}

// Dark on light whatever the theme: not every camera reads it the other way round.
function Drawing({ text, label }: { text: string; label: string }) {
  const { size, path } = useMemo(() => {
    const { data, size } = encode(text, { border: 3 });
    const path = data.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ""))).join("");
    return { size, path };
  }, [text]);
  return (
    <svg role="img" aria-label={label} viewBox={`0 0 ${size} ${size}`} width="208" height="208" shapeRendering="crispEdges">
      <rect width={size} height={size} fill="#fff" /><path d={path} fill="#000" />
    </svg>
  );
}

function Codes({ codes, onKept }: { codes: readonly string[]; onKept: () => void }) {
  const t = useText(account);
  const c = useText(common);
  return (
    <div className="stack">
      <p>{t("codes_help")}</p>
      <ul className="recovery-codes">{codes.map((code) => <li key={code}><code>{code}</code></li>)}</ul>
      <div className="row">
        <button type="button" className="button main" onClick={onKept}>{t("codes_kept")}</button>
        <button type="button" className="button no-print" onClick={() => window.print()}>{c("print")}</button>
      </div>
    </div>
  );
}

function Renew({ onCodes }: { onCodes: (codes: readonly string[]) => void }) {
  const t = useText(account);
  return (
    <Form submit={t("codes_renew")} onSubmit={async (data, requestId) => {
      const renewed = await clientOf(AccessService).renewRecoveryCodes({ requestId, code: textOf(data, "code") });
      onCodes(renewed.recoveryCodes);
    }}>
      <TextField name="code" label={t("factor_any_code")} autoComplete="one-time-code" short autoFocus />
    </Form>
  );
}

function Remove({ onDone }: { onDone: () => void }) {
  const t = useText(account);
  return (
    <Form submit={t("factor_remove")} danger onSubmit={async (data, requestId) => {
      await clientOf(AccessService).removeSecondFactor({
        requestId, password: String(data.get("password") ?? ""), code: textOf(data, "code"),
      });
      onDone();
    }}>
      <TextField name="password" label={t("factor_password")} type="password" autoComplete="current-password" autoFocus />
      <TextField name="code" label={t("factor_any_code")} autoComplete="one-time-code" short />
    </Form>
  );
}
