// SPDX-License-Identifier: Apache-2.0
// Two people at one course: what the other changed since a form was opened.
import { dayOf } from "~/api/dates";
import { type Course, Timeline as Which } from "~/gen/reprise/phase/v1/course_pb";
import { Notice } from "~/parts/layout";
import { useFormats } from "~/text/format";
import { labelled } from "~/text/text";
import { useCourseText, workLabel } from "./labels";
import type { CourseKey } from "./text";

export interface Change {
  readonly before: Course;
  readonly now: Course;
}

export function revisionOf(course: Course, which: Which): number {
  return which === Which.PHASE ? course.phaseRevision : course.workStatusRevision;
}

function useLines(which: Which) {
  const t = useCourseText();
  const { day } = useFormats();
  return (course: Course): string[] => {
    const span = (each: { startDate?: Parameters<typeof dayOf>[0]; endDate?: Parameters<typeof dayOf>[0] }) =>
      `${day(dayOf(each.startDate))} – ${each.endDate === undefined ? t("ongoing") : day(dayOf(each.endDate))}`;
    return which === Which.PHASE
      ? course.phases.map((each) => labelled(span(each), t(`phase_${each.kind}` as CourseKey)))
      : course.workStatus.map((each) => labelled(span(each), workLabel(t, each)));
  };
}

export function ChangedNotice({ change, which }: { change: Change; which: Which }) {
  const t = useCourseText();
  const linesOf = useLines(which);
  const before = linesOf(change.before);
  const now = linesOf(change.now);
  return (
    <Notice tone="warn" live>
      <p><strong>{t("changed_title")}</strong></p>
      <p>{t("changed_lead")}</p>
      <Lines title={t("changed_before")} lines={before} others={now} mark="−" />
      <Lines title={t("changed_now")} lines={now} others={before} mark="+" />
    </Notice>
  );
}

// Lines that the other list lacks are marked.
export function Lines({ title, lines, others, mark }: { title: string; lines: readonly string[]; others: readonly string[]; mark: string }) {
  return (
    <div>
      <p className="small"><strong>{title}</strong></p>
      <ul className="course-changed">
        {lines.map((line) => (
          <li key={line}>{others.includes(line) ? line : <strong>{mark} {line}</strong>}</li>
        ))}
        {lines.length === 0 && <li>–</li>}
      </ul>
    </div>
  );
}
