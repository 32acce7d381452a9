// SPDX-License-Identifier: Apache-2.0
// The whole client. Participants come in through a personal link and load their part alone; everybody
// else logs in and sees the areas of her roles.
import { lazy, Suspense } from "react";
import { Route, Switch } from "wouter";
import { Loading } from "~/parts/query";
import { Broken } from "./broken";
import * as early from "./early";

const Staff = lazy(early.Staff);
const Participant = lazy(early.Participant);

export function App() {
  return (
    <Broken>
      <Suspense fallback={<Loading />}>
        <Switch>
          <Route path="/p" nest><Participant /></Route>
          <Route><Staff /></Route>
        </Switch>
      </Suspense>
    </Broken>
  );
}
