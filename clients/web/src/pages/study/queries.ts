// SPDX-License-Identifier: Apache-2.0
// What the pages of a whole study read: its document, its counts, and who is who.
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { clientOf } from "~/api/clients";
import { type Day, today } from "~/api/dates";
import { AccessService } from "~/gen/reprise/access/v1/access_service_pb";
import { CohortService } from "~/gen/reprise/cohort/v1/cohort_service_pb";
import { QuestionnaireService } from "~/gen/reprise/questionnaire/v1/questionnaire_service_pb";
import type { StudyDocument } from "~/gen/reprise/study/v1/document_pb";
import { StudyService } from "~/gen/reprise/study/v1/study_service_pb";
import { useCaller, usePlace } from "~/shell/self";
import type { Language } from "~/text/language";
import { told } from "~/text/text";

export function useProtocol(version?: number) {
  const { study } = usePlace();
  return useQuery({
    queryKey: ["GetProtocol", study.studyId, version ?? 0],
    queryFn: ({ signal }) => clientOf(StudyService).getProtocol({ studyId: study.studyId, version }, { signal }),
    staleTime: 60_000,
  });
}

export function useVersions() {
  const { study } = usePlace();
  return useQuery({
    queryKey: ["ListProtocolVersions", study.studyId],
    queryFn: ({ signal }) => clientOf(StudyService).listProtocolVersions({ studyId: study.studyId }, { signal }),
  });
}

// The last instant of a day in the browser's time; undefined, that is now, for today.
export function endOf(day: Day | undefined) {
  if (day === undefined || day >= today()) return undefined;
  return timestampFromDate(new Date(`${day}T23:59:59.999`));
}

export function flowOptions(studyId: string, stage: string, day?: Day) {
  return {
    queryKey: ["CountFlow", studyId, stage, day ?? "now"],
    queryFn: ({ signal }: { signal: AbortSignal }) =>
      clientOf(CohortService).countFlow({ studyId, stage, asOfTime: endOf(day) }, { signal }),
  };
}

// The counts of a stage; those shown stay while those of another day are on their way.
export function useFlow(stage: string | undefined, day?: Day) {
  const { study } = usePlace();
  return useQuery({ ...flowOptions(study.studyId, stage ?? "", day), enabled: stage !== undefined, placeholderData: keepPreviousData });
}

export function boardOptions(studyId: string, stage: string, day?: Day) {
  return {
    queryKey: ["GetProgressionBoard", studyId, stage, day ?? "now"],
    queryFn: ({ signal }: { signal: AbortSignal }) =>
      clientOf(CohortService).getProgressionBoard({ studyId, stage, asOfTime: endOf(day) }, { signal }),
  };
}

export function useBoard(stage: string | undefined, day?: Day) {
  const { study } = usePlace();
  return useQuery({ ...boardOptions(study.studyId, stage ?? "", day), enabled: stage !== undefined, placeholderData: keepPreviousData });
}

// How complete the questionnaires of a stage are; counts that are shown stay while others are on their way.
export function useCompleteness(stage: string, day?: Day, siteId?: string) {
  const { study } = usePlace();
  return useQuery({
    queryKey: ["CountCompleteness", study.studyId, stage, day ?? "now", siteId ?? ""],
    queryFn: ({ signal }) => clientOf(QuestionnaireService)
      .countCompleteness({ studyId: study.studyId, stage, asOfTime: endOf(day), siteId }, { signal }),
    placeholderData: keepPreviousData,
  });
}

// All scheduled questionnaires, page after page.
export function useOccasions(siteId?: string, enabled = true) {
  const { study } = usePlace();
  return useQuery({
    queryKey: ["ListOccasions", study.studyId, siteId ?? ""],
    enabled,
    queryFn: async ({ signal }) => {
      const all = [];
      let pageToken = "";
      do {
        const page = await clientOf(QuestionnaireService)
          .listOccasions({ studyId: study.studyId, siteId, pageSize: 10_000, pageToken }, { signal });
        all.push(...page.occasions);
        pageToken = page.nextPageToken;
      } while (pageToken !== "");
      return all;
    },
  });
}

// Titles, by id, of the instruments that the document schedules. They never change.
export function useInstrumentTitles(content: StudyDocument | undefined) {
  const { may } = useCaller();
  const wanted = [...new Set(content?.questionnaires.map((each) => each.instrument))].sort();
  return useQuery({
    queryKey: ["instrument titles", wanted],
    enabled: wanted.length > 0 && may("instrument.list"),
    staleTime: Infinity,
    queryFn: async ({ signal }) => {
      const client = clientOf(QuestionnaireService);
      const { instrumentVersions } = await client.listInstrumentVersions({}, { signal });
      const newest = new Map(instrumentVersions.map((each) => [each.instrumentId, each.instrumentVersionId]));
      return new Map(await Promise.all(wanted.filter((id) => newest.has(id)).map(async (id) => {
        const form = await client.getForm({ instrumentVersionId: newest.get(id)! }, { signal });
        return [id, form.instrument!.title] as const;
      })));
    },
  });
}

export function delegationsOptions(studyId: string, liveOnly: boolean) {
  return {
    queryKey: ["ListDelegations", studyId, liveOnly],
    queryFn: async ({ signal }: { signal: AbortSignal }) => {
      const all = [];
      let pageToken = "";
      do {
        const page = await clientOf(AccessService).listDelegations({ studyId, liveOnly, pageSize: 200, pageToken }, { signal });
        all.push(...page.delegations);
        pageToken = page.nextPageToken;
      } while (pageToken !== "");
      return all;
    },
  };
}

export function usersOptions() {
  return {
    queryKey: ["ListUsers"],
    queryFn: async ({ signal }: { signal: AbortSignal }) => {
      const all = [];
      let pageToken = "";
      do {
        const page = await clientOf(AccessService).listUsers({ pageSize: 200, pageToken }, { signal });
        all.push(...page.users);
        pageToken = page.nextPageToken;
      } while (pageToken !== "");
      return all;
    },
  };
}

// What the codes of a study document are called.
export function titlesOf(content: StudyDocument | undefined, language: Language) {
  const by = (list: readonly { code: string; title: Record<string, string> }[] | undefined) => (code: string) =>
    told(list?.find((each) => each.code === code)?.title, language) || code;
  return {
    stage: by(content?.stages),
    arm: by(content?.arms),
    criterion: by(content?.criteria),
    decline: by(content?.declineReasons),
    site: (code: string) => content?.sites.find((each) => each.code === code)?.name || code,
  };
}
