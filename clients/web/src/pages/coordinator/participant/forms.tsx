// SPDX-License-Identifier: Apache-2.0
// Her questionnaires: what is awaited, by whom it is filled in, and the links she was given.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "wouter";
import { clientOf } from "~/api/clients";
import { dayOf, instantOf } from "~/api/dates";
import { newRequestId } from "~/api/requestId";
import { formStanding, useCourseText } from "~/course/labels";
import { AccessService } from "~/gen/reprise/access/v1/access_service_pb";
import { LinkState } from "~/gen/reprise/access/v1/participant_link_pb";
import type { Participation } from "~/gen/reprise/enrolment/v1/screening_pb";
import { type Instance, Instance_Respondent as Respondent, Instance_State as State } from "~/gen/reprise/questionnaire/v1/response_pb";
import { Dialog } from "~/parts/dialog";
import { Card, Empty } from "~/parts/layout";
import { Query } from "~/parts/query";
import { type Shape, Sign, type SignTone } from "~/parts/sign";
import { useCaller } from "~/shell/self";
import { useFormats } from "~/text/format";
import { useLanguage } from "~/text/language";
import { told, useText } from "~/text/text";
import { occasionName, timepointOf } from "../timepoint";
import { texts } from "../text";
import { LinkForm } from "./link";
import { Table } from "./work";


export function FormsTab({ participation, instances }: { participation: Participation; instances: readonly Instance[] }) {
  const t = useText(texts);
  const c = useCourseText();
  const language = useLanguage();
  const { day } = useFormats();
  const { may } = useCaller();
  const [open, setOpen] = useState<Instance | "any">();
  const id = participation.participantId;
  const rows = instances.map((each) => {
    const form = told(each.title, language) || each.instrumentId;
    const name = occasionName(form, timepointOf(t, each.timepoint, each.timepointTitle));
    const window = each.windowOpenDate === undefined ? "–" : `${day(dayOf(each.windowOpenDate))} – ${day(dayOf(each.windowCloseDate))}`;
    const acts = each.state === State.SUBMITTED ? may("response.read") && (
      <Link href={`/participants/${id}/answers/${each.instanceId}`} className="button" aria-label={t("answers_read_named", { form: name })}>{t("answers_read")}</Link>
    ) : each.takesAnswers && (
      <span className="row">
        {may("response.submit") && (
          <Link href={`/participants/${id}/forms/${each.instrumentId}/${encodeURIComponent(each.timepoint)}`} className="button" aria-label={t("enter_named", { form: name })}>{t("enter_paper")}</Link>
        )}
        {may("participant.link") && each.respondent !== Respondent.TEAM && (
          <button type="button" className="button" aria-label={t("give_link_named", { form: name })} onClick={() => setOpen(each)}>{t("give_link")}</button>
        )}
      </span>
    );
    return [
      <>{form}{each.required && <div className="small quiet">{t("required_form")}</div>}{each.respondent === Respondent.TEAM && <div className="small quiet">{t("by_team")}</div>}</>, timepointOf(t, each.timepoint, each.timepointTitle),
      <Sign {...formStanding(c, each)} />, window, day(dayOf(each.answeredDate)), acts,
    ];
  });
  return (
    <>
      <Card title={t("forms_title")}>
        {rows.length === 0 ? <Empty>{t("forms_empty")}</Empty>
          : <Table label={t("forms_title")} head={[t("form_name"), t("timepoint"), c("state"), t("window"), t("answered_on"), c("record")]} rows={rows} />}
      </Card>
      {may("participant.link") && <Links participantId={id} onGive={() => setOpen("any")} />}
      <Dialog title={t("link_title")} open={open !== undefined} onClose={() => setOpen(undefined)}>
        {open !== undefined && <LinkForm participation={participation} instance={open === "any" ? undefined : open} />}
      </Dialog>
    </>
  );
}

const LINK: Readonly<Record<number, readonly [Shape, SignTone]>> = {
  [LinkState.LIVE]: ["clock", "good"], [LinkState.USED]: ["full", "good"], [LinkState.EXPIRED]: ["late", "warn"], [LinkState.REVOKED]: ["cross", "mute"],
};

function Links({ participantId, onGive }: { participantId: string; onGive: () => void }) {
  const t = useText(texts);
  const c = useCourseText();
  const { instant } = useFormats();
  const queries = useQueryClient();
  const query = useQuery({
    queryKey: ["ListParticipantLinks", participantId],
    queryFn: ({ signal }) => clientOf(AccessService).listParticipantLinks({ participantId }, { signal }),
  });
  const revoke = async (linkId: string) => {
    await clientOf(AccessService).revokeParticipantLink({ requestId: newRequestId(), linkId });
    await queries.invalidateQueries({ queryKey: ["ListParticipantLinks", participantId] });
  };
  return (
    <Card title={t("links_title")} aside={<button type="button" className="button" onClick={onGive}>{t("link_any")}</button>}>
      <Query query={query}>{({ links }) => links.length === 0 ? <p className="quiet">{t("links_none")}</p> : (
        <Table label={t("links_title")} head={[t("link_made"), c("state"), t("link_until"), t("link_revoke")]}
          rows={links.map((link) => {
            const [shape, tone] = LINK[link.state] ?? ["question", "mute"];
            const made = instant(instantOf(link.madeTime));
            return [
              made, <Sign shape={shape} tone={tone} label={t(`link_state_${link.state || 1}` as "link_state_1")} />, instant(instantOf(link.untilTime)),
              (link.state === LinkState.LIVE || link.state === LinkState.USED) && (
                <button type="button" className="button plain" aria-label={t("link_revoke_named", { day: made })} onClick={() => void revoke(link.linkId)}>{t("link_revoke")}</button>
              ),
            ];
          })} />
      )}
      </Query>
    </Card>
  );
}
