// SPDX-License-Identifier: Apache-2.0
// What is read and written about one participant, under the keys that every page shares.
import { type QueryClient, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { clientOf } from "~/api/clients";
import { EnrolmentService } from "~/gen/reprise/enrolment/v1/enrolment_service_pb";
import type { Course } from "~/gen/reprise/phase/v1/course_pb";
import { PhaseService } from "~/gen/reprise/phase/v1/phase_service_pb";
import { QuestionnaireService } from "~/gen/reprise/questionnaire/v1/questionnaire_service_pb";
import { StudyService } from "~/gen/reprise/study/v1/study_service_pb";
import { Form } from "~/questionnaire/form";
import { useCaller, usePlace } from "~/shell/self";
import { useTitles } from "./labels";

export function useCourse(participantId: string) {
  return useQuery({
    queryKey: ["GetCourse", participantId],
    queryFn: ({ signal }) => clientOf(PhaseService).getCourse({ participantId }, { signal }),
  });
}

export function useParticipation(participantId: string, enabled = true) {
  return useQuery({
    queryKey: ["GetParticipation", participantId],
    queryFn: ({ signal }) => clientOf(EnrolmentService).getParticipation({ participantId }, { signal }),
    enabled,
  });
}

export function useInstances(participantId: string, enabled = true) {
  return useQuery({
    queryKey: ["ListInstances", participantId],
    queryFn: ({ signal }) => clientOf(QuestionnaireService).listInstances({ participantId }, { signal }),
    enabled,
  });
}

// A questionnaire as it was published, which never changes.
export function useForm(instrumentVersionId: string | undefined) {
  return useQuery({
    queryKey: ["GetForm", instrumentVersionId],
    queryFn: async ({ signal }) => new Form(await clientOf(QuestionnaireService).getForm({ instrumentVersionId: instrumentVersionId! }, { signal })),
    enabled: instrumentVersionId !== undefined && instrumentVersionId !== "",
    staleTime: Infinity,
  });
}

// The protocol in force, or the version by which a participant is judged.
export function useProtocol(version?: number) {
  const { study } = usePlace();
  return useQuery({
    queryKey: ["GetProtocol", study.studyId, version ?? 0],
    queryFn: ({ signal }) => clientOf(StudyService).getProtocol({ studyId: study.studyId, ...(version ? { version } : {}) }, { signal }),
    staleTime: 300_000,
  });
}

export function useVisitTitles(version?: number) {
  return { visits: useTitles(useProtocol(version).data?.content?.visits) };
}

// Puts the course that a writing call answered in place, and makes what follows from it be read anew.
export function useTakeCourse() {
  const queries = useQueryClient();
  return useCallback((course: Course) => takeCourse(queries, course), [queries]);
}

function takeCourse(queries: QueryClient, course: Course): void {
  const id = course.participantId;
  queries.setQueryData(["GetCourse", id], course);
  for (const queryKey of [["ListInstances", id], ["GetParticipation", id], ["ListVisits"], ["ListOccasions"], ["ListParticipants"]]) {
    void queries.invalidateQueries({ queryKey });
  }
}

export async function readCourse(participantId: string): Promise<Course> {
  return clientOf(PhaseService).getCourse({ participantId });
}

// Previews are opened to those who correct timelines; later perhaps to more.
export function useMayPreview(): boolean {
  const { may } = useCaller();
  return may("timeline.preview") || may("timeline.correct");
}
