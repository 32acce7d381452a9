// SPDX-License-Identifier: Apache-2.0
// The versions of an answered questionnaire: when, by whom and why each was made, and what it changed.
import { useQueries } from "@tanstack/react-query";
import { clientOf } from "~/api/clients";
import { instantOf } from "~/api/dates";
import { problemOf } from "~/api/problem";
import { QuestionnaireService } from "~/gen/reprise/questionnaire/v1/questionnaire_service_pb";
import { Missing, type Response } from "~/gen/reprise/questionnaire/v1/response_pb";
import { Card } from "~/parts/layout";
import { ProblemNotice } from "~/parts/problem";
import { Loading } from "~/parts/query";
import { changedFields, type Form, questionOf } from "~/questionnaire/form";
import type { Given } from "~/questionnaire/reading";
import { useShowing } from "~/questionnaire/showing";
import { useCaller } from "~/shell/self";
import { useFormats } from "~/text/format";
import { useText } from "~/text/text";
import { texts } from "../text";
import { Table } from "./work";

export function Versions({ form, response }: { form: Form; response: Response }) {
  const t = useText(texts);
  const { instant } = useFormats();
  const { self } = useCaller();
  const { instanceId, version } = response;
  const earlier = Array.from({ length: Number(version) - 1 }, (_, index) => Number(version) - 1 - index);
  const read = useQueries({
    queries: earlier.map((each) => ({
      queryKey: ["GetResponse", instanceId, each],
      queryFn: () => clientOf(QuestionnaireService).getResponse({ instanceId, version: BigInt(each) }),
      staleTime: Infinity,
    })),
  });
  if (earlier.length === 0) return <Card title={t("versions_title")}><p className="quiet">{t("versions_none")}</p></Card>;
  const failed = read.find((each) => each.isError);
  if (failed !== undefined) return <Card title={t("versions_title")}><ProblemNotice problem={problemOf(failed.error)} onRetry={() => void failed.refetch()} /></Card>;
  if (read.some((each) => each.data === undefined)) return <Loading />;
  const all = [response, ...read.map((each) => each.data!)];
  return (
    <Card title={t("versions_title")}>
      <ol className="versions">
        {all.map((each, index) => (
          <li key={String(each.version)}>
            <p><strong>{t("version_number", { version: String(each.version) })}</strong>{" "}
              <span className="quiet">{[instant(instantOf(each.submitTime)), each.submittedBy === self.user?.userId ? t("version_by_you") : each.version > 1n ? t("version_by_team") : ""].filter(Boolean).join(", ")}</span></p>
            {each.changeReason !== "" && <p>{t("version_why", { reason: each.changeReason })}</p>}
            {all[index + 1] === undefined
              ? <p className="quiet">{t("version_sent")}</p>
              : <Changes form={form} before={all[index + 1]!.answers} after={each.answers} label={t("version_number", { version: String(each.version) })} />}
          </li>
        ))}
      </ol>
    </Card>
  );
}

// What the one has and the other has not, question by question.
export function Changes({ form, before, after, label }: { form: Form; before: Readonly<Record<string, Given>>; after: Readonly<Record<string, Given>>; label: string }) {
  const t = useText(texts);
  const { answer } = useShowing(undefined, true);
  const words = (code: string, answers: Readonly<Record<string, Given>>) => {
    const given = answers[code];
    const field = form.byCode.get(code)!;
    return answer(field, given === undefined || (given.value === "" && given.missing === Missing.UNSPECIFIED) ? { value: "", missing: Missing.NOT_ANSWERED } : given);
  };
  const rows = changedFields(form, before, after).map((field) => [questionOf(field) || t("entry_question", { code: field.code }), words(field.code, before), words(field.code, after)]);
  return <Table label={label} head={[t("change_question"), t("change_before"), t("change_after")]} rows={rows} />;
}
