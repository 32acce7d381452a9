// SPDX-License-Identifier: Apache-2.0
// The recruitment curve of a stage: cumulative steps, with the target as it was changed over time.
import { useId } from "react";
import { DataTable } from "~/parts/table";
import { useFormats } from "~/text/format";
import { useText } from "~/text/text";
import { type CurvePoint, targetIn, type TargetStep, ticks } from "./curve";
import { study } from "./text";
import { useWidth } from "./width";

const TALL = 230;
const EDGE = { top: 14, right: 16, bottom: 30, left: 40 };

export function RecruitmentCurve({ points, targets, title }: {
  points: readonly CurvePoint[];
  targets: readonly TargetStep[];
  // Of the stage.
  title: string;
}) {
  const t = useText(study);
  const f = useFormats();
  const [width, watch] = useWidth();
  const id = useId();
  if (points.length === 0) return null;
  const aims = points.map((point) => targetIn(targets, point.month));
  const most = Math.max(points.at(-1)!.sum, ...aims.map((aim) => aim ?? 0));
  const marks = ticks(most);
  const x = (index: number) => EDGE.left + (index + 0.5) * (width - EDGE.left - EDGE.right) / points.length;
  const y = (value: number) => TALL - EDGE.bottom - value / marks.at(-1)! * (TALL - EDGE.top - EDGE.bottom);
  const line = points.map((point, i) => `${i === 0 ? "M" : "L"}${x(i)} ${y(point.sum)}`).join("");
  const aim = aims.map((value, i) => value === undefined ? "" : `${aims[i - 1] === undefined ? "M" : "L"}${x(i)} ${aims[i - 1] === undefined ? y(value) : y(aims[i - 1]!)}L${x(i)} ${y(value)}`).join("");
  // As many months below the axis as there is room for.
  const every = Math.ceil(points.length / Math.max(1, Math.floor((width - EDGE.left) / 76)));
  const reached = points.at(-1)!.sum;
  const target = aims.at(-1);
  return (
    <figure className="st-figure" ref={watch}>
      <svg width={width} height={TALL} role="img" aria-labelledby={id}>
        <title id={id}>
          {t("curve_described", { title, from: f.month(points[0]!.month), until: f.month(points.at(-1)!.month), reached, target: target === undefined ? t("no_target") : f.number(target) })}
        </title>
        {marks.map((mark) => (
          <g key={mark}>
            <line x1={EDGE.left} x2={width - EDGE.right} y1={y(mark)} y2={y(mark)} className="st-grid" />
            <text x={EDGE.left - 6} y={y(mark) + 4} textAnchor="end" className="st-mark">{f.number(mark)}</text>
          </g>
        ))}
        {points.map((point, i) => i % every === 0 && (
          <text key={point.month} x={x(i)} y={TALL - 8} textAnchor="middle" className="st-mark">{f.month(point.month)}</text>
        ))}
        <path d={aim} className="st-aim" />
        <path d={line} className="st-line" />
        <circle cx={x(points.length - 1)} cy={y(reached)} r="4" className="st-point" />
      </svg>
      <figcaption className="small quiet row">
        <span><span className="st-key line" aria-hidden="true" /> {t("curve_reached")}</span>
        {target !== undefined && <span><span className="st-key aim" aria-hidden="true" /> {t("curve_target")}</span>}
      </figcaption>
      <details className="no-print">
        <summary>{t("as_table")}</summary>
        <DataTable caption={t("curve_caption", { title })} rows={points.map((point, i) => ({ ...point, aim: aims[i] }))} columns={[
          { accessorKey: "month", header: t("month"), cell: ({ row }) => f.month(row.original.month) },
          { accessorKey: "count", header: t("in_month"), meta: { numeric: true } },
          { accessorKey: "sum", header: t("so_far"), meta: { numeric: true } },
          { accessorKey: "aim", header: t("curve_target"), meta: { numeric: true }, cell: ({ row }) => row.original.aim ?? "–" },
        ]} />
      </details>
    </figure>
  );
}
