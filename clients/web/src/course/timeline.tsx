// SPDX-License-Identifier: Apache-2.0
// One drawing of a course: work, phases, leave, treatment, visits and questionnaires over the same months,
// with a legend of shapes and a table that says the same in words.
import { useLayoutEffect, useMemo, useRef, useState } from "react";
import { today } from "~/api/dates";
import type { Course } from "~/gen/reprise/phase/v1/course_pb";
import type { Instance } from "~/gen/reprise/questionnaire/v1/response_pb";
import { Empty } from "~/parts/layout";
import { Glyph, Sign } from "~/parts/sign";
import { useFormats } from "~/text/format";
import { useLanguage } from "~/text/language";
import "./course.css";
import { useCourseText } from "./labels";
import { StandingLegend } from "./legend";
import { entriesOf, type Entry, type LaneName, rowsOf, type Scale, scaleOf, type Titles } from "./lanes";
import type { CourseKey } from "./text";

const LANES: readonly LaneName[] = ["work", "phase", "leave", "treatment", "visit", "form"];
const BLOCKS: ReadonlySet<LaneName> = new Set(["work", "phase", "leave"]);
const HEAD = 26;
const ROW = 22;
const LEAST_WIDTH = 560;
const SIGN = 16;

export function Timeline({ course, forms = [], titles, without = [], name }: {
  course: Course;
  forms?: readonly Instance[];
  titles: Titles;
  without?: readonly LaneName[];
  // Tells drawings apart where a page has several.
  name?: string;
}) {
  const t = useCourseText();
  const language = useLanguage();
  const now = today();
  const entries = useMemo(
    () => entriesOf(t, language, course, forms, titles, now).filter((entry) => !without.includes(entry.lane))
      .sort((a, b) => (a.from < b.from ? -1 : 1)),
    // eslint-disable-next-line react-hooks/exhaustive-deps -- `without` is written in place by callers
    [t, language, course, forms, titles, now],
  );
  if (entries.length === 0) return <Empty>{t("nothing_yet")}</Empty>;
  return (
    <div className="stack tight">
      <Drawing entries={entries} name={name} />
      <Legend entries={entries} />
      <Table entries={entries} name={name} />
    </div>
  );
}

