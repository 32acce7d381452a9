// SPDX-License-Identifier: Apache-2.0
// The flow of a stage as CONSORT tells it: who came in, who left on the way and why, and the arms.
import type { CountFlowResponse } from "~/gen/reprise/cohort/v1/cohort_service_pb";
import type { StudyDocument } from "~/gen/reprise/study/v1/document_pb";
import { titlesOf } from "~/pages/study/queries";
import type { Language } from "~/text/language";
import type { Say } from "~/text/text";
import type { manager } from "../text";

export interface Note {
  readonly text: string;
  readonly count: number;
  // 0 stands alone, 1 is a part of the note above it.
  readonly level: 0 | 1;
}

export interface Station {
  readonly key: string;
  readonly title: string;
  readonly count: number;
  readonly notes: readonly Note[];
}

export interface FlowTree {
  // From above to below, each with those who left before the next.
  readonly main: ReadonlyArray<{ station: Station; aside: Station | undefined }>;
  // One list an arm, from above to below; none where the stage has none or they are not told.
  readonly arms: ReadonlyArray<readonly Station[]>;
  // Where everybody who consented stands.
  readonly outcome: Station;
}

export function treeOf(flow: CountFlowResponse, content: StudyDocument, language: Language, t: Say<keyof typeof manager.fr>): FlowTree {
  const titles = titlesOf(content, language);
  const total = flow.total!;
  const inclusion = new Set(content.criteria.filter((each) => each.kind === "INCLUSION").map((each) => each.code));
  const why = (code: string) => (inclusion.has(code) ? t("not_met", { title: titles.criterion(code) }) : titles.criterion(code));
  const note = (text: string, count: number, level: 0 | 1 = 0): Note => ({ text, count, level });
  const present = (notes: Note[]) => notes.filter((each) => each.count > 0);

  const waiting = total.eligible - total.declined - total.consented;
  const excluded = present([
    note(t("flow_ineligible"), total.ineligible),
    ...flow.ineligibleReasons.map((each) => note(why(each.reason), each.count, 1)),
    note(t("flow_declined"), total.declined),
    ...flow.declineReasons.map((each) => note(titles.decline(each.reason), each.count, 1)),
    note(t("flow_waiting"), waiting),
  ]);
  const unenrolled = total.consented - total.screenFailed - total.enrolled;
  const beforeEnrolment = present([note(t("flow_screen_failed"), total.screenFailed), note(t("flow_unenrolled"), unenrolled)]);
  const stage = content.stages.find((each) => each.code === flow.stage);
  const hasArms = (stage?.arms.length ?? 0) > 0;
  const unallocated = present([note(t("flow_unallocated_why"), total.enrolled - total.randomised)]);
  const aside = (key: string, title: string, notes: Note[]) => {
    const count = notes.filter((each) => each.level === 0).reduce((sum, each) => sum + each.count, 0);
    return count === 0 ? undefined : { key, title, count, notes };
  };
  const main = [
    { station: { key: "screened", title: t("flow_screened"), count: total.screened, notes: [] }, aside: aside("excluded", t("flow_excluded"), excluded) },
    { station: { key: "consented", title: t("flow_consented"), count: total.consented, notes: [] }, aside: aside("left", t("flow_not_enrolled"), beforeEnrolment) },
    { station: { key: "enrolled", title: t("flow_enrolled"), count: total.enrolled, notes: [] }, aside: hasArms ? aside("unallocated", t("flow_unallocated"), unallocated) : undefined },
    ...(hasArms ? [{ station: { key: "randomised", title: t("flow_randomised"), count: total.randomised, notes: [] }, aside: undefined }] : []),
  ];
  const place = (code: string) => content.arms.findIndex((each) => each.code === code);
  const arms = [...flow.byArm].sort((a, b) => place(a.arm) - place(b.arm)).map((arm) => [
    { key: `${arm.arm}-in`, title: titles.arm(arm.arm), count: arm.allocated, notes: [] },
    { key: `${arm.arm}-left`, title: t("flow_left"), count: arm.left, notes: [] },
    { key: `${arm.arm}-on`, title: t("flow_followed"), count: arm.allocated - arm.left, notes: present([
      note(t("flow_completed"), arm.completed), note(t("flow_going_on"), arm.allocated - arm.left - arm.completed)]) },
  ]);
  const outcome = { key: "outcome", title: t("flow_outcome"), count: total.consented, notes: [
    ...present([note(t("flow_going_on"), total.goingOn), note(t("flow_stopped"), total.interventionStopped, 1), note(t("flow_completed"), total.completed)]),
    note(t("flow_withdrawn"), total.withdrawn), note(t("flow_lost"), total.lost), note(t("flow_deceased"), total.deceased),
    ...present([note(t("flow_screen_failed"), total.screenFailed)]),
  ] };
  return { main, arms, outcome };
}

// The tree as rows, for those who read tables.
export function rowsOf(tree: FlowTree): ReadonlyArray<{ key: string; text: string; count: number; level: number }> {
  const rows: { key: string; text: string; count: number; level: number }[] = [];
  const add = (station: Station, level: number) => {
    rows.push({ key: station.key, text: station.title, count: station.count, level });
    station.notes.forEach((each, i) => rows.push({ key: `${station.key}-${i}`, text: each.text, count: each.count, level: level + 1 + each.level }));
  };
  for (const { station, aside } of tree.main) {
    add(station, 0);
    if (aside !== undefined) add(aside, 1);
  }
  for (const arm of tree.arms) arm.forEach((station, i) => add(station, i === 0 ? 1 : 2));
  add(tree.outcome, 0);
  return rows;
}
