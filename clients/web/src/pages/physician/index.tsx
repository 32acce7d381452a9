// SPDX-License-Identifier: Apache-2.0
// The occupational physician's pages: her participants, and what she records about one.
import { lazy, Suspense } from "react";
import { Route, Switch } from "wouter";
import { Loading } from "~/parts/query";
import { Unknown } from "~/shell/staff";

const List = lazy(() => import("./list"));
const Participant = lazy(() => import("./participant"));

export default function Pages() {
  return (
    <Suspense fallback={<Loading />}>
      <Switch>
        <Route path="/"><List /></Route>
        <Route path="/participants/:id">{(at) => <Participant key={at.id} participantId={at.id} />}</Route>
        <Route><Unknown /></Route>
      </Switch>
    </Suspense>
  );
}
