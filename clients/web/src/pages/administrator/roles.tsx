// SPDX-License-Identifier: Apache-2.0
// Roles in one study, seen by the administrators of the platform.
import { useState } from "react";
import { Empty, Notice, Page } from "~/parts/layout";
import { Query } from "~/parts/query";
import { Delegations } from "~/pages/study/delegations";
import { useCaller, useStudies } from "~/shell/self";
import { told, useText } from "~/text/text";
import { administrator } from "./text";

export function RolesPage() {
  const t = useText(administrator);
  const { may } = useCaller();
  const query = useStudies(may("study.list"));
  const [chosen, setChosen] = useState("");
  return (
    <Page title={t("roles_title")} lead={t("roles_lead")}>
      <Query query={query}>
        {({ studies }) => {
          const place = studies.find((each) => each.study?.studyId === chosen) ?? studies[0];
          if (place === undefined) return <Empty>{t("studies_none")}</Empty>;
          return (
            <>
              <label className="st-day"><span>{t("study")}</span>
                <select className="input" value={place.study!.studyId} onChange={(event) => setChosen(event.target.value)}>
                  {studies.map((each) => <option key={each.study!.studyId} value={each.study!.studyId}>{each.study!.code} – {told(each.study!.title)}</option>)}
                </select>
              </label>
              <Delegations key={place.study!.studyId} studyId={place.study!.studyId} sites={place.sites} />
              <Notice>{t("administrators_unlisted")}</Notice>
            </>
          );
        }}
      </Query>
    </Page>
  );
}
