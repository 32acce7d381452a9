// SPDX-License-Identifier: Apache-2.0
// Who the candidate is, on its way to the vault; and the warning where she is in the study already.
import { create } from "@bufbuild/protobuf";
import { useState } from "react";
import { Link } from "wouter";
import { wireOf } from "~/api/dates";
import { problemOf } from "~/api/problem";
import { type Identity, IdentitySchema } from "~/gen/reprise/enrolment/v1/screening_pb";
import { DayField, TextField, textOf } from "~/parts/form";
import { Notice } from "~/parts/layout";
import { useText } from "~/text/text";
import { texts } from "../text";

export function IdentityFields() {
  const t = useText(texts);
  // Browsers keep nothing of these.
  return (
    <div className="grid">
      <TextField name="identity.birth_name" label={t("birth_name")} autoComplete="off" />
      <TextField name="identity.used_name" label={t("used_name")} autoComplete="off" optional />
      <TextField name="identity.given_name" label={t("given_name")} autoComplete="off" />
      <DayField name="identity.birth_date" label={t("birth_date")} autoComplete="off" />
      <TextField name="identity.phone" label={t("phone")} type="tel" autoComplete="off" optional />
      <TextField name="identity.email" label={t("email")} type="email" autoComplete="off" optional />
      <TextField name="identity.employer" label={t("employer")} autoComplete="off" optional />
    </div>
  );
}

export function identityOf(data: FormData): Identity {
  const birthDate = wireOf(textOf(data, "identity.birth_date"));
  return create(IdentitySchema, {
    birthName: textOf(data, "identity.birth_name"), usedName: textOf(data, "identity.used_name"), givenName: textOf(data, "identity.given_name"),
    phone: textOf(data, "identity.phone"), email: textOf(data, "identity.email"), employer: textOf(data, "identity.employer"), ...(birthDate && { birthDate }),
  });
}

// Whether the last sending was refused because she is in the study already: told beside the fields, not as an error.
// `once` runs a sending and says whether it went through.
export function useDuplicate() {
  const [duplicate, setDuplicate] = useState(false);
  const once = async (send: () => Promise<unknown>): Promise<boolean> => {
    setDuplicate(false);
    try {
      await send();
      return true;
    } catch (error) {
      if (problemOf(error).reason !== "PERSON_IN_STUDY") throw error;
      setDuplicate(true);
      return false;
    }
  };
  return { duplicate, once };
}

export function DuplicateNotice() {
  const t = useText(texts);
  return (
    <div tabIndex={-1} role="alert" className="duplicate">
      <Notice tone="warn">
        <p><strong>{t("duplicate_title")}</strong></p>
        <p>{t("duplicate_text")}</p>
        <p>{t("duplicate_do")}</p>
        <p><Link href="/screenings" className="button">{t("back_to_list")}</Link></p>
      </Notice>
    </div>
  );
}