function Drawing({ entries, name: drawing }: { entries: readonly Entry[]; name: string | undefined }) {
  const t = useCourseText();
  const { longDay, month } = useFormats();
  const frame = useRef<HTMLDivElement>(null);
  const [room, setRoom] = useState(960);
  useLayoutEffect(() => {
    const element = frame.current;
    if (element === null) return;
    const measure = new ResizeObserver(() => setRoom(element.clientWidth));
    measure.observe(element);
    return () => measure.disconnect();
  }, []);
  // What happened last is what one wants to see where not everything fits.
  useLayoutEffect(() => {
    if (frame.current !== null) frame.current.scrollLeft = frame.current.scrollWidth;
  }, [room]);
  const now = today();
  const scale = useMemo(() => scaleOf(entries, now), [entries, now]);
  const left = room < 560 ? 8 : 108;
  const width = Math.max(LEAST_WIDTH, room);
  const x = (day: string) => left + scale.at(day) * (width - left - 12);
  const narrow = left < 50;

  let y = HEAD;
  const lanes = LANES.flatMap((name) => {
    const own = entries.filter((entry) => entry.lane === name);
    if (own.length === 0) return [];
    const rows = BLOCKS.has(name) ? own.map(() => 0) : rowsOf(own, scale, (SIGN + 2) / (width - left));
    const height = (name === "work" ? 34 : ROW) + Math.max(...rows) * (SIGN + 4);
    const top = y + (narrow ? 16 : 0);
    y = top + height + 8;
    return [{ name, own, rows, top, height }];
  });
  const T0 = entries.find((entry) => entry.T0);
  return (
    <div className="course-frame" ref={frame} tabIndex={0} role="region" aria-label={drawing === undefined ? t("drawing_scroll") : t("drawing_of", { name: drawing })}>
      <svg className="course-drawing" width={width} height={y + 4} viewBox={`0 0 ${width} ${y + 4}`} role="img"
        aria-label={t("drawing_label", { from: longDay(scale.from), until: longDay(scale.until) })}>
        <Patterns />
        {scale.ticks.map((day) => (
          <g key={day}>
            <line className="course-tick" x1={x(day)} x2={x(day)} y1={HEAD - 6} y2={y} />
            <text className="course-month" x={x(day) + 3} y={12}>{month(day.slice(0, 7))}</text>
          </g>
        ))}
        {lanes.map(({ name, own, rows, top, height }) => (
          <g key={name}>
            <text className="course-lane" x={narrow ? left : 0} y={narrow ? top - 4 : top + 15}>{t(`lane_${name}`)}</text>
            {/* Where the drawing is wider than the screen, its right end is what is seen first. */}
            {narrow && <text className="course-lane" x={width - 12} y={top - 4} textAnchor="end">{t(`lane_${name}`)}</text>}
            {own.map((entry, index) => BLOCKS.has(name)
              ? <Block key={index} entry={entry} scale={scale} x={x} top={top} height={height} />
              : <Mark key={index} entry={entry} x={x} top={top + rows[index]! * (SIGN + 4)} />)}
          </g>
        ))}
        {T0 !== undefined && (
          <g>
            <line className="course-t0" x1={x(T0.from)} x2={x(T0.from)} y1={HEAD} y2={y} />
            <text className="course-flag" x={x(T0.from) + 3} y={HEAD - 2}>T0</text>
          </g>
        )}
        <line className="course-today" x1={x(now)} x2={x(now)} y1={HEAD - 4} y2={y} />
        <text className="course-flag" x={x(now) - 3} y={HEAD - 2} textAnchor="end">{t("today_line")}</text>
      </svg>
    </div>
  );
}

function Block({ entry, scale, x, top, height }: {
  entry: Entry; scale: Scale; x: (day: string) => number; top: number; height: number;
}) {
  const from = x(entry.from);
  const until = entry.until === undefined ? x(scale.until) : x(entry.until);
  const width = Math.max(3, until - from);
  const filled = height * (entry.share ?? 0);
  const open = entry.until === undefined;
  // About 6.6 pixels a letter; a text that does not fit is in the table.
  const text = entry.label.length * 6.6 < width - 8 ? entry.label : entry.short.length * 6.6 < width - 8 ? entry.short : "";
  return (
    <g className={`course-block ${entry.lane} kind-${entry.kind ?? 0}`}>
      <title>{entry.label}</title>
      <rect className="course-ground" x={from} y={top} width={width} height={height} rx={3} strokeDasharray={open ? "0" : undefined} />
      {entry.lane === "work" && filled > 0 && <rect className="course-share" x={from} y={top + height - filled} width={width} height={filled} rx={2} />}
      {text !== "" && (
        <>
          <rect className="course-plate" x={from + 3} y={top + height / 2 - 8} width={text.length * 6.6 + 4} height={16} rx={3} />
          <text className="course-text" x={from + 6} y={top + height / 2 + 4}>{text}</text>
        </>
      )}
    </g>
  );
}

function Mark({ entry, x, top }: { entry: Entry; x: (day: string) => number; top: number }) {
  const standing = entry.standing!;
  return (
    <g>
      <title>{[entry.label, standing.label].filter(Boolean).join(" · ")}</title>
      {entry.window !== undefined && (
        <rect className="course-window" x={x(entry.window[0])} y={top + 6} width={Math.max(2, x(entry.window[1]) - x(entry.window[0]))} height={8} rx={4} />
      )}
      <Glyph shape={standing.shape} tone={standing.tone} x={x(entry.from)} y={top + 10} size={SIGN} />
    </g>
  );
}

