// SPDX-License-Identifier: Apache-2.0
// Where a candidate stands between the first check and her arm.
import { ParticipantStatus as Status, type Screening, Screening_Outcome as Outcome } from "~/gen/reprise/enrolment/v1/screening_pb";

export const STEPS = [1, 2, 3, 4, 5, 6] as const;
export type Step = (typeof STEPS)[number];

// The step to be taken next; undefined where the file is closed. Baseline questionnaires (5) and the
// draw (6) are one for whoever only knows the status: the page looks at the questionnaires.
export function stepOf(screening: Screening, status: Status | undefined, arms: boolean): Step | undefined {
  if (screening.outcome === Outcome.INELIGIBLE || screening.declineReason !== "") return undefined;
  if (screening.participantId === "") return screening.identified ? 3 : 2;
  if (status === Status.CONSENTED) return 4;
  if (arms && (status === Status.ENROLLED)) return 6;
  return undefined;
}
