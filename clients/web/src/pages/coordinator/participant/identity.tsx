// SPDX-License-Identifier: Apache-2.0
// Who she is and which arm she has: read on purpose alone, never kept by the cache of queries.
import { type ReactNode, useState } from "react";
import { clientOf } from "~/api/clients";
import { dayOf } from "~/api/dates";
import { type Problem, problemOf } from "~/api/problem";
import { CohortService } from "~/gen/reprise/cohort/v1/cohort_service_pb";
import { EnrolmentService } from "~/gen/reprise/enrolment/v1/enrolment_service_pb";
import { LifecycleEvent_Kind as Kind, type Participation } from "~/gen/reprise/enrolment/v1/screening_pb";
import type { StudyDocument } from "~/gen/reprise/study/v1/document_pb";
import { Card, Facts } from "~/parts/layout";
import { ProblemNotice } from "~/parts/problem";
import { common } from "~/text/common";
import { useFormats } from "~/text/format";
import { useLanguage } from "~/text/language";
import { told, useText } from "~/text/text";
import { useSiteNames } from "../reading";
import { texts } from "../text";
import { Strata } from "./stratum";

function OnPurpose<T>({ title, lead, show, read, children }: {
  title: string; lead: string; show: string; read: () => Promise<T>; children: (found: T, replace: (now: T) => void) => ReactNode;
}) {
  const t = useText(texts);
  const k = useText(common);
  const [found, setFound] = useState<T>();
  const [problem, setProblem] = useState<Problem>();
  const [pending, setPending] = useState(false);
  const look = async () => {
    setPending(true);
    setProblem(undefined);
    try {
      setFound(await read());
    } catch (error) {
      setProblem(problemOf(error));
    } finally {
      setPending(false);
    }
  };
  return (
    <Card title={title}>
      <div className="stack tight">
        <p className="small quiet">{lead}</p>
        {problem !== undefined && <ProblemNotice problem={problem} onRetry={() => void look()} />}
        {found === undefined
          ? <p><button type="button" className="button" aria-disabled={pending} onClick={() => void look()}>{pending ? k("loading") : show}</button></p>
          : <>{children(found, setFound)}<p className="no-print"><button type="button" className="button plain" onClick={() => setFound(undefined)}>{t("identity_hide")}</button></p></>}
      </div>
    </Card>
  );
}

export function IdentityCard({ participantId }: { participantId: string }) {
  const t = useText(texts);
  const { day } = useFormats();
  return (
    <OnPurpose title={t("identity_title")} lead={t("identity_lead")} show={t("identity_show")}
      read={() => clientOf(EnrolmentService).getIdentity({ participantId })}>
      {(identity) => (
        <Facts facts={[
          [t("birth_name"), identity.birthName], [t("used_name"), identity.usedName || "–"], [t("given_name"), identity.givenName],
          [t("birth_date"), day(dayOf(identity.birthDate))], [t("phone"), identity.phone || "–"], [t("email"), identity.email || "–"], [t("employer"), identity.employer || "–"],
        ]} />
      )}
    </OnPurpose>
  );
}

export function ArmCard({ participation, document }: { participation: Participation; document: StudyDocument | undefined }) {
  const t = useText(texts);
  const language = useLanguage();
  const { day } = useFormats();
  const siteNames = useSiteNames();
  const allocated = participation.events.some((event) => event.kind === Kind.RANDOMISED);
  if (!allocated) return <Card title={t("arm_title")}><p className="quiet">{t("arm_none")}</p></Card>;
  return (
    <OnPurpose title={t("arm_title")} lead={t("arm_lead")} show={t("arm_show")}
      read={() => clientOf(CohortService).getAllocation({ participantId: participation.participantId })}>
      {(allocation, replace) => (
        <>
          <p><strong>{told(document?.arms.find((arm) => arm.code === allocation.arm)?.title, language) || allocation.arm}</strong>{" "}
            <span className="quiet">{t("arm_on", { day: day(dayOf(allocation.randomisedDate)) })}</span></p>
          <Strata allocation={allocation} stage={document?.stages.find((stage) => stage.code === participation.stage)}
            site={siteNames.get(participation.siteId) ?? ""} code={participation.code} onCorrected={replace} />
        </>
      )}
    </OnPurpose>
  );
}
