// SPDX-License-Identifier: Apache-2.0
// What the pages of a site read: lists over all pages of an answer, and the sites and stage chosen.
import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { clientOf } from "~/api/clients";
import { EnrolmentService } from "~/gen/reprise/enrolment/v1/enrolment_service_pb";
import type { Participant } from "~/gen/reprise/enrolment/v1/participant_pb";
import type { ConsentStanding, Screening } from "~/gen/reprise/enrolment/v1/screening_pb";
import type { VisitEntry } from "~/gen/reprise/phase/v1/course_pb";
import { type ListVisitsResponse, PhaseService } from "~/gen/reprise/phase/v1/phase_service_pb";
import { QuestionnaireService } from "~/gen/reprise/questionnaire/v1/questionnaire_service_pb";
import type { Instance } from "~/gen/reprise/questionnaire/v1/response_pb";
import type { StudyDocument, StudyDocument_Stage } from "~/gen/reprise/study/v1/document_pb";
import { usePlace } from "~/shell/self";

// Follows the page tokens of a list to its end.
export async function everyPage<Page extends { nextPageToken: string }, Row>(
  ask: (pageToken: string) => Promise<Page>, rows: (page: Page) => Row[],
): Promise<Row[]> {
  const all: Row[] = [];
  for (let pageToken = "", first = true; first || pageToken !== ""; first = false) {
    const page = await ask(pageToken);
    all.push(...rows(page));
    pageToken = page.nextPageToken;
  }
  return all;
}

export function useParticipants() {
  const { study } = usePlace();
  return useQuery({
    queryKey: ["ListParticipants", study.studyId],
    queryFn: ({ signal }): Promise<Participant[]> => everyPage(
      (pageToken) => clientOf(EnrolmentService).listParticipants({ studyId: study.studyId, pageSize: 1000, pageToken }, { signal }),
      (page) => page.participants,
    ),
  });
}

export interface Visits {
  readonly visits: readonly VisitEntry[];
  readonly kinds: ListVisitsResponse["kinds"];
}

export function useVisits(enabled = true) {
  const { study } = usePlace();
  return useQuery({
    queryKey: ["ListVisits", study.studyId],
    queryFn: async ({ signal }): Promise<Visits> => {
      const kinds = new Map<string, ListVisitsResponse["kinds"][number]>();
      const visits = await everyPage(
        (pageToken) => clientOf(PhaseService).listVisits({ studyId: study.studyId, pageSize: 10_000, pageToken }, { signal }),
        (page) => {
          for (const kind of page.kinds) kinds.set(kind.visit, kind);
          return page.visits;
        },
      );
      return { visits, kinds: [...kinds.values()] };
    },
    enabled,
  });
}

export function useOccasions(enabled = true) {
  const { study } = usePlace();
  return useQuery({
    queryKey: ["ListOccasions", study.studyId],
    queryFn: ({ signal }): Promise<Instance[]> => everyPage(
      (pageToken) => clientOf(QuestionnaireService).listOccasions({ studyId: study.studyId, pageSize: 10_000, pageToken }, { signal }),
      (page) => page.occasions,
    ),
    enabled,
  });
}

export function useConsentsDue() {
  const { study } = usePlace();
  return useQuery({
    queryKey: ["ListConsents", study.studyId],
    queryFn: ({ signal }): Promise<ConsentStanding[]> => everyPage(
      (pageToken) => clientOf(EnrolmentService).listConsents({ studyId: study.studyId, onlyDue: true, pageSize: 1000, pageToken }, { signal }),
      (page) => page.consents,
    ),
  });
}

export function useScreenings(stage: string | undefined) {
  const { study } = usePlace();
  return useQuery({
    queryKey: ["ListScreenings", study.studyId, stage],
    queryFn: ({ signal }): Promise<Screening[]> => everyPage(
      (pageToken) => clientOf(EnrolmentService).listScreenings({ studyId: study.studyId, stage: stage!, pageSize: 1000, pageToken }, { signal }),
      (page) => page.screenings,
    ),
    enabled: stage !== undefined,
  });
}

// Names of sites by id, for those whose caller sees several.
export function useSiteNames(): ReadonlyMap<string, string> {
  const { allSites } = usePlace();
  return useMemo(() => new Map(allSites.map((site) => [site.siteId, site.name])), [allSites]);
}

const STAGE = "reprise.stage";

// The stage that the lists show: the one last chosen, else the first that is open.
export function useStage(document: StudyDocument | undefined, day: string): {
  stage: StudyDocument_Stage | undefined; stages: readonly StudyDocument_Stage[]; choose: (code: string) => void;
} {
  const [code, setCode] = useState(() => sessionStorage.getItem(STAGE));
  const stages = useMemo(() => (document?.stages ?? []).filter((each) => each.opensOn <= day), [document, day]);
  const open = stages.filter((each) => each.closesOn === "" || each.closesOn >= day);
  const stage = stages.find((each) => each.code === code) ?? open.find((each) => each.arms.length > 0) ?? open[0] ?? stages[0];
  return {
    stage, stages,
    choose: (chosen) => {
      sessionStorage.setItem(STAGE, chosen);
      setCode(chosen);
    },
  };
}
