// SPDX-License-Identifier: Apache-2.0
// One account: its state, its roles, and what an administrator may do for its owner.
import { useQueries, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { clientOf } from "~/api/clients";
import { instantOf } from "~/api/dates";
import { problemOf } from "~/api/problem";
import { AccessService } from "~/gen/reprise/access/v1/access_service_pb";
import { Role } from "~/gen/reprise/access/v1/delegation_pb";
import type { User } from "~/gen/reprise/access/v1/user_pb";
import { Dialog } from "~/parts/dialog";
import { Form, TextArea, textOf } from "~/parts/form";
import { Card, Empty, Facts, Notice, Page } from "~/parts/layout";
import { Query } from "~/parts/query";
import { NewDelegation } from "~/pages/study/newDelegation";
import { delegationsOptions, usersOptions } from "~/pages/study/queries";
import { ROLE_TEXT } from "~/pages/study/roles";
import { study as studyTexts } from "~/pages/study/text";
import { useCaller, useStudies } from "~/shell/self";
import { useFormats } from "~/text/format";
import { told, useText } from "~/text/text";
import { AccountSign } from "./accounts";
import { FirstPassword, Handover, type HandedOver } from "./handover";
import { administrator } from "./text";

export function AccountPage({ userId }: { userId: string }) {
  const t = useText(administrator);
  const query = useQuery(usersOptions());
  const crumbs = [{ to: "/", label: t("accounts_title") }];
  return (
    <Query query={query}>
      {(users) => {
        const user = users.find((each) => each.userId === userId);
        if (user === undefined) return <Page title={t("account_unknown")} crumbs={crumbs}><Empty>{t("account_unknown_help")}</Empty></Page>;
        return (
          <Page title={user.displayName || user.loginName} crumbs={crumbs} lead={<AccountSign user={user} />}>
            <About user={user} />
            {user.participantId === "" && <Roles user={user} />}
          </Page>
        );
      }}
    </Query>
  );
}

type Action = "close" | "open" | "password" | "factor";

function About({ user }: { user: User }) {
  const t = useText(administrator);
  const f = useFormats();
  const { self, may } = useCaller();
  const [action, setAction] = useState<Action>();
  const [done, setDone] = useState("");
  const [handed, setHanded] = useState<HandedOver>();
  const own = self.user?.userId === user.userId;
  const staff = user.participantId === "";
  const begin = (which: Action) => { setDone(""); setHanded(undefined); setAction(which); };
  const end = (sentence: string) => { setAction(undefined); setDone(sentence); };
  return (
    <Card title={t("about")}>
      <div className="stack">
        <Facts facts={[
          [t("login_name"), <code key="l">{user.loginName}</code>],
          [t("made"), f.instant(instantOf(user.madeTime))],
          ...(user.disabledTime === undefined ? [] : [[t("closed_since"), f.instant(instantOf(user.disabledTime))] as const]),
          [t("second_factor"), t(user.secondFactorOn ? "second_factor_on" : "second_factor_off")],
          ...(staff ? [] : [[t("kind"), t("kind_participant")] as const]),
        ]} />
        {done !== "" && <Notice tone="good" live>{done}</Notice>}
        {handed !== undefined && <Handover made={handed} title={t("password_reset_done", { name: user.displayName })} />}
        {own ? <Notice>{t("own_account")}</Notice> : (
          <div className="row no-print">
            {user.disabledTime === undefined
              ? may("user.disable") && <button type="button" className="button danger" onClick={() => begin("close")}>{t("close_account")}</button>
              : may("user.enable") && <button type="button" className="button" onClick={() => begin("open")}>{t("open_account")}</button>}
            {staff && user.disabledTime === undefined && may("password.reset") && <button type="button" className="button" onClick={() => begin("password")}>{t("reset_password")}</button>}
            {user.secondFactorOn && may("second_factor.reset") && <button type="button" className="button" onClick={() => begin("factor")}>{t("reset_factor")}</button>}
          </div>
        )}
        <Dialog title={t("close_account")} open={action === "close"} onClose={() => setAction(undefined)}>
          <Switching user={user} closing onDone={() => end(t("account_closed", { name: user.displayName }))} />
        </Dialog>
        <Dialog title={t("open_account")} open={action === "open"} onClose={() => setAction(undefined)}>
          <Switching user={user} closing={false} onDone={() => end(t("account_opened", { name: user.displayName }))} />
        </Dialog>
        <Dialog title={t("reset_password")} open={action === "password"} onClose={() => setAction(undefined)}>
          <ResetPassword user={user} onDone={(password) => { setAction(undefined); setHanded({ loginName: user.loginName, password }); }} />
        </Dialog>
        <Dialog title={t("reset_factor")} open={action === "factor"} onClose={() => setAction(undefined)}>
          <ResetFactor user={user} onDone={() => end(t("factor_reset_done", { name: user.displayName }))} />
        </Dialog>
      </div>
    </Card>
  );
}

function useKeep() {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: ["ListUsers"] });
}

