// SPDX-License-Identifier: Apache-2.0
// Accounts of the platform and the roles that they hold.
import { Route, Switch } from "wouter";
import { Unknown } from "~/shell/staff";
import { AccountPage } from "./account";
import { AccountsPage } from "./accounts";
import { NewAccountPage } from "./newAccount";
import { RolesPage } from "./roles";
import "~/pages/study/study.css";

export default function Pages() {
  return (
    <Switch>
      <Route path="/"><AccountsPage /></Route>
      <Route path="/accounts/new"><NewAccountPage /></Route>
      <Route path="/accounts/:id">{({ id }) => <AccountPage userId={id} />}</Route>
      <Route path="/delegations"><RolesPage /></Route>
      <Route><Unknown /></Route>
    </Switch>
  );
}
