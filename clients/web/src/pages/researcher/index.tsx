// SPDX-License-Identifier: Apache-2.0
// Research on the study: counts and pseudonymised data, and nobody's identity.
import { Route, Switch } from "wouter";
import { Unknown } from "~/shell/staff";
import { CountsPage } from "./counts";
import { ExtractPage } from "./extract";
import { ExtractsPage } from "./extracts";
import "~/pages/study/study.css";
import "./researcher.css";

export default function Pages() {
  return (
    <Switch>
      <Route path="/"><CountsPage /></Route>
      <Route path="/extracts"><ExtractsPage /></Route>
      <Route path="/extracts/:id">{({ id }) => <ExtractPage extractId={id} />}</Route>
      <Route><Unknown /></Route>
    </Switch>
  );
}
