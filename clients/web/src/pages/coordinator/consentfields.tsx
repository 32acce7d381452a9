// SPDX-License-Identifier: Apache-2.0
// The fields of a signed consent: the forms that are valid on the day of the signature.
import { useState } from "react";
import { today, wireOf } from "~/api/dates";
import type { StudyDocument, StudyDocument_ConsentForm } from "~/gen/reprise/study/v1/document_pb";
import { ChoiceField, DayField, textOf } from "~/parts/form";
import { Notice } from "~/parts/layout";
import { useLanguage } from "~/text/language";
import { told, useText } from "~/text/text";
import { texts } from "./text";

// For documents that do not say what they ask besides.
const SCOPES = ["RECONTACT", "DATA_REUSE", "INTERVIEW"] as const;

export function validOn(forms: readonly StudyDocument_ConsentForm[], stage: string, day: string): StudyDocument_ConsentForm[] {
  return forms.filter((form) => (form.stages.length === 0 || form.stages.includes(stage)) &&
    form.validFrom <= day && (form.validUntil === "" || day <= form.validUntil));
}

export function ConsentFields({ document, stage, only }: { document: StudyDocument | undefined; stage: string; only?: string | undefined }) {
  const t = useText(texts);
  const language = useLanguage();
  const [day, setDay] = useState(today());
  const forms = validOn(document?.consentForms ?? [], stage, day).filter((form) => !only || form.code === only);
  const scopes = (document?.consentScopes.length ?? 0) > 0
    ? document!.consentScopes.map((each) => ({ value: each.code, label: told(each.title, language) || each.code }))
    : SCOPES.map((each) => ({ value: each, label: t(`scope_${each}`) }));
  return (
    <>
      <DayField name="signed_date" label={t("signed_on")} max={today()} value={day} onChange={(event) => setDay(event.target.value)} />
      {forms.length === 0 ? <Notice tone="warn" live>{t("form_none")}</Notice> : (
        <ChoiceField key={forms.map((form) => form.version).join()} name="form" label={t("consent_form")} defaultValues={[`${forms[0]!.code} ${forms[0]!.version}`]}
          options={forms.map((form) => ({ value: `${form.code} ${form.version}`, label: t("form_choice", { title: told(form.title, language), version: form.version }) }))} />
      )}
      <ChoiceField name="mode" label={t("consent_mode")} defaultValues={["1"]}
        options={[1, 2].map((each) => ({ value: String(each), label: t(`consent_mode_${each}` as "consent_mode_1") }))} />
      <ChoiceField name="scopes" label={t("scopes")} optional multiple options={scopes} />
    </>
  );
}

// The part of a request that ConsentFields fills in.
export function consentOf(data: FormData) {
  const [form = "", formVersion = ""] = textOf(data, "form").split(" ");
  return { form, formVersion, signedDate: wireOf(textOf(data, "signed_date")), mode: Number(textOf(data, "mode")), scopes: data.getAll("scopes").map(String) };
}
