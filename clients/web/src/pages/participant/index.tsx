// SPDX-License-Identifier: Apache-2.0
// What a participant sees: her way in, her questionnaires, and nothing else.
import { useEffect, useRef, useState } from "react";
import { Link, Route, Switch } from "wouter";
import { problemOf } from "~/api/problem";
import { useSelfQuery } from "~/api/self";
import type { GetSelfResponse } from "~/gen/reprise/access/v1/access_service_pb";
import { Empty, Page } from "~/parts/layout";
import { ProblemNotice } from "~/parts/problem";
import { Loading } from "~/parts/query";
import { TopBar } from "~/shell/topbar";
import { common } from "~/text/common";
import { useText } from "~/text/text";
import { takeOver } from "./enter";
import { Home } from "./home";
import { useLinkToken } from "./link";
import { LogOut } from "./logout";
import { Questionnaire } from "./questionnaire";
import { texts } from "./text";
import { CodePage, Welcome } from "./welcome";
import "./participant.css";

export default function Pages() {
  const token = useLinkToken();
  const session = useSelfQuery();
  const wasIn = useRef(false);
  const [notice, setNotice] = useState<"other_closed">();
  if (session.data?.user?.participantId) wasIn.current = true;
  if (token !== undefined) {
    return <Frame><Welcome key={token} token={token} onOther={() => setNotice("other_closed")} /></Frame>;
  }
  if (session.data === undefined) {
    return (
      <Frame>
        {session.isError ? <ProblemNotice problem={problemOf(session.error)} onRetry={() => void session.refetch()} /> : <Loading />}
      </Frame>
    );
  }
  if (session.data === null) {
    return <Frame><CodePage sessionOver={wasIn.current} onOther={() => setNotice("other_closed")} /></Frame>;
  }
  if (!session.data.user?.participantId) return <Frame><Staff /></Frame>;
  return <Inside key={session.data.user.userId} self={session.data} participantId={session.data.user.participantId} notice={notice} />;
}

function Frame({ children, inside = false }: { children: React.ReactNode; inside?: boolean }) {
  return (
    <>
      <TopBar>{inside && <LogOut />}</TopBar>
      <main className="shell-main ask-main" id="content">{children}</main>
    </>
  );
}

function Inside({ self, participantId, notice }: { self: GetSelfResponse; participantId: string; notice: "other_closed" | undefined }) {
  const [ready, setReady] = useState(false);
  const userId = self.user?.userId ?? "";
  useEffect(() => {
    // Also where the page was opened anew with a live session.
    void takeOver(userId).finally(() => setReady(true));
  }, [userId]);
  if (!ready) return <Frame inside><Loading /></Frame>;
  return (
    <Frame inside>
      <Switch>
        <Route path="/q/:id" nest>{({ id }) => <Questionnaire key={id} instanceId={id} participantId={participantId} />}</Route>
        <Route path="/"><Home participantId={participantId} notice={notice} /></Route>
        <Route><Unknown /></Route>
      </Switch>
    </Frame>
  );
}

function Staff() {
  const t = useText(texts);
  return (
    <Page title={t("staff_title")}>
      <p>{t("staff_help")}</p>
      <p><Link href="~/" className="button">{t("staff_home")}</Link></p>
    </Page>
  );
}

function Unknown() {
  const t = useText(common);
  return (
    <Page title={t("page_unknown")}>
      <Empty action={<Link href="/" className="button main">{t("to_home")}</Link>}>{t("page_unknown_help")}</Empty>
    </Page>
  );
}
