// SPDX-License-Identifier: Apache-2.0
// The protocol of the study: read, compared and amended.
import { Link, Route, Switch, useLocation } from "wouter";
import { Page } from "~/parts/layout";
import { useCaller } from "~/shell/self";
import { Unknown } from "~/shell/staff";
import { useText } from "~/text/text";
import { manager } from "../text";
import { ComparePage } from "./compare";
import { PlanPage } from "./plan";
import { ReadPage } from "./read";
import { VersionsPage } from "./versions";

const TABS = [
  { to: "/", label: "protocol_read" },
  { to: "/versions", label: "protocol_versions" },
  { to: "/compare", label: "protocol_compare" },
  { to: "/plan", label: "protocol_plan" },
] as const;

export function ProtocolPages() {
  const t = useText(manager);
  const { may } = useCaller();
  const [path] = useLocation();
  return (
    <Page title={t("protocol_title")} lead={t("protocol_lead")}>
      <nav className="tabs no-print" aria-label={t("protocol_title")}>
        {TABS.filter((tab) => tab.to !== "/plan" || may("protocol.plan")).map((tab) => (
          <Link key={tab.to} href={tab.to} aria-current={path === tab.to || (tab.to === "/versions" && /^\/\d+$/.test(path)) ? "page" : undefined}>
            {t(tab.label)}
          </Link>
        ))}
      </nav>
      <Switch>
        <Route path="/"><ReadPage /></Route>
        <Route path="/versions"><VersionsPage /></Route>
        <Route path="/compare"><ComparePage /></Route>
        <Route path="/plan">{may("protocol.plan") ? <PlanPage /> : <Unknown />}</Route>
        <Route path="/:version">{({ version }) => (/^\d{1,9}$/.test(version) ? <ReadPage version={Number(version)} /> : <Unknown />)}</Route>
      </Switch>
    </Page>
  );
}
