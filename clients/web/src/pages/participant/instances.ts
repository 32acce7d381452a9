// SPDX-License-Identifier: Apache-2.0
// Her questionnaires, and what each asks of her today.
import { clientOf } from "~/api/clients";
import { dayOf } from "~/api/dates";
import { type ListInstancesResponse, QuestionnaireService } from "~/gen/reprise/questionnaire/v1/questionnaire_service_pb";
import { type Instance, Instance_State as State } from "~/gen/reprise/questionnaire/v1/response_pb";
import { Source } from "./source";

const lists = new Map<string, Source<ListInstancesResponse>>();

export function instancesOf(participantId: string): Source<ListInstancesResponse> {
  let list = lists.get(participantId);
  if (list === undefined) {
    list = new Source(() => clientOf(QuestionnaireService).listInstances({ participantId }, CALL));
    lists.clear();
    lists.set(participantId, list);
  }
  return list;
}

// A call that hangs is repeated, or said to have failed, rather than waited for.
export const CALL = { timeoutMs: 20_000 };

// Its place in her list; the id only exists once it was opened.
export function keyOf(instance: Instance): string {
  return instance.instanceId || `${instance.instrumentId}@${instance.timepoint}`;
}

export function isDue(instance: Instance): boolean {
  return instance.takesAnswers;
}

// In the order in which they should be done: begun ones first, then by the end of their windows.
export function due(instances: readonly Instance[]): Instance[] {
  const rank = (each: Instance) => (each.state === State.IN_PROGRESS ? 0 : each.state === State.OPEN ? 1 : 2);
  const end = (each: Instance) => dayOf(each.windowCloseDate) ?? "9999";
  return instances.filter(isDue).sort((a, b) => rank(a) - rank(b) || end(a).localeCompare(end(b)));
}

export function coming(instances: readonly Instance[]): Instance[] {
  const begin = (each: Instance) => dayOf(each.windowOpenDate) ?? "9999";
  return instances.filter((each) => each.state === State.SCHEDULED).sort((a, b) => begin(a).localeCompare(begin(b)));
}

export function finished(instances: readonly Instance[]): Instance[] {
  return instances.filter((each) => each.state === State.SUBMITTED);
}
