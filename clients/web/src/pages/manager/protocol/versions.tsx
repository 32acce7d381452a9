// SPDX-License-Identifier: Apache-2.0
// All versions of the protocol, newest first.
import { Link } from "wouter";
import { dayOf, instantOf } from "~/api/dates";
import { Sign } from "~/parts/sign";
import { Query } from "~/parts/query";
import { useVersions } from "~/pages/study/queries";
import { useFormats } from "~/text/format";
import { useText } from "~/text/text";
import { manager } from "../text";
import { Grid } from "./parts";

export function VersionsPage() {
  const t = useText(manager);
  const f = useFormats();
  const query = useVersions();
  return (
    <Query query={query}>
      {({ protocolVersions }) => (
        <div className="stack">
          <h2>{t("protocol_versions")}</h2>
          <Grid caption={t("protocol_versions")} heads={[t("version"), t("in_force"), t("applied"), t("change_reason"), t("compare_with_last")]}
            rows={protocolVersions.map((each, i) => {
              const before = protocolVersions[i + 1];
              return [
                <Link key="read" href={`/${each.version}`}>{t("version_named", { label: each.label, number: each.version })}</Link>,
                f.day(dayOf(each.inForceDate)), f.instant(instantOf(each.applyTime)),
                <span key="why">{each.changeReason || t("first_version")}{each.progressionPostHoc && <><br /><Sign shape="late" tone="warn" label={t("post_hoc_short")} /></>}</span>,
                before === undefined ? "–" : <Link key="compare" href={`/compare?from=${before.version}&to=${each.version}`}>{t("compare_to", { label: before.label })}</Link>,
              ];
            })} />
        </div>
      )}
    </Query>
  );
}
