// SPDX-License-Identifier: Apache-2.0
// The coordinator's pages, each loaded when it is first opened.
import { lazy, Suspense } from "react";
import { Route, Switch } from "wouter";
import { Loading } from "~/parts/query";
import { Unknown } from "~/shell/staff";
import "./coordinator.css";

const Home = lazy(() => import("./home"));
const Participants = lazy(() => import("./participants"));
const Participant = lazy(() => import("./participant/page"));
const Paper = lazy(() => import("./participant/paper"));
const Answers = lazy(() => import("./participant/answers"));
const Screenings = lazy(() => import("./screening/list"));
const NewScreening = lazy(() => import("./screening/new"));
const ScreeningFlow = lazy(() => import("./screening/flow"));
const Matrix = lazy(() => import("./matrix"));
const Recruitment = lazy(() => import("./recruitment"));

export default function Pages() {
  return (
    <Suspense fallback={<Loading />}>
      <Switch>
        <Route path="/"><Home /></Route>
        <Route path="/participants"><Participants /></Route>
        <Route path="/participants/:id/forms/:instrument/:timepoint">
          {(at) => <Paper participantId={at.id} instrument={at.instrument} timepoint={at.timepoint} />}
        </Route>
        <Route path="/participants/:id/answers/:instance">{(at) => <Answers key={at.instance} participantId={at.id} instanceId={at.instance} />}</Route>
        <Route path="/participants/:id/:tab?">{(at) => <Participant key={at.id} participantId={at.id} tab={at.tab ?? "course"} />}</Route>
        <Route path="/screenings"><Screenings /></Route>
        <Route path="/screenings/new"><NewScreening /></Route>
        <Route path="/screenings/:id">{(at) => <ScreeningFlow key={at.id} screeningId={at.id} />}</Route>
        <Route path="/matrix"><Matrix /></Route>
        <Route path="/recruitment"><Recruitment /></Route>
        <Route><Unknown /></Route>
      </Switch>
    </Suspense>
  );
}
