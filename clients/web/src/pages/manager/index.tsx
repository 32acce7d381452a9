// SPDX-License-Identifier: Apache-2.0
// Running a study: how it stands, its protocol, its people, its data that leave.
import { Route, Switch } from "wouter";
import { DecisionsPage } from "~/pages/study/decisions";
import { useCaller } from "~/shell/self";
import { Unknown } from "~/shell/staff";
import { BoardPage } from "./board/page";
import { FlowPage } from "./flow/page";
import { OverviewPage } from "./overview";
import { PeoplePage } from "./people";
import { ProtocolPages } from "./protocol";
import "~/pages/study/study.css";
import "./manager.css";

export default function Pages() {
  const { may } = useCaller();
  return (
    <Switch>
      <Route path="/"><OverviewPage /></Route>
      <Route path="/flow"><FlowPage /></Route>
      <Route path="/progression"><BoardPage /></Route>
      <Route path="/protocol" nest><ProtocolPages /></Route>
      {may("delegation.list") && <Route path="/people"><PeoplePage /></Route>}
      {may("extract.approve") && <Route path="/extracts"><DecisionsPage /></Route>}
      <Route><Unknown /></Route>
    </Switch>
  );
}
