// SPDX-License-Identifier: Apache-2.0
// Everybody's own account: who she is here, password, second factor, sessions.
import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { Card, Facts, Page } from "~/parts/layout";
import { useCaller } from "~/shell/self";
import { useText } from "~/text/text";
import { PasswordCard } from "./password";
import { SecondFactorCard } from "./second_factor";
import { SessionsCard } from "./sessions";
import { account } from "./text";

export default function AccountPage() {
  const t = useText(account);
  const queries = useQueryClient();
  // Sessions begin elsewhere, where this page does not notice.
  useEffect(() => void queries.invalidateQueries({ queryKey: ["self"] }), [queries]);
  return (
    <Page title={t("title")} lead={t("lead")}>
      <div className="grid">
        <SelfCard />
        <PasswordCard />
        <SecondFactorCard />
      </div>
      <SessionsCard />
    </Page>
  );
}

function SelfCard() {
  const t = useText(account);
  const { self, places } = useCaller();
  const placeOf = (studyId: string, siteId: string) => {
    if (studyId === "") return t("whole_platform");
    const place = places.find((each) => each.study.studyId === studyId);
    const site = place?.allSites.find((each) => each.siteId === siteId);
    return `${place?.study.code ?? ""} · ${site?.name ?? t("whole_study")}`;
  };
  return (
    <Card title={self.user?.displayName ?? ""}>
      <Facts facts={[
        [t("login_name"), self.user?.loginName],
        [t("roles"), self.delegations.length === 0 ? t("no_roles") : (
          <ul className="plain-list">
            {self.delegations.map((each) => (
              <li key={each.delegationId}>
                {t("role_at", { role: t(`role_${each.role}` as "role_1"), place: placeOf(each.studyId, each.siteId) })}
              </li>
            ))}
          </ul>
        )],
      ]} />
    </Card>
  );
}
