// SPDX-License-Identifier: Apache-2.0
// What a progression rule and its result say, in words.
import { type ProgressionResult, ProgressionResult_Light as Light } from "~/gen/reprise/cohort/v1/allocation_pb";
import type { Shape, SignTone } from "~/parts/sign";
import type { Formats } from "~/text/format";
import type { Say } from "~/text/text";
import type { manager } from "../text";

type Key = keyof typeof manager.fr;

export const LIGHTS: Readonly<Record<Light, { shape: Shape; tone: SignTone; label: Key }>> = {
  [Light.UNSPECIFIED]: { shape: "bar", tone: "mute", label: "light_none" },
  [Light.GREEN]: { shape: "full", tone: "good", label: "light_green" },
  [Light.AMBER]: { shape: "late", tone: "warn", label: "light_amber" },
  [Light.RED]: { shape: "cross", tone: "bad", label: "light_red" },
};

export function isRate(metric: string): boolean {
  return metric === "RECRUITMENT_RATE";
}

// A value of the rule's scale.
export function valueIn(metric: string, f: Formats): (value: number) => string {
  return isRate(metric) ? (value) => f.number(value, 2) : (value) => f.percent(value, Number.isInteger(Math.round(value * 1e6) / 1e4) ? 0 : 1);
}

// Out of what, with the figures; the metric of an unknown name is told by its figures alone.
export function countsOf(result: ProgressionResult, t: Say<Key>, f: Formats): string {
  const denominator = isRate(result.metric) ? f.number(Number(result.denominator) / 1000, 1) : f.number(Number(result.denominator));
  const key = `metric_${result.metric}` as Key;
  const values = { n: Number(result.numerator), d: denominator };
  const sentence = t(key, values);
  return sentence === key ? t("metric_other", values) : sentence;
}

export function intervalOf(result: ProgressionResult, t: Say<Key>, f: Formats): string {
  if (result.estimate === undefined) return t("no_denominator");
  const write = valueIn(result.metric, f);
  return t(isRate(result.metric) ? "interval_garwood" : "interval_wilson", {
    estimate: write(result.estimate), lower: write(result.lower ?? 0), upper: write(result.upper ?? 0),
  });
}

export function ruleOf(result: ProgressionResult, judgedOn: string | undefined, t: Say<Key>, f: Formats): string {
  const write = valueIn(result.metric, f);
  const values = { green: write(result.green), red: write(result.red) };
  const rule = t(result.red > result.green ? "rule_small" : "rule_large", values);
  const judged = judgedOn === "INTERVAL_BOUND" ? t("judged_bound") : judgedOn === "ESTIMATE" ? t("judged_estimate") : "";
  return judged === "" ? rule : `${rule} ${judged}`;
}
