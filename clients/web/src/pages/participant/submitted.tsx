// SPDX-License-Identifier: Apache-2.0
// What she sent, to be read again or printed. Her site corrects it at her word.
import { useMemo } from "react";
import { Link } from "wouter";
import { clientOf } from "~/api/clients";
import { QuestionnaireService } from "~/gen/reprise/questionnaire/v1/questionnaire_service_pb";
import type { Instance } from "~/gen/reprise/questionnaire/v1/response_pb";
import { Page } from "~/parts/layout";
import { Query } from "~/parts/query";
import { Form } from "~/questionnaire/form";
import { Sheet } from "~/questionnaire/sheet";
import { common } from "~/text/common";
import { told, useText } from "~/text/text";
import { CALL } from "./instances";
import { Source, useSource } from "./source";
import { texts } from "./text";

export default function Submitted({ instance, help }: { instance: Instance; help: string }) {
  const t = useText(texts);
  const c = useText(common);
  const { instanceId, instrumentVersionId } = instance;
  const source = useMemo(() => new Source(async () => {
    const service = clientOf(QuestionnaireService);
    const [form, response] = await Promise.all([service.getForm({ instrumentVersionId }, CALL), service.getResponse({ instanceId }, CALL)]);
    return { form: new Form(form), response };
  }), [instrumentVersionId, instanceId]);
  const query = useSource(source, Infinity);
  const title = told(instance.title) || instance.instrumentId;
  return (
    <Page title={t("submitted_title")} lead={title} actions={<button type="button" className="button" onClick={() => print()}>{c("print")}</button>}>
      <p className="measure">{help}</p>
      <Query query={query}>
        {({ form, response }) => (
          <>
            {response.version > 1n && <p className="measure">{t("submitted_corrected")}</p>}
            <Sheet form={form} answers={response.answers} title={title} />
          </>
        )}
      </Query>
      <p className="no-print"><Link href="~/p" className="button main">{t("to_list")}</Link></p>
    </Page>
  );
}
