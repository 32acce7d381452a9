// SPDX-License-Identifier: Apache-2.0
// Corrects answers that were sent: a new version beside the old one. Where somebody else corrected them
// meanwhile, she sees what, and keeps what she typed.
import { useState } from "react";
import { clientOf } from "~/api/clients";
import { problemOf } from "~/api/problem";
import { QuestionnaireService } from "~/gen/reprise/questionnaire/v1/questionnaire_service_pb";
import type { Response } from "~/gen/reprise/questionnaire/v1/response_pb";
import { Form, TextArea, textOf } from "~/parts/form";
import { Card, Notice } from "~/parts/layout";
import { type Form as Questionnaire, givenOf } from "~/questionnaire/form";
import { common } from "~/text/common";
import { useText } from "~/text/text";
import { texts } from "../text";
import { EntryFields, useEntry } from "./entry";
import { Changes } from "./versions";

export function CorrectAnswers({ form, response, onDone, onClose }: {
  form: Questionnaire; response: Response; onDone: () => Promise<void>; onClose: () => void;
}) {
  const t = useText(texts);
  const k = useText(common);
  const entry = useEntry(form, givenOf(response.answers));
  const [base, setBase] = useState(response);
  const [other, setOther] = useState<{ before: Response; now: Response }>();
  const send = async (data: FormData, requestId: string) => {
    try {
      await clientOf(QuestionnaireService).correctResponse({
        requestId, instanceId: response.instanceId, etag: base.etag, answers: entry.sent(), changeReason: textOf(data, "change_reason"),
      });
      await onDone();
    } catch (error) {
      if (problemOf(error).reason !== "ETAG_MISMATCH") throw error;
      const now = await clientOf(QuestionnaireService).getResponse({ instanceId: response.instanceId });
      entry.rebase(givenOf(base.answers), givenOf(now.answers));
      setOther({ before: base, now });
      setBase(now);
    }
  };
  const reason = <Card><TextArea name="change_reason" label={t("answers_reason")} help={t("answers_reason_help")} rows={2} maxLength={500} /></Card>;
  return (
    <Form onSubmit={send} submit={t("answers_submit")} aside={<button type="button" className="button plain" onClick={onClose}>{k("cancel")}</button>}>
      <p className="measure">{t("answers_correct_lead")}</p>
      <EntryFields entry={entry} />
      {reason}
      {other !== undefined && (
        <Notice tone="warn" live>
          <p><strong>{t("answers_meanwhile")}</strong></p>
          {other.now.changeReason !== "" && <p>{t("version_why", { reason: other.now.changeReason })}</p>}
          <Changes form={form} before={other.before.answers} after={other.now.answers} label={t("answers_meanwhile")} />
          <p>{t("answers_meanwhile_help")}</p>
        </Notice>
      )}
    </Form>
  );
}
