// SPDX-License-Identifier: Apache-2.0
// A questionnaire that was filled in on paper, copied item by item. The day of answering is hers.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "wouter";
import { clientOf } from "~/api/clients";
import { dayOf, today, wireOf } from "~/api/dates";
import { useInstances, useParticipation } from "~/course/data";
import { type Choice, type Instrument, type Item, ItemType } from "~/gen/reprise/questionnaire/v1/instrument_pb";
import { type Form as FormDefinition, QuestionnaireService } from "~/gen/reprise/questionnaire/v1/questionnaire_service_pb";
import { type Instance, Missing } from "~/gen/reprise/questionnaire/v1/response_pb";
import { ChoiceField, DayField, Form, SelectField, TextArea, TextField, textOf } from "~/parts/form";
import { Card, Empty, Notice, Page } from "~/parts/layout";
import { Query } from "~/parts/query";
import { useLanguage } from "~/text/language";
import { told, useText } from "~/text/text";
import { texts } from "../text";
import { timepointOf } from "../timepoint";
import { opened } from "./link";
import { lacks } from "./page";

export default function Paper({ participantId, instrument, timepoint }: { participantId: string; instrument: string; timepoint: string }) {
  const t = useText(texts);
  const language = useLanguage();
  const participation = useParticipation(participantId);
  const instances = useInstances(participantId);
  const instance = instances.data?.instances.find((each) => each.instrumentId === instrument && each.timepoint === timepoint);
  const form = useQuery({
    queryKey: ["GetForm", instance?.instrumentVersionId],
    queryFn: ({ signal }) => clientOf(QuestionnaireService).getForm({ instrumentVersionId: instance!.instrumentVersionId }, { signal }),
    enabled: instance !== undefined && instance.instrumentVersionId !== "",
    staleTime: Infinity,
  });
  const code = participation.data?.code ?? "";
  const back = `/participants/${participantId}/forms`;
  const crumbs = [{ to: "/participants", label: t("participants_title") }, { to: back, label: code }];
  const gone = (instances.isError && lacks(instances.error)) || (instances.data !== undefined && instance === undefined);
  if (gone) return <Page title={t("gone_title")}><Empty action={<Link href="/participants" className="button">{t("gone_back")}</Link>}>{t("gone")}</Empty></Page>;
  const name = instance === undefined ? "" : `${told(instance.title, language) || instrument}, ${timepointOf(t, timepoint, instance.timepointTitle)}`;
  return (
    <Page title={t("paper_title", { form: name })} crumbs={crumbs} lead={t("paper_lead")}>
      <Query query={form}>{(data) => <Entry instance={instance!} form={data} back={back} />}</Query>
    </Page>
  );
}

const MISSING = { refused: Missing.REFUSED, not_applicable: Missing.NOT_APPLICABLE } as const;

function Entry({ instance, form, back }: { instance: Instance; form: FormDefinition; back: string }) {
  const t = useText(texts);
  const language = useLanguage();
  const queries = useQueryClient();
  const [saved, setSaved] = useState(false);
  const instrument = form.instrument!;
  const send = async (data: FormData, requestId: string) => {
    const answers: Record<string, { value: string; missing: Missing }> = {};
    for (const code of form.instrumentVersion?.itemCodes ?? []) {
      const field = `answers[${code}]`;
      const why = textOf(data, `missing[${code}]`);
      const value = data.getAll(field).map(String).filter((each) => each !== "").map((each) => each.trim()).join("|");
      const reason = why || (value.startsWith("missing:") ? value.slice("missing:".length) : "");
      if (reason in MISSING) answers[code] = { value: "", missing: MISSING[reason as keyof typeof MISSING] };
      else if (value !== "") answers[code] = { value, missing: Missing.UNSPECIFIED };
    }
    const instanceId = await opened(instance);
    await clientOf(QuestionnaireService).submitResponse({ requestId, instanceId, answers, answeredDate: wireOf(textOf(data, "answered_date")) });
    setSaved(true);
    for (const queryKey of [["ListInstances", instance.participantId], ["ListOccasions"]]) void queries.invalidateQueries({ queryKey });
  };
  if (saved) {
    return (
      <Notice tone="good" live>
        <p><strong>{t("paper_saved")}</strong></p>
        <p><Link href={back} className="button">{t("tab_forms")}</Link></p>
      </Notice>
    );
  }
  return (
    <Form onSubmit={send} submit={t("paper_submit")}>
      <Card><DayField name="answered_date" label={t("answered_date")} help={t("answered_date_help")} min={dayOf(instance.windowOpenDate)} max={today()} defaultValue={today()} /></Card>
      {instrument.sections.map((section) => (
        <Card key={section.code} title={told(section.title, language)}>
          <div className="stack">
            {section.items.map((item) => <ItemField key={item.code} item={item} instrument={instrument} />)}
          </div>
        </Card>
      ))}
    </Form>
  );
}

