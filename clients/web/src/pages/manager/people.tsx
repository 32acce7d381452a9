// SPDX-License-Identifier: Apache-2.0
// Who does what in the study.
import { Page } from "~/parts/layout";
import { Delegations } from "~/pages/study/delegations";
import { usePlace } from "~/shell/self";
import { useText } from "~/text/text";
import { manager } from "./text";

export function PeoplePage() {
  const t = useText(manager);
  const { study, allSites } = usePlace();
  return (
    <Page title={t("people_title")} lead={t("people_lead")}>
      <Delegations studyId={study.studyId} sites={allSites} />
    </Page>
  );
}
