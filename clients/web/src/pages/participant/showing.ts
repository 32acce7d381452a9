// SPDX-License-Identifier: Apache-2.0
// Answers and computed values as people write them.
import { useMemo } from "react";
import { type Item, ItemType } from "~/gen/reprise/questionnaire/v1/instrument_pb";
import { Missing } from "~/gen/reprise/questionnaire/v1/response_pb";
import { common } from "~/text/common";
import { type Formats, useFormats } from "~/text/format";
import type { Language } from "~/text/language";
import { told, useText } from "~/text/text";
import { labelOf } from "./controls";
import type { Filling } from "./engine/filling";
import type { Field } from "./engine/form";
import type { Given } from "./engine/reading";
import { CivilDay, daysOfText, numberOfText } from "./engine/value";
import { texts } from "./text";
import { writtenNumber } from "./typed";

function isoDay(days: number): string {
  return new Date(days * 86_400_000).toISOString().slice(0, 10);
}

function partial(text: string, formats: Formats): string {
  if (daysOfText(text) !== undefined) return formats.longDay(text);
  return /^\d{4}-\d{2}$/.test(text) ? `${formats.monthName(Number(text.slice(5)))} ${text.slice(0, 4)}` : text;
}

function withUnit(text: string, item: Item): string {
  const unit = told(item.unit?.label) || item.unit?.code || "";
  return unit === "" ? text : `${text}\u00a0${unit}`;
}

export function useShowing(filling?: Filling) {
  const t = useText(texts);
  const c = useText(common);
  const formats = useFormats();
  return useMemo(() => {
    const language = t("language") as Language;
    const plain = (type: ItemType, text: string): string => {
      switch (type) {
        case ItemType.DATE: return daysOfText(text) === undefined ? text : formats.longDay(text);
        case ItemType.PARTIAL_DATE: return partial(text, formats);
        case ItemType.TIME: case ItemType.TEXT: return text;
        default: return numberOfText(text) === undefined ? text : writtenNumber(text, language);
      }
    };
    const labels = (field: Field, value: string): string =>
      value.split("|").map((code) => field.choices.find((each) => each.code === code)).map((each) => (each === undefined ? value : labelOf(each))).join(", ");
    const kind = (missing: Missing): string => {
      const own = filling?.form.instrument.missingCodes.find((each) => (each.kind as number) === (missing as number));
      return told(own?.label) || t(missing === Missing.REFUSED ? "prefer_not" : missing === Missing.NOT_APPLICABLE ? "not_applicable" : "unanswered");
    };
    return {
      // Empty where there is neither an answer nor a reason for none.
      answer(field: Field, given: Given): string {
        if (given.missing !== Missing.UNSPECIFIED) return kind(given.missing);
        if (given.value === "") return "";
        if (field.type === ItemType.SINGLE_CHOICE || field.type === ItemType.MULTIPLE_CHOICE) return labels(field, given.value);
        return withUnit(plain(field.type, given.value), field.item);
      },
      bound: (field: Field, text: string) => withUnit(plain(field.type, text), field.item),
      // Of a computed item.
      value(item: Item): string {
        const value = filling?.standing.computed.get(item.code) ?? null;
        if (value === null) return "–";
        if (value instanceof CivilDay) return formats.longDay(isoDay(value.days));
        if (typeof value === "boolean") return c(value ? "yes" : "no");
        if (typeof value === "string") return value;
        const rounded = Number(value.toFixed(item.decimals ?? 2));
        return withUnit(writtenNumber(String(rounded), language), item);
      },
    };
  }, [t, c, formats, filling, filling?.version]);
}