function choicesOf(item: Item, instrument: Instrument): readonly Choice[] {
  return item.choices.length > 0 ? item.choices : (instrument.choiceLists.find((list) => list.id === item.choiceList)?.choices ?? []);
}

function ItemField({ item, instrument }: { item: Item; instrument: Instrument }) {
  const t = useText(texts);
  const language = useLanguage();
  const label = told(item.text, language);
  const help = [told(item.help, language), item.shownIf === "" ? "" : t("only_if")].filter(Boolean).join(" ") || undefined;
  const name = `answers[${item.code}]`;
  const missing = (["refused", "not_applicable"] as const).filter((kind) => !choicesOf(item, instrument).some((choice) => choice.missing === (kind === "refused" ? 1 : 2)))
    .map((kind) => ({ value: `missing:${kind}`, label: t(`answer_${kind}`) }));
  const options = choicesOf(item, instrument).map((choice) => ({ value: choice.code, label: told(choice.label, language) }));
  switch (item.type) {
    case ItemType.INFORMATION:
      return <p className="quiet">{label}</p>;
    case ItemType.COMPUTED:
      return null;
    case ItemType.SINGLE_CHOICE:
      return <ChoiceField name={name} label={label} help={help} optional={!item.required} options={[...options, ...missing]} />;
    case ItemType.MULTIPLE_CHOICE:
      return <ChoiceField name={name} label={label} help={help} optional={!item.required} multiple options={[...options, ...missing]} />;
    case ItemType.MATRIX:
      return (
        <fieldset className="field stack">
          <legend>{label}</legend>
          {help !== undefined && <span className="help">{help}</span>}
          {item.rows.map((row) => (
            <SelectField key={row.code} name={`answers[${row.code}]`} label={told(row.text, language)} optional={!row.required} empty={t("no_answer")}
              options={[...options, ...missing]} />
          ))}
        </fieldset>
      );
    default:
      return <Typed item={item} name={name} label={label} help={help} missing={missing} />;
  }
}

function Typed({ item, name, label, help, missing }: {
  item: Item; name: string; label: string; help: string | undefined; missing: readonly { value: string; label: string }[];
}) {
  const t = useText(texts);
  const language = useLanguage();
  const [why, setWhy] = useState("");
  const unit = told(item.unit?.label, language);
  const shown = unit === "" ? label : `${label} (${unit})`;
  const bounds = item.scale === undefined ? help : [help, `${item.scale.min ?? 0} : ${told(item.scale.lowLabel, language)}, ${item.scale.max ?? 100} : ${told(item.scale.highLabel, language)}`].filter(Boolean).join(" ");
  const common = { name, label: shown, help: bounds, optional: !item.required };
  return (
    <div className="paper-typed">
      {why === "" && (item.type === ItemType.TEXT
        ? item.multiline ? <TextArea {...common} rows={3} /> : <TextField {...common} />
        : item.type === ItemType.DATE ? <DayField {...common} />
          : <TextField {...common} short inputMode={item.type === ItemType.TIME || item.type === ItemType.PARTIAL_DATE ? "text" : "decimal"} />)}
      {why !== "" && <p><strong>{shown}</strong></p>}
      <label className="small quiet paper-missing">
        {t("no_answer")}
        <select className="input" name={`missing[${item.code}]`} value={why} onChange={(event) => setWhy(event.target.value)} aria-label={`${t("no_answer")} : ${label}`}>
          <option value="">–</option>
          {missing.map((each) => <option key={each.value} value={each.value.slice("missing:".length)}>{each.label}</option>)}
        </select>
      </label>
    </div>
  );
}
