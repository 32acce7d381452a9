// SPDX-License-Identifier: Apache-2.0
// Extracts: their states, who asked and who decided.
import { useQuery } from "@tanstack/react-query";
import { clientOf } from "~/api/clients";
import { Extract_State } from "~/gen/reprise/extract/v1/extract_pb";
import { ExtractService } from "~/gen/reprise/extract/v1/extract_service_pb";
import { Notice } from "~/parts/layout";
import { Sign } from "~/parts/sign";
import { useCaller, usePlace } from "~/shell/self";
import { useText } from "~/text/text";
import { delegationsOptions } from "./queries";
import { study } from "./text";

export function useExtracts() {
  const { study: place } = usePlace();
  return useQuery({
    queryKey: ["ListExtracts", place.studyId],
    queryFn: ({ signal }) => clientOf(ExtractService).listExtracts({ studyId: place.studyId }, { signal }),
  });
}

const STATES = {
  [Extract_State.UNSPECIFIED]: { shape: "question", tone: "mute", label: "extract_requested" },
  [Extract_State.REQUESTED]: { shape: "clock", tone: "warn", label: "extract_requested" },
  [Extract_State.APPROVED]: { shape: "full", tone: "good", label: "extract_approved" },
  [Extract_State.REFUSED]: { shape: "cross", tone: "bad", label: "extract_refused" },
} as const;

export function ExtractSign({ state }: { state: Extract_State }) {
  const t = useText(study);
  const { shape, tone, label } = STATES[state];
  return <Sign shape={shape} tone={tone} label={t(label)} />;
}

// What the caller may know about who somebody is: herself, a colleague by name where she may see the
// list of roles, else that it is somebody else.
export function useNames(): (userId: string) => string {
  const t = useText(study);
  const { self, may } = useCaller();
  const { study: place } = usePlace();
  const people = useQuery({ ...delegationsOptions(place.studyId, false), enabled: may("delegation.list"), retry: false }).data;
  return (userId) => {
    if (userId === "") return "–";
    if (userId === self.user?.userId) return t("yourself");
    return people?.find((each) => each.delegation?.userId === userId)?.displayName ?? t("somebody_else");
  };
}

// The words that stand wherever data leave.
export function NotAnonymous() {
  const t = useText(study);
  return (
    <Notice tone="warn">
      <p><strong>{t("not_anonymous")}</strong></p>
      <p>{t("not_anonymous_help")}</p>
    </Notice>
  );
}
