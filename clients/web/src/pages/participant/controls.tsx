// SPDX-License-Identifier: Apache-2.0
// Controls that choose: options, boxes, a place on a line. Those that are typed into: typed.tsx.
import { useState } from "react";
import { type Choice, ItemType } from "~/gen/reprise/questionnaire/v1/instrument_pb";
import { Missing } from "~/gen/reprise/questionnaire/v1/response_pb";
import { useFormats } from "~/text/format";
import { told, useText } from "~/text/text";
import { DayControl, PartialDateControl } from "./days";
import type { Field } from "~/questionnaire/form";
import { type Given, NOTHING, ticked } from "~/questionnaire/reading";
import { labelOf } from "~/questionnaire/showing";
import { texts } from "./text";
import { NumberControl, TextControl, TimeControl } from "./typed";

export interface Control {
  readonly field: Field;
  readonly given: Given;
  // Of the inputs, unique in the page.
  readonly name: string;
  readonly labelledBy: string;
  readonly describedBy: string | undefined;
  readonly invalid: boolean;
  // `soon` false: typing goes on.
  onGive(given: Given, soon?: boolean): void;
}

export function answerOf(value: string): Given {
  return value === "" ? NOTHING : { value, missing: Missing.UNSPECIFIED };
}

export function controlOf(control: Control) {
  switch (control.field.type) {
    case ItemType.SINGLE_CHOICE: return <Options control={control} />;
    case ItemType.MULTIPLE_CHOICE: return <Boxes control={control} />;
    case ItemType.SCALE: return <Line control={control} />;
    case ItemType.INTEGER: case ItemType.DECIMAL: return <NumberControl control={control} />;
    case ItemType.DATE: return <DayControl control={control} />;
    case ItemType.PARTIAL_DATE: return <PartialDateControl control={control} />;
    case ItemType.TIME: return <TimeControl control={control} />;
    default: return <TextControl control={control} />;
  }
}

// Numbers and single words stand side by side.
function layoutOf(choices: readonly Choice[]): string {
  return choices.every((choice) => labelOf(choice).length <= 3) ? "ask-choices ask-short" : "ask-choices";
}

function Options({ control: { field, given, name, invalid, describedBy, onGive } }: { control: Control }) {
  return (
    <div className={layoutOf(field.choices)}>
      {field.choices.map((choice) => (
        <label key={choice.code} className="ask-choice">
          <input type="radio" name={name} value={choice.code} checked={given.value === choice.code} aria-invalid={invalid || undefined}
            aria-describedby={describedBy} onChange={() => onGive(answerOf(choice.code))} />
          <span>{labelOf(choice)}</span>
        </label>
      ))}
    </div>
  );
}

function Boxes({ control: { field, given, name, invalid, describedBy, onGive } }: { control: Control }) {
  const t = useText(texts);
  const boxes = new Set(given.value.split("|"));
  return (
    <>
      <p className="help">{t("several")}</p>
      <div className={layoutOf(field.choices)}>
        {field.choices.map((choice) => (
          <label key={choice.code} className="ask-choice">
            <input type="checkbox" name={name} value={choice.code} checked={boxes.has(choice.code)} aria-invalid={invalid || undefined}
              aria-describedby={describedBy} onChange={() => onGive(answerOf(ticked(field.choices, given.value, choice)))} />
            <span>{labelOf(choice)}</span>
          </label>
        ))}
      </div>
    </>
  );
}

// Nothing is chosen before she touches the line; the handle is shown from then on.
function Line({ control: { field, given, labelledBy, describedBy, invalid, onGive } }: { control: Control }) {
  const t = useText(texts);
  const formats = useFormats();
  const { min = 0, max = 100, step, lowLabel, middleLabel, highLabel, showValue } = field.item.scale ?? {};
  const grain = step ?? (max - min) / 1000;
  const middle = min + Math.round((max - min) / 2 / grain) * grain;
  const set = given.value !== "";
  const [at, setAt] = useState(middle);
  const shown = set ? Number(given.value) : at;
  const words = set ? formats.number(shown, Number.isInteger(grain) ? 0 : 1) : t("scale_unset");
  const give = (text: string, soon: boolean) => {
    setAt(Number(text));
    onGive(answerOf(text), soon);
  };
  // A press where the handle already is changes nothing, yet it is an answer.
  const press = (event: React.SyntheticEvent<HTMLInputElement>) => {
    if (!set) give(event.currentTarget.value, true);
  };
  return (
    <div className="ask-line" data-set={set || undefined}>
      <input type="range" min={min} max={max} step={grain} value={shown} aria-labelledby={labelledBy} aria-describedby={describedBy}
        aria-invalid={invalid || undefined} aria-valuetext={words} onChange={(event) => give(event.target.value, false)} onPointerUp={press}
        onKeyDown={(event) => { if (event.key === " " || event.key === "Enter") press(event); }} />
      <div className="ask-ends"><span>{told(lowLabel)}</span><span>{told(middleLabel)}</span><span>{told(highLabel)}</span></div>
      {(showValue || !set) && <p className="help">{set ? t("scale_value", { value: words }) : t("scale_help")}</p>}
    </div>
  );
}
