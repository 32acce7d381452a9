// SPDX-License-Identifier: Apache-2.0
// What the staff sees: the log-in page, or the areas of her roles with their menu.
import { QueryClientProvider, useMutation, useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense, useEffect, useMemo, useRef, useState } from "react";
import { Link, Redirect, Route, Switch, useLocation } from "wouter";
import { useSelfQuery } from "~/api/self";
import { logOut } from "~/api/session";
import type { GetSelfResponse } from "~/gen/reprise/access/v1/access_service_pb";
import { Role } from "~/gen/reprise/access/v1/delegation_pb";
import { Empty, Page } from "~/parts/layout";
import { Loading, Query } from "~/parts/query";
import { common } from "~/text/common";
import "~/text/reasons.staff";
import { told, useText } from "~/text/text";
import { ADMINISTRATION, type Area, AREAS } from "./areas";
import { LoginPage } from "./login";
import { queries } from "./queries";
import { CallerContext, placesOf, useCaller, useStudies } from "./self";
import { shell } from "./text";
import { TopBar } from "./topbar";

const Account = lazy(() => import("~/pages/account"));
const CHOSEN = "reprise.study";

export default function Staff() {
  return <QueryClientProvider client={queries}><WhoIsIn /></QueryClientProvider>;
}

function WhoIsIn() {
  const query = useSelfQuery();
  const wasIn = useRef(false);
  if (query.data) wasIn.current = true;
  return (
    <Query query={query}>
      {(self) => {
        if (self === null) return <LoginPage sessionOver={wasIn.current} />;
        if (self.user?.participantId) return <ToParticipants />;
        return <Inside key={self.user?.userId} self={self} />;
      }}
    </Query>
  );
}

// Her pages are another document.
function ToParticipants() {
  useEffect(() => location.replace("/p"), []);
  return <Loading />;
}

function Inside({ self }: { self: GetSelfResponse }) {
  const locked = self.passwordChangeRequired;
  const studies = useStudies(self.permissions.includes("study.list") && !locked);
  const [chosen, setChosen] = useState(() => sessionStorage.getItem(CHOSEN));
  const places = useMemo(() => placesOf(self, studies.data?.studies ?? []), [self, studies.data]);
  const caller = useMemo(() => ({
    self,
    places,
    place: places.find((each) => each.study.studyId === chosen) ?? places[0],
    choose: (studyId: string) => {
      sessionStorage.setItem(CHOSEN, studyId);
      setChosen(studyId);
    },
    may: (permission: string) => self.permissions.includes(permission),
  }), [self, places, chosen]);
  if (studies.isLoading) return <Loading />;
  const administrator = self.delegations.some((each) => each.role === Role.ADMINISTRATOR);
  const areas = locked ? [] : [
    ...AREAS.filter((area) => area.roles.some((role) => caller.place?.roles.has(role))),
    ...(administrator ? [ADMINISTRATION] : []),
  ];
  return (
    <CallerContext.Provider value={caller}>
      <TopBar><StudyChoice /><Person /></TopBar>
      <div className="shell">
        <Menu areas={areas} />
        <main className="shell-main" id="content">
          {/* The pages of another study begin anew. */}
          <Suspense key={caller.place?.study.studyId} fallback={<Loading />}>
            <Switch>
              <Route path="/account" nest><Account /></Route>
              {areas.map((area) => <Route key={area.base} path={area.base} nest><area.pages /></Route>)}
              {locked && <Route><Redirect to="/account" replace /></Route>}
              <Route path="/">{areas[0] === undefined ? <NoRole /> : <Redirect to={areas[0].base} replace />}</Route>
              <Route><Unknown /></Route>
            </Switch>
          </Suspense>
        </main>
      </div>
    </CallerContext.Provider>
  );
}

function StudyChoice() {
  const t = useText(shell);
  const { places, place, choose } = useCaller();
  if (place === undefined) return null;
  if (places.length === 1) return <span className="study-name" title={told(place.study.title)}>{place.study.code}</span>;
  return (
    <select className="input study-choice" aria-label={t("choose_study")} value={place.study.studyId}
      onChange={(event) => choose(event.target.value)}>
      {places.map((each) => <option key={each.study.studyId} value={each.study.studyId}>{each.study.code}</option>)}
    </select>
  );
}

function Person() {
  const t = useText(common);
  const { self } = useCaller();
  const queries = useQueryClient();
  // What was read stays nowhere once she is out.
  const leave = useMutation({ mutationFn: logOut, onSettled: () => { queries.clear(); location.assign("/"); } });
  return (
    <>
      <Link href="/account" className="person">{self.user?.displayName || t("account")}</Link>
      <button type="button" className="button plain" onClick={() => leave.mutate()}>{t("log_out")}</button>
    </>
  );
}

function Menu({ areas }: { areas: readonly Area[] }) {
  const t = useText(shell);
  const c = useText(common);
  const { may } = useCaller();
  const [path] = useLocation();
  return (
    <nav className="menu no-print" aria-label={c("menu")}>
      {areas.map((area) => (
        <div key={area.base} className="menu-area">
          {areas.length > 1 && <h2 className="menu-title">{t(area.label)}</h2>}
          <ul>
            {area.menu.filter((entry) => entry.permission === undefined || may(entry.permission)).map((entry) => (
              <li key={entry.to}>
                <Link href={entry.to} aria-current={currentOf(area, path) === entry.to ? "page" : undefined}>{t(entry.label)}</Link>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}

// The entry whose page, or a page below it, is shown.
function currentOf(area: Area, path: string): string | undefined {
  return area.menu.map((entry) => entry.to)
    .filter((to) => path === to || path.startsWith(`${to}/`))
    .sort((a, b) => b.length - a.length)[0];
}

function NoRole() {
  const t = useText(common);
  return <Page title={t("no_role")}><p>{t("no_role_help")}</p></Page>;
}

export function Unknown() {
  const t = useText(common);
  return (
    <Page title={t("page_unknown")}>
      <Empty action={<Link href="~/" className="button">{t("to_home")}</Link>}>{t("page_unknown_help")}</Empty>
    </Page>
  );
}
