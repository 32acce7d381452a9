// SPDX-License-Identifier: Apache-2.0
import type { StudyDocument_Allocation_Factor } from "~/gen/reprise/study/v1/document_pb";
import { told } from "~/text/text";

// What people call a level of a factor of the allocation; the level itself where the study document has no words for it.
export function levelOf(factor: StudyDocument_Allocation_Factor, level: string): string {
  return told(factor.levelTitles.find((each) => each.level === level)?.title) || level;
}
