// SPDX-License-Identifier: Apache-2.0
// Any two versions of the protocol, compared.
import { useQuery } from "@tanstack/react-query";
import { useSearchParams } from "wouter";
import { clientOf } from "~/api/clients";
import { dayOf } from "~/api/dates";
import type { ProtocolVersion } from "~/gen/reprise/study/v1/study_pb";
import { StudyService } from "~/gen/reprise/study/v1/study_service_pb";
import { Empty } from "~/parts/layout";
import { Query } from "~/parts/query";
import { useProtocol, useVersions } from "~/pages/study/queries";
import { usePlace } from "~/shell/self";
import { useFormats } from "~/text/format";
import { useText } from "~/text/text";
import { manager } from "../text";
import { Differences } from "./differences";

export function ComparePage() {
  const query = useVersions();
  return <Query query={query}>{({ protocolVersions }) => <Choice versions={protocolVersions} />}</Query>;
}

function Choice({ versions }: { versions: readonly ProtocolVersion[] }) {
  const t = useText(manager);
  const [params, setParams] = useSearchParams();
  const newest = versions[0]?.version ?? 0;
  const chosen = (name: string, otherwise: number) => {
    const number = Number(params.get(name));
    return versions.some((each) => each.version === number) ? number : otherwise;
  };
  const to = chosen("to", newest);
  const from = chosen("from", Math.max(1, to - 1));
  if (versions.length < 2) return <Empty>{t("compare_one")}</Empty>;
  const choose = (name: string) => (event: { target: { value: string } }) => setParams((now) => {
    now.set("from", String(from));
    now.set("to", String(to));
    now.set(name, event.target.value);
    return now;
  }, { replace: true });
  const options = versions.map((each) => <option key={each.version} value={each.version}>{t("version_named", { label: each.label, number: each.version })}</option>);
  return (
    <div className="stack">
      <h2>{t("protocol_compare")}</h2>
      <div className="row no-print">
        <label className="st-day"><span>{t("compare_from")}</span><select className="input short" value={from} onChange={choose("from")}>{options}</select></label>
        <label className="st-day"><span>{t("compare_with")}</span><select className="input short" value={to} onChange={choose("to")}>{options}</select></label>
      </div>
      {from === to ? <Empty>{t("compare_same")}</Empty> : <Comparison from={from} to={to} />}
    </div>
  );
}

function Comparison({ from, to }: { from: number; to: number }) {
  const t = useText(manager);
  const f = useFormats();
  const { study } = usePlace();
  const content = useProtocol(Math.max(from, to)).data?.content;
  const query = useQuery({
    queryKey: ["CompareProtocolVersions", study.studyId, from, to],
    queryFn: ({ signal }) =>
      clientOf(StudyService).compareProtocolVersions({ studyId: study.studyId, fromVersion: from, toVersion: to }, { signal }),
    staleTime: Infinity,
  });
  return (
    <Query query={query}>
      {(answer) => (
        <div className="stack" aria-live="polite">
          <p>
            {t("compared", { from: answer.from?.label ?? from, fromDay: f.longDay(dayOf(answer.from?.inForceDate)), to: answer.to?.label ?? to, toDay: f.longDay(dayOf(answer.to?.inForceDate)), count: answer.differences.length })}
          </p>
          {answer.differences.length === 0 ? <Empty>{t("compare_equal")}</Empty> : <Differences differences={answer.differences} content={content} />}
        </div>
      )}
    </Query>
  );
}
