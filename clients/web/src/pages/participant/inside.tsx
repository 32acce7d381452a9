// SPDX-License-Identifier: Apache-2.0
// Behind the way in: her start page and her questionnaires.
import { useEffect, useState } from "react";
import { Link, Route, Switch } from "wouter";
import { Empty, Page } from "~/parts/layout";
import { Loading } from "~/parts/query";
import { common } from "~/text/common";
import { useText } from "~/text/text";
import { takeOver } from "./enter";
import { Frame } from "./frame";
import { Home } from "./home";
import { LogOut } from "./logout";
import { Questionnaire } from "./questionnaire";
import type { Caller } from "./session";

export default function Inside({ caller: { participantId }, notice }: { caller: Caller; notice: "other_closed" | undefined }) {
  const [ready, setReady] = useState(false);
  useEffect(() => {
    // Also where the page was opened anew with a live session.
    void takeOver(participantId).finally(() => setReady(true));
  }, [participantId]);
  if (!ready) return <Frame tools={<LogOut />}><Loading /></Frame>;
  return (
    <Frame tools={<LogOut />}>
      <Switch>
        <Route path="/q/:id" nest>{({ id }) => <Questionnaire key={id} instanceId={id} participantId={participantId} />}</Route>
        <Route path="/"><Home participantId={participantId} notice={notice} /></Route>
        <Route><Unknown /></Route>
      </Switch>
    </Frame>
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
