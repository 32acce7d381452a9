// SPDX-License-Identifier: Apache-2.0
import { Sign } from "~/parts/sign";
import { useText } from "~/text/text";
import { type Key, texts } from "../text";
import { STEPS } from "./steps";

// `done` counts the steps that are behind; without a current step the way is at its end.
export function Stepper({ current, done, upTo = 6 }: { current: number | undefined; done: number; upTo?: number }) {
  const t = useText(texts);
  return (
    <ol className="stepper" aria-label={t("steps")}>
      {STEPS.filter((step) => step <= upTo).map((step) => {
        const state = step === current ? "current" : step <= done ? "done" : "todo";
        const look = { current: ["star", "calm"], done: ["full", "good"], todo: ["empty", "mute"] } as const;
        return (
          <li key={step} aria-current={state === "current" ? "step" : undefined} className={state}>
            <Sign shape={look[state][0]} tone={look[state][1]} label={t(`step_${step}` as Key)} />
            <span className="hidden-text"> ({t(`step_${state}`)})</span>
          </li>
        );
      })}
    </ol>
  );
}
