// SPDX-License-Identifier: Apache-2.0
// Makes a personal link and shows it once: to be copied, read out, or printed as a slip.
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { clientOf } from "~/api/clients";
import { addDays, today } from "~/api/dates";
import { newRequestId } from "~/api/requestId";
import { AccessService } from "~/gen/reprise/access/v1/access_service_pb";
import type { CreateParticipantLinkResponse } from "~/gen/reprise/access/v1/participant_link_pb";
import type { Participation } from "~/gen/reprise/enrolment/v1/screening_pb";
import type { Instance } from "~/gen/reprise/questionnaire/v1/response_pb";
import { QuestionnaireService } from "~/gen/reprise/questionnaire/v1/questionnaire_service_pb";
import { ChoiceField, DayField, Form, textOf } from "~/parts/form";
import { Notice } from "~/parts/layout";
import { common } from "~/text/common";
import { useFormats } from "~/text/format";
import { currentLanguage } from "~/text/language";
import { useText } from "~/text/text";
import { texts } from "../text";

// Opens a scheduled questionnaire that nobody has opened yet.
export async function opened(instance: Instance): Promise<string> {
  if (instance.instanceId !== "") return instance.instanceId;
  const found = await clientOf(QuestionnaireService).openInstance({
    requestId: newRequestId(), participantId: instance.participantId, instrumentVersionId: instance.instrumentVersionId, timepoint: instance.timepoint,
  });
  return found.instanceId;
}

export function LinkForm({ participation, instance }: { participation: Participation; instance: Instance | undefined }) {
  const t = useText(texts);
  const k = useText(common);
  const queries = useQueryClient();
  const [made, setMade] = useState<CreateParticipantLinkResponse>();
  const make = async (data: FormData, requestId: string) => {
    const instanceId = instance === undefined ? "" : await opened(instance);
    const until = textOf(data, "until_time");
    setMade(await clientOf(AccessService).createParticipantLink({
      requestId, participantId: participation.participantId, instanceId, language: textOf(data, "language"),
      ...(until === "" ? {} : { untilTime: timestampFromDate(new Date(`${until}T23:59:00`)) }),
    }));
    for (const name of ["ListParticipantLinks", "ListInstances"]) void queries.invalidateQueries({ queryKey: [name, participation.participantId] });
  };
  if (made !== undefined) return <Made made={made} code={participation.code} />;
  return (
    <Form onSubmit={make} submit={t("link_make")}>
      <p>{t("link_lead")}</p>
      <DayField name="until_time" label={t("link_until")} defaultValue={addDays(today(), 14)} min={addDays(today(), 1)} max={addDays(today(), 59)} />
      <ChoiceField name="language" label={t("link_language")} defaultValues={[currentLanguage()]}
        options={[{ value: "fr", label: k("language_fr") }, { value: "en", label: k("language_en") }]} />
    </Form>
  );
}

function Made({ made, code }: { made: CreateParticipantLinkResponse; code: string }) {
  const t = useText(texts);
  const k = useText(common);
  const { longDay } = useFormats();
  const [copied, setCopied] = useState(false);
  const start = `${location.origin}/p`;
  const address = `${start}#${made.token}`;
  const until = made.link?.untilTime === undefined ? "" : longDay(new Date(Number(made.link.untilTime.seconds) * 1000).toISOString().slice(0, 10));
  const copy = async () => {
    await navigator.clipboard.writeText(address);
    setCopied(true);
  };
  return (
    <div className="stack">
      <Notice tone="warn" live><p><strong>{t("link_once")}</strong></p></Notice>
      <section className="link-slip" aria-label={t("link_slip")}>
        <h3>{t("link_slip")}</h3>
        <p>{t("link_slip_lead", { address: start })}</p>
        <dl className="facts">
          <dt>{t("link_address")}</dt><dd><code className="link-address">{address}</code></dd>
          <dt>{t("link_code")}</dt><dd><code className="link-code">{made.shortCode}</code></dd>
          <dt>{t("link_until")}</dt><dd>{until}</dd>
          <dt>{k("participant")}</dt><dd>{code}</dd>
        </dl>
      </section>
      <div className="row no-print">
        <button type="button" className="button main" onClick={() => void copy()}>{t("link_copy")}</button>
        <button type="button" className="button" onClick={() => print()}>{t("link_print")}</button>
        <span role="status">{copied && t("link_copied")}</span>
      </div>
    </div>
  );
}
