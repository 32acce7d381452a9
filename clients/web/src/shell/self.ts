// SPDX-License-Identifier: Apache-2.0
// The person who is logged in, what she may do, and the study and site that she is looking at.
import { useQuery } from "@tanstack/react-query";
import { createContext, useContext } from "react";
import { clientOf } from "~/api/clients";
import type { GetSelfResponse } from "~/gen/reprise/access/v1/access_service_pb";
import { Role } from "~/gen/reprise/access/v1/delegation_pb";
import type { Site, Study } from "~/gen/reprise/study/v1/study_pb";
import { StudyService } from "~/gen/reprise/study/v1/study_service_pb";

// One study with what the caller is in it.
export interface Place {
  readonly study: Study;
  // Sites at which she has one of her roles; all of them where a role is for the whole study.
  readonly sites: readonly Site[];
  readonly allSites: readonly Site[];
  readonly roles: ReadonlySet<Role>;
}

export interface Caller {
  readonly self: GetSelfResponse;
  readonly places: readonly Place[];
  // Undefined for an administrator without a study.
  readonly place: Place | undefined;
  choose(studyId: string): void;
  may(permission: string): boolean;
}

export const CallerContext = createContext<Caller | undefined>(undefined);

export function useCaller(): Caller {
  const caller = useContext(CallerContext);
  if (caller === undefined) throw new Error("a page of the staff stands outside of its shell");
  return caller;
}

// For pages of a study, which the shell only shows where there is one.
export function usePlace(): Place {
  const { place } = useCaller();
  if (place === undefined) throw new Error("a page of a study is shown without one");
  return place;
}

export function useStudies(enabled: boolean) {
  return useQuery({
    queryKey: ["studies"],
    queryFn: ({ signal }) => clientOf(StudyService).listStudies({}, { signal }),
    enabled,
    staleTime: 300_000,
  });
}

export function placesOf(self: GetSelfResponse, studies: readonly { study?: Study; sites: Site[] }[]): Place[] {
  return studies.flatMap(({ study, sites }) => {
    if (study === undefined) return [];
    const mine = self.delegations.filter((each) => each.studyId === study.studyId);
    if (mine.length === 0) return [];
    const whole = mine.some((each) => each.siteId === "");
    const allowed = new Set(mine.map((each) => each.siteId));
    return [{
      study,
      sites: whole ? sites : sites.filter((site) => allowed.has(site.siteId)),
      allSites: sites,
      roles: new Set(mine.map((each) => each.role)),
    }];
  });
}
