// SPDX-License-Identifier: Apache-2.0
// The study document in words: what its fields and coded values are called, where a path leads, and when a
// window lies.
import { useMemo } from "react";
import type { StudyDocument } from "~/gen/reprise/study/v1/document_pb";
import { useInstrumentTitles } from "~/pages/study/queries";
import { type Formats, useFormats } from "~/text/format";
import { type Language, useLanguage } from "~/text/language";
import { pair, say, told } from "~/text/text";
import en from "./en.json";
import fr from "./fr.json";

export const words = pair(fr, en);
type Key = keyof typeof words.fr;

export interface Step {
  readonly field: string;
  // Of the element of a list: its code, or its place.
  readonly element: string | undefined;
}

// `stages[PILOT].targets[0].participants`; elements may hold dots and spaces.
export function stepsOf(path: string): Step[] {
  const steps: Step[] = [];
  const pattern = /([^.[\]]+)(?:\[([^\]]*)\])?\.?/gy;
  for (let found = pattern.exec(path); found !== null && found[0] !== ""; found = pattern.exec(path)) {
    steps.push({ field: found[1]!, element: found[2] });
  }
  return steps;
}

// Lists of codes of other elements, by the field that holds them.
const OF_STAGES = new Set(["stages", "excludes", "stage"]);
const CODED = new Set(["category", "kind", "pilot_kind", "anchor", "recorded_by", "respondent", "metric", "judged_on", "rank", "deliverer", "signed_by", "definition"]);

export interface Words {
  readonly language: Language;
  say(key: Key, values?: Record<string, string | number>): string;
  field(name: string): string;
  // A value of a field, as it stands in the document.
  value(field: string, value: unknown): string;
  // Where a path leads, one word a step.
  path(path: string, content?: StudyDocument): string[];
  timepoint(code: string): string;
  instrument(id: string): string;
  window(window: AimedWindow): string;
  span(window: SpanWindow): string;
}

export interface AimedWindow {
  readonly anchor: string;
  readonly offsetMonths: number;
  readonly offsetDays: number;
  readonly beforeDays: number;
  readonly afterDays: number;
}

export interface SpanWindow {
  readonly anchor: string;
  readonly fromMonths: number;
  readonly fromDays: number;
  readonly untilMonths: number;
  readonly untilDays: number;
}

type Titles = ReadonlyMap<string, Readonly<Record<string, string>>>;