function Switching({ user, closing, onDone }: { user: User; closing: boolean; onDone: () => void }) {
  const t = useText(administrator);
  const keep = useKeep();
  const save = async (_: FormData, requestId: string) => {
    const request = { requestId, userId: user.userId, etag: user.etag };
    try {
      await (closing ? clientOf(AccessService).disableUser(request) : clientOf(AccessService).enableUser(request));
    } catch (error) {
      // Somebody else changed the account: it is read again and shown behind the question.
      if (problemOf(error).reason === "ETAG_MISMATCH") await keep();
      throw error;
    }
    await keep();
    onDone();
  };
  return (
    <Form onSubmit={save} submit={t(closing ? "close_account" : "open_account")} danger={closing}>
      <p>{t(closing ? "close_help" : "open_help", { name: user.displayName })}</p>
    </Form>
  );
}

function ResetPassword({ user, onDone }: { user: User; onDone: (password: string) => void }) {
  const t = useText(administrator);
  const keep = useKeep();
  const save = async (data: FormData, requestId: string) => {
    const password = textOf(data, "password");
    await clientOf(AccessService).resetPassword({ requestId, userId: user.userId, password });
    await keep();
    onDone(password);
  };
  return (
    <Form onSubmit={save} submit={t("reset_password")}>
      <p>{t("reset_password_help", { name: user.displayName })}</p>
      <FirstPassword />
    </Form>
  );
}

function ResetFactor({ user, onDone }: { user: User; onDone: () => void }) {
  const t = useText(administrator);
  const keep = useKeep();
  const save = async (data: FormData, requestId: string) => {
    await clientOf(AccessService).resetSecondFactor({ requestId, userId: user.userId, reason: textOf(data, "reason") });
    await keep();
    onDone();
  };
  return (
    <Form onSubmit={save} submit={t("reset_factor")} danger>
      <p>{t("reset_factor_help", { name: user.displayName })}</p>
      <TextArea name="reason" label={t("reset_factor_reason")} help={t("reset_factor_reason_help")} maxLength={500} rows={3} />
    </Form>
  );
}

function Roles({ user }: { user: User }) {
  const t = useText(administrator);
  const s = useText(studyTexts);
  const f = useFormats();
  const { self, may } = useCaller();
  const queries = useQueryClient();
  const studies = useStudies(may("study.list")).data?.studies ?? [];
  const [giving, setGiving] = useState("");
  const [done, setDone] = useState("");
  const lists = useQueries({ queries: studies.map(({ study }) => ({ ...delegationsOptions(study!.studyId, true), enabled: may("delegation.list") })) });
  const failed = lists.find((each) => each.isError);
  const roles = lists.flatMap((each, i) => (each.data ?? []).filter((one) => one.delegation?.userId === user.userId).map((one) => ({ one, study: studies[i]! })));
  const makeAdministrator = async (_: FormData, requestId: string) => {
    await clientOf(AccessService).createDelegation({ requestId, userId: user.userId, role: Role.ADMINISTRATOR });
    await queries.invalidateQueries({ queryKey: ["ListDelegations"] });
    setGiving("");
    setDone(t("administrator_made", { name: user.displayName }));
  };
  const place = studies.find(({ study }) => study?.studyId === giving);
  return (
    <Card title={t("roles")}>
      <div className="stack">
        {failed !== undefined && <Query query={failed}>{() => null}</Query>}
        {done !== "" && <Notice tone="good" live>{done}</Notice>}
        {roles.length === 0 ? <p className="quiet">{t("roles_none")}</p> : (
          <ul className="st-plain">
            {roles.map(({ one, study }) => (
              <li key={one.delegation!.delegationId}>
                <strong>{s(ROLE_TEXT[one.delegation!.role])}</strong>, {study.study?.code}, {study.sites.find((each) => each.siteId === one.delegation!.siteId)?.name ?? s("whole_study")}
                {" "}<span className="quiet">({s("since", { from: f.instant(instantOf(one.delegation!.fromTime)) })})</span>
              </li>
            ))}
          </ul>
        )}
        {user.userId === self.user?.userId ? <p className="quiet">{t("own_roles")}</p> : user.disabledTime === undefined && may("delegation.create") && (
          <div className="row no-print">
            {studies.map(({ study }) => (
              <button key={study!.studyId} type="button" className="button" onClick={() => { setDone(""); setGiving(study!.studyId); }}>{t("give_role_in", { study: study!.code })}</button>
            ))}
            <button type="button" className="button" onClick={() => { setDone(""); setGiving("everywhere"); }}>{t("make_administrator")}</button>
          </div>
        )}
        <Dialog title={place === undefined ? "" : `${t("give_role_in", { study: place.study!.code })} – ${told(place.study!.title)}`} open={place !== undefined} onClose={() => setGiving("")}>
          {place !== undefined && (
            <NewDelegation studyId={place.study!.studyId} sites={place.sites} userId={user.userId} onDone={(name) => { setGiving(""); setDone(s("delegation_made", { name })); }} />
          )}
        </Dialog>
        <Dialog title={t("make_administrator")} open={giving === "everywhere"} onClose={() => setGiving("")}>
          <Form onSubmit={makeAdministrator} submit={t("make_administrator")} danger><p>{t("make_administrator_help", { name: user.displayName })}</p></Form>
        </Dialog>
      </div>
    </Card>
  );
}