// By name, drawn in a square of six.
const PATTERNS = [
  ["dots", "M1.5 1.5h1.6v1.6H1.5z"], ["back", "M0 0l6 6M-1 5l2 2M5-1l2 2"], ["grid", "M0 3h6M3 0v6"], ["upright", "M3 0v6"], ["level", "M0 3h6"],
  ["rings", "M3 1a2 2 0 1 0 0 4 2 2 0 0 0 0-4"], ["waves", "M0 4.5l3-3 3 3"], ["cross", "M1 1l4 4M5 1L1 5"],
] as const;

// Situations differ by pattern, not by colour alone.
function Patterns() {
  return (
    <defs>
      <pattern id="course-hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <line className="course-hatch" x1="0" y1="0" x2="0" y2="6" />
      </pattern>
      {PATTERNS.map(([name, path]) => (
        <pattern key={name} id={`course-${name}`} width="6" height="6" patternUnits="userSpaceOnUse">
          <path className="course-lines-of" d={path} />
        </pattern>
      ))}
    </defs>
  );
}

function Legend({ entries }: { entries: readonly Entry[] }) {
  const t = useCourseText();
  const kinds = [...new Map(entries.filter((entry) => entry.lane === "work").map((entry) => [entry.kind!, entry])).keys()];
  const standings = (lane: LaneName) => entries.filter((entry) => entry.lane === lane && entry.standing !== undefined).map((entry) => entry.standing!);
  const notes = [
    entries.some((entry) => entry.lane === "work" && (entry.share ?? 0) > 0) && t("legend_height"),
    entries.some((entry) => entry.window !== undefined) && t("legend_window"),
  ].filter((each) => each !== false);
  return (
    <div>
      {(kinds.length > 0 || notes.length > 0) && <ul className="course-legend" aria-label={t("legend_of", { lane: t("lane_work") })}>
        {kinds.length > 0 && <li><strong>{t("lane_work")}</strong></li>}
        {kinds.map((kind) => (
          <li key={kind}>
            <svg width="22" height="14" aria-hidden="true">
              <g className={`course-block work kind-${kind}`}>
                <rect className="course-ground" x="0.5" y="0.5" width="21" height="13" rx="2" />
                {(kind === 2 || kind === 4) && <rect className="course-share" x="0.5" y="7" width="21" height="6.5" />}
                {kind === 3 && <rect className="course-share" x="0.5" y="0.5" width="21" height="13" rx="2" />}
              </g>
            </svg>
            {t(`work_${kind}` as CourseKey)}
          </li>
        ))}
        {notes.map((note) => <li key={note}>{note}</li>)}
      </ul>}
      <StandingLegend lane="visit" standings={standings("visit")} />
      <StandingLegend lane="form" standings={standings("form")} />
    </div>
  );
}

function Table({ entries, name }: { entries: readonly Entry[]; name: string | undefined }) {
  const t = useCourseText();
  const { day } = useFormats();
  return (
    <details className="course-table">
      <summary>{t("as_table")}</summary>
      <div className="table-frame" tabIndex={0} role="region" aria-label={name ?? t("course_title")}>
        <table>
          <thead>
            <tr>{(["table_lane", "table_what", "table_from", "table_until"] as const).map((key) => <th key={key} scope="col">{t(key)}</th>)}</tr>
          </thead>
          <tbody>
            {LANES.flatMap((lane) => entries.filter((entry) => entry.lane === lane).map((entry, index) => (
              <tr key={`${lane}${index}`}>
                <td>{t(`lane_${lane}`)}</td>
                <td>{entry.label}{entry.standing !== undefined && entry.standing.label !== "" && <> <Sign {...entry.standing} /></>}</td>
                <td>{day(entry.from)}</td>
                <td>{BLOCKS.has(lane) ? (entry.until === undefined ? t("ongoing") : day(entry.until)) : ""}</td>
              </tr>
            )))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