export function wordsOf(language: Language, f: Formats, instruments: Titles = new Map(), content?: StudyDocument): Words {
  const told_ = (texts: Readonly<Record<string, string>> | undefined, code: string) => told(texts, language) || code;
  const known = (key: string) => key in words.fr;
  const speak = (key: Key, values?: Record<string, string | number>) => say(words, language, key, values);
  const field = (name: string) => (known(`f_${name}`) ? speak(`f_${name}` as Key) : name);
  const timepoint = (code: string) => {
    const title = told(content?.timepoints.find((each) => each.code === code)?.title, language);
    if (title !== "") return title;
    if (known(`timepoint_${code}`)) return speak(`timepoint_${code}` as Key);
    const months = /^T0\+(\d+)m$/.exec(code);
    return months === null ? code : speak("timepoint_t0", { n: Number(months[1]) });
  };
  const instrument = (id: string) => told_(instruments.get(id), id);
  const stage = (code: string, doc = content) => told_(doc?.stages.find((each) => each.code === code)?.title, code);
  const arm = (code: string, doc = content) => told_(doc?.arms.find((each) => each.code === code)?.title, code);

  const offset = (anchor: string, months: number, days: number) => {
    if (months === 0 && days === 0) return known(`on_${anchor}`) ? speak(`on_${anchor}` as Key) : anchor;
    // Months and days of different direction are told as they are reckoned: in days against the months.
    const back = months < 0 || (months === 0 && days < 0);
    const parts = [
      ...(months !== 0 ? [speak("months", { n: Math.abs(months) })] : []),
      ...(days !== 0 ? [(days < 0 !== back && months !== 0 ? "− " : "") + speak("days", { n: Math.abs(days) })] : []),
    ];
    const span = parts.length === 2 ? speak("month_days", { months: parts[0]!, days: parts[1]! }) : parts[0]!;
    return speak(back ? "before" : "after", { span, anchor: known(`a_${anchor}`) ? speak(`a_${anchor}` as Key) : anchor });
  };
  const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

  const one = (name: string, value: unknown): string => {
    if (typeof value === "boolean") return speak(value ? "yes" : "no");
    if (typeof value === "number") {
      if (name === "amount_eur") return speak("euros", { amount: value });
      return name === "year" || name === "version" ? String(value) : new Intl.NumberFormat(language, { maximumFractionDigits: 4 }).format(value);
    }
    if (typeof value !== "string") return value === null || value === undefined ? "–" : JSON.stringify(value);
    // Whole numbers of 64 bits are texts in JSON.
    if (name === "amount_eur" && /^\d+$/.test(value)) return speak("euros", { amount: Number(value) });
    if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return f.longDay(value);
    if (OF_STAGES.has(name)) return stage(value);
    if (name === "arms") return arm(value);
    if (name === "timepoint" || name === "after_timepoint") return timepoint(value);
    if (name === "of") return told_(content?.components.find((each) => each.code === value)?.title, timepoint(value));
    if (name === "instrument") return instrument(value);
    if (CODED.has(name) && known(`v_${value}`)) return speak(`v_${value}` as Key);
    return value;
  };
  const element = (list: string, code: string, doc: StudyDocument | undefined) => {
    if (/^\d+$/.test(code)) return speak("path_number", { n: Number(code) + 1 });
    if (list === "stages" || list === "signatures") return stage(code, doc);
    if (list === "arms") return arm(code, doc);
    if (list === "criteria") return told_(doc?.criteria.find((each) => each.code === code)?.title, code);
    if (list === "decline_reasons") return told_(doc?.declineReasons.find((each) => each.code === code)?.title, code);
    if (list === "components") return told_(doc?.components.find((each) => each.code === code)?.title, code);
    if (list === "visits") return told_(doc?.visits.find((each) => each.code === code)?.title, code);
    if (list === "progression_rules") return told_(doc?.progressionRules.find((each) => each.code === code)?.title, code);
    if (list === "sites") return doc?.sites.find((each) => each.code === code)?.name ?? code;
    if (list === "consent_forms") {
      const form = doc?.consentForms.find((each) => `${each.code} ${each.version}` === code);
      return form === undefined ? code : `${told(form.title, language)} (${form.version})`;
    }
    if (list === "consent_scopes") return told_(doc?.consentScopes.find((each) => each.code === code)?.title, code);
    if (list === "timepoints") return timepoint(code);
    if (list === "questionnaires") {
      const [moment, ...rest] = code.split(" ");
      return `${timepoint(moment!)}, ${instrument(rest.join(" "))}`;
    }
    return one(list === "endpoints" ? "definition" : "", code);
  };
  return {
    language,
    say: speak,
    field,
    timepoint,
    instrument,
    value: (name, value) => (Array.isArray(value) ? value.map((each) => one(name, each)).join(", ") || "–" : one(name, value)),
    path: (path, doc = content) => path === "" ? [speak("whole")]
      : stepsOf(path).flatMap((step) => [field(step.field), ...(step.element === undefined ? [] : [element(step.field, step.element, doc)])]),
    window: (w) => {
      const aim = capital(offset(w.anchor, w.offsetMonths, w.offsetDays));
      const before = speak("days", { n: w.beforeDays });
      const after = speak("days", { n: w.afterDays });
      if (w.beforeDays === 0 && w.afterDays === 0) return aim;
      if (w.beforeDays === 0) return speak("window_after", { aim, after });
      if (w.afterDays === 0) return speak("window_before", { aim, before });
      return speak("window", { aim, before, after });
    },
    span: (w) => speak("span", { from: offset(w.anchor, w.fromMonths, w.fromDays), until: offset(w.anchor, w.untilMonths, w.untilDays) }),
  };
}

export function useWords(content?: StudyDocument): Words {
  const language = useLanguage();
  const f = useFormats();
  const instruments = useInstrumentTitles(content).data;
  return useMemo(() => wordsOf(language, f, instruments, content), [language, f, instruments, content]);
}
