// SPDX-License-Identifier: Apache-2.0
// The flow diagram, its table, and the picture to take away.
import { useId, useMemo, useRef } from "react";
import { useWidth } from "~/pages/study/width";
import { useFormats } from "~/text/format";
import { useText } from "~/text/text";
import { manager } from "../text";
import { FONT_SIZE, layoutFlow, type Measure } from "./layout";
import { type FlowTree, rowsOf } from "./tree";

// What the file looks like wherever it is opened; the page has its own colours.
const PLAIN = "rect{fill:#fff;stroke:#000}path{fill:none;stroke:#000}text{font:14px Arial,sans-serif}.bold{font-weight:bold}marker path{fill:#000}";

function useMeasure(): Measure {
  return useMemo(() => {
    const brush = document.createElement("canvas").getContext("2d");
    const family = getComputedStyle(document.body).fontFamily;
    return (text, bold) => {
      if (brush === null) return text.length * FONT_SIZE * 0.6;
      brush.font = `${bold ? "600" : "400"} ${FONT_SIZE}px ${family}`;
      // Printers and other systems have slightly wider letters.
      return brush.measureText(text).width * 1.04;
    };
  }, []);
}

export function FlowDrawing({ tree, title, name, stale }: {
  tree: FlowTree;
  title: string;
  // Of the file to take away.
  name: string;
  // Shows the counts of the day before the one that was chosen.
  stale: boolean;
}) {
  const t = useText(manager);
  const f = useFormats();
  const [width, watch] = useWidth();
  const measure = useMeasure();
  const picture = useRef<SVGSVGElement>(null);
  const id = useId();
  const drawing = useMemo(() => layoutFlow(tree, width, {
    measure,
    label: (station) => t("flow_box", { title: station.title, count: f.number(station.count) }),
    note: (note) => t("flow_note", { text: note.text, count: f.number(note.count) }),
  }), [tree, width, measure, t, f]);
  const keep = () => {
    const copy = picture.current!.cloneNode(true) as SVGSVGElement;
    copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
    const style = document.createElementNS("http://www.w3.org/2000/svg", "style");
    style.textContent = PLAIN;
    copy.prepend(style);
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([new XMLSerializer().serializeToString(copy)], { type: "image/svg+xml" }));
    link.download = `${name}.svg`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  };
  return (
    <div className={stale ? "stack st-stale" : "stack"} aria-busy={stale}>
      <figure className="mg-flow" ref={watch}>
        <svg ref={picture} width={width} height={drawing.height} viewBox={`0 0 ${width} ${drawing.height}`} role="img" aria-labelledby={id}>
          <title id={id}>{t("flow_described", { title })}</title>
          <defs>
            <marker id="mg-arrow" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" markerUnits="userSpaceOnUse" orient="auto">
              <path d="M0 0 8 4 0 8z" />
            </marker>
          </defs>
          {drawing.arrows.map((arrow) => <path key={arrow} d={arrow} className="mg-arrow" markerEnd="url(#mg-arrow)" />)}
          {drawing.boxes.map((box) => (
            <g key={box.key}>
              <rect x={box.x} y={box.y} width={box.width} height={box.height} rx="3" className="mg-box" />
              {box.lines.map((line) => <text key={line.y} x={line.x} y={line.y} className={line.bold ? "bold" : undefined}>{line.text}</text>)}
            </g>
          ))}
        </svg>
      </figure>
      <div className="row no-print">
        <button type="button" className="button" onClick={() => window.print()}>{t("print")}</button>
        <button type="button" className="button" onClick={keep}>{t("flow_keep")}</button>
      </div>
    </div>
  );
}

export function FlowTable({ tree, title }: { tree: FlowTree; title: string }) {
  const t = useText(manager);
  const f = useFormats();
  return (
    <div className="table-frame" tabIndex={0} role="group" aria-label={title}>
      <table className="mg-flow-table">
        <caption>{title}</caption>
        <thead><tr><th scope="col">{t("flow_step")}</th><th scope="col" className="number">{t("persons")}</th></tr></thead>
        <tbody>
          {rowsOf(tree).map((row) => (
            <tr key={row.key}>
              <th scope="row" className={`mg-level-${row.level}`}>{row.text}</th>
              <td className="number">{f.number(row.count)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
