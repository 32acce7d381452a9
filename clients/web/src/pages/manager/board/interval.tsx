// SPDX-License-Identifier: Apache-2.0
// An estimate with its interval over the zones of its rule.
import { useId } from "react";
import { useWidth } from "~/pages/study/width";

const TALL = 58;
const BAR = { top: 24, height: 14 };

export interface Zones {
  readonly green: number;
  readonly red: number;
  // True where small figures are good.
  readonly reversed: boolean;
}

// The end of the scale: 1 for proportions, else round and beyond everything that is shown.
export function scaleEnd(proportion: boolean, values: readonly number[]): number {
  if (proportion) return 1;
  const most = Math.max(...values) * 1.15;
  const power = 10 ** Math.floor(Math.log10(most));
  return [1, 2, 2.5, 5, 10].map((each) => each * power).find((each) => each >= most)!;
}

export function Interval({ estimate, lower, upper, zones, proportion, describe, write }: {
  estimate: number | undefined;
  lower: number | undefined;
  upper: number | undefined;
  zones: Zones;
  proportion: boolean;
  // The whole drawing in words.
  describe: string;
  write: (value: number) => string;
}) {
  const [width, watch] = useWidth(420);
  const id = useId();
  const end = scaleEnd(proportion, [zones.green, zones.red, upper ?? 0]);
  const edge = 22;
  const x = (value: number) => edge + value / end * (width - 2 * edge);
  const [first, second] = zones.reversed ? [zones.green, zones.red] : [zones.red, zones.green];
  const parts = [
    { from: 0, until: first, zone: zones.reversed ? "good" : "bad" },
    { from: first, until: second, zone: "warn" },
    { from: second, until: end, zone: zones.reversed ? "bad" : "good" },
  ];
  const middle = BAR.top + BAR.height / 2;
  // Thresholds that stand close would cover each other's figures.
  const near = x(second) - x(first) < 44;
  return (
    <div ref={watch} className="mg-interval">
      <svg width={width} height={TALL} role="img" aria-labelledby={id}>
        <title id={id}>{describe}</title>
        {parts.map((part) => (
          <rect key={part.zone} x={x(part.from)} width={Math.max(0, x(part.until) - x(part.from))} y={BAR.top} height={BAR.height}
            className={`mg-zone ${part.zone}`} />
        ))}
        {[first, second].map((mark, i) => (
          <g key={i}>
            <line x1={x(mark)} x2={x(mark)} y1={BAR.top - 3} y2={BAR.top + BAR.height + 3} className="mg-threshold" />
            <text x={x(mark)} y={TALL - 5} textAnchor={near ? (i === 0 ? "end" : "start") : "middle"} className="st-mark">{write(mark)}</text>
          </g>
        ))}
        {x(first) > 70 && <text x={edge} y={TALL - 5} className="st-mark" textAnchor="middle">{write(0)}</text>}
        {width - edge - x(second) > 60 && <text x={width - edge} y={TALL - 5} className="st-mark" textAnchor="middle">{write(end)}</text>}
        {lower !== undefined && upper !== undefined && (
          <path className="mg-whisker" d={`M${x(lower)} ${middle}H${x(upper)}M${x(lower)} ${middle - 8}v16M${x(upper)} ${middle - 8}v16`} />
        )}
        {estimate !== undefined && (
          <>
            <path className="mg-estimate" d={`M${x(estimate)} ${middle - 8}l7 8-7 8-7-8z`} />
            <text x={Math.min(Math.max(x(estimate), 26), width - 26)} y={12} textAnchor="middle" className="mg-figure">{write(estimate)}</text>
          </>
        )}
      </svg>
    </div>
  );
}
