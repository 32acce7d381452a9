// SPDX-License-Identifier: Apache-2.0
// Which occupational physicians see her.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { clientOf } from "~/api/clients";
import { newRequestId } from "~/api/requestId";
import { type Problem, problemOf } from "~/api/problem";
import { EnrolmentService } from "~/gen/reprise/enrolment/v1/enrolment_service_pb";
import type { Participation } from "~/gen/reprise/enrolment/v1/screening_pb";
import { Dialog } from "~/parts/dialog";
import { Form, SelectField, textOf } from "~/parts/form";
import { Card } from "~/parts/layout";
import { ProblemNotice } from "~/parts/problem";
import { Query } from "~/parts/query";
import { usePlace } from "~/shell/self";
import { useText } from "~/text/text";
import { texts } from "../text";

export function PhysiciansCard({ participation }: { participation: Participation }) {
  const t = useText(texts);
  const { study } = usePlace();
  const queries = useQueryClient();
  const [open, setOpen] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const participantId = participation.participantId;
  const mine = useQuery({
    queryKey: ["ListAssignedPhysicians", participantId],
    queryFn: ({ signal }) => clientOf(EnrolmentService).listAssignedPhysicians({ participantId }, { signal }),
  });
  const all = useQuery({
    queryKey: ["ListPhysicians", study.studyId, participation.siteId],
    queryFn: ({ signal }) => clientOf(EnrolmentService).listPhysicians({ studyId: study.studyId, siteId: participation.siteId }, { signal }),
    enabled: open && participation.siteId !== "",
  });
  const anew = () => queries.invalidateQueries({ queryKey: ["ListAssignedPhysicians", participantId] });
  const assign = async (data: FormData, requestId: string) => {
    await clientOf(EnrolmentService).assignPhysician({ requestId, participantId, userId: textOf(data, "user_id") });
    await anew();
    setOpen(false);
  };
  const unassign = async (userId: string) => {
    setProblem(undefined);
    try {
      await clientOf(EnrolmentService).unassignPhysician({ requestId: newRequestId(), participantId, userId });
      await anew();
    } catch (error) {
      setProblem(problemOf(error));
    }
  };
  const free = (all.data?.physicians ?? []).filter((each) => !mine.data?.physicians.some((other) => other.userId === each.userId));
  return (
    <Card title={t("physicians_title")} aside={<button type="button" className="button" onClick={() => setOpen(true)}>{t("assign")}</button>}>
      <div className="stack tight">
        <p className="small quiet">{t("physicians_lead")}</p>
        {problem !== undefined && <ProblemNotice problem={problem} />}
        <Query query={mine}>{({ physicians }) => physicians.length === 0 ? <p>{t("physicians_none")}</p> : (
          <ul className="plain-list">
            {physicians.map((each) => (
              <li key={each.userId} className="row spread">
                <span>{each.displayName}</span>
                <button type="button" className="button plain" aria-label={t("unassign_named", { name: each.displayName })} onClick={() => void unassign(each.userId)}>{t("unassign")}</button>
              </li>
            ))}
          </ul>
        )}
        </Query>
      </div>
      <Dialog title={t("assign_title")} open={open} onClose={() => setOpen(false)}>
        <Query query={all}>{() => free.length === 0 ? <p>{t("nobody_to_assign")}</p> : (
          <Form onSubmit={assign} submit={t("assign")}>
            <SelectField name="user_id" label={t("assign_who")} options={free.map((each) => ({ value: each.userId, label: each.displayName }))} />
          </Form>
        )}
        </Query>
      </Dialog>
    </Card>
  );
}
