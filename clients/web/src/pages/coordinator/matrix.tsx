// SPDX-License-Identifier: Apache-2.0
// Participants by events. Only the lines in sight are drawn; one Tab stop, then arrows, as in a sheet.
import { defaultRangeExtractor, type Range, useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, memo, useCallback, useLayoutEffect, useMemo, useRef, useState } from "react";
import { useLocation } from "wouter";
import { today } from "~/api/dates";
import { problemOf } from "~/api/problem";
import { useProtocol } from "~/course/data";
import { useCourseText } from "~/course/labels";
import { StandingLegend } from "~/course/legend";
import type { CourseKey } from "~/course/text";
import type { Participant } from "~/gen/reprise/enrolment/v1/participant_pb";
import { Empty, Page } from "~/parts/layout";
import { ProblemNotice } from "~/parts/problem";
import { Loading } from "~/parts/query";
import { Sign } from "~/parts/sign";
import { usePlace } from "~/shell/self";
import { useLanguage } from "~/text/language";
import { told, useText } from "~/text/text";
import { type Cell, cellsOf, columnsOf, type EventColumn } from "./cells";
import { Choice, Filters, Search } from "./filters";
import { useOccasions, useParticipants, useStage, useVisits } from "./reading";
import { texts } from "./text";
import { occasionName, timepointOf } from "./timepoint";
import "~/course/course.css";
import "./matrix.css";

const ROW = 44;
const HEAD = 226;

export default function Matrix() {
  const t = useText(texts);
  const participants = useParticipants();
  const visits = useVisits();
  const forms = useOccasions();
  const lists = [participants, visits, forms];
  const failed = lists.filter((each) => each.isError);
  const loading = lists.some((each) => each.isPending);
  return (
    <Page title={t("matrix_title")} lead={t("matrix_lead")}>
      {failed.map((each, index) => <ProblemNotice key={index} problem={problemOf(each.error)} onRetry={() => void each.refetch()} />)}
      {loading ? <Loading /> : (
        <Filtered participants={participants.data ?? []} visits={visits.data?.visits ?? []} kinds={visits.data?.kinds ?? []} forms={forms.data ?? []} />
      )}
    </Page>
  );
}

type Data = {
  participants: readonly Participant[];
  visits: Parameters<typeof cellsOf>[1];
  kinds: Parameters<typeof columnsOf>[0];
  forms: Parameters<typeof cellsOf>[2];
};

function Filtered({ participants, visits, kinds, forms }: Data) {
  const t = useText(texts);
  const c = useCourseText();
  const language = useLanguage();
  const { sites } = usePlace();
  const document = useProtocol().data?.content;
  const { stages } = useStage(document, today());
  const [code, setCode] = useState("");
  const [status, setStatus] = useState("");
  const [stage, setStage] = useState("");
  const [site, setSite] = useState("");
  const [state, setState] = useState("");
  const [, go] = useLocation();
  // How long it takes from the data to the first lines, for whoever measures (tests/web).
  const began = useRef(performance.now());
  const columns = useMemo(() => columnsOf(kinds, forms), [kinds, forms]);
  const cells = useMemo(() => cellsOf(c, visits, forms, today()), [c, visits, forms]);
  const rows = useMemo(() => participants.filter((each) => {
    return each.code.toLowerCase().includes(code.trim().toLowerCase()) && (status === "" || String(each.status) === status) &&
      (stage === "" || each.stage === stage) && (site === "" || each.siteId === site) &&
      (state === "" || [...(cells.get(each.participantId)?.values() ?? [])].some((cell) => (state === "late" ? cell.late : cell.due)));
  }), [participants, cells, code, status, stage, site, state]);
  useLayoutEffect(() => {
    const frame = requestAnimationFrame(() => performance.measure("matrix-ready", { start: began.current, end: performance.now() }));
    return () => cancelAnimationFrame(frame);
  }, []);
  const open = useCallback((participant: Participant, column: EventColumn | undefined) => {
    const base = `/participants/${participant.participantId}`;
    if (column === undefined) go(base);
    else if (column.kind === "visit") go(`${base}?visit=${column.code}`);
    else go(`${base}/forms`);
  }, [go]);
  const all = { value: "", label: t("filter_all") };
  const statuses = [...new Set(participants.map((each) => each.status))].sort((a, b) => a - b);
  return (
    <>
      <Filters>
        <Search label={t("filter_code")} value={code} onChange={setCode} />
        <Choice label={t("matrix_state")} value={state} onChange={setState}
          options={[{ value: "", label: t("matrix_state_all") }, { value: "late", label: t("matrix_state_late") }, { value: "due", label: t("matrix_state_due") }]} />
        <Choice label={t("filter_status")} value={status} onChange={setStatus}
          options={[all, ...statuses.map((each) => ({ value: String(each), label: c(`status_${each}` as CourseKey) }))]} />
        <Choice label={t("stage")} value={stage} onChange={setStage} options={[all, ...stages.map((each) => ({ value: each.code, label: told(each.title, language) }))]} />
        {sites.length > 1 && <Choice label={t("site")} value={site} onChange={setSite} options={[all, ...sites.map((each) => ({ value: each.siteId, label: each.name }))]} />}
      </Filters>
      <p className="quiet small"><span role="status">{t("matrix_count", { count: rows.length, events: columns.length })}</span>. {t("matrix_keys")}</p>
      <Legend cells={cells} />
      {rows.length === 0 ? <Empty>{t("matrix_empty")}</Empty> : <Grid rows={rows} columns={columns} cells={cells} onOpen={open} />}
    </>
  );
}

function Legend({ cells }: { cells: ReadonlyMap<string, ReadonlyMap<string, Cell>> }) {
  const t = useText(texts);
  const standings = useMemo(() => {
    const found = { visit: new Map<string, Cell["standing"]>(), form: new Map<string, Cell["standing"]>() };
    for (const row of cells.values()) {
      for (const [key, cell] of row) found[key.startsWith("visit ") ? "visit" : "form"].set(cell.standing.label, cell.standing);
    }
    return found;
  }, [cells]);
  return (
    <div>
      <StandingLegend lane="visit" standings={[...standings.visit.values()]} />
      <StandingLegend lane="form" standings={[...standings.form.values()]} />
      <p className="quiet small"><span aria-hidden="true">·</span> {t("matrix_none")}</p>
    </div>
  );
}

function Grid({ rows, columns, cells, onOpen }: {
  rows: readonly Participant[];
  columns: readonly EventColumn[];
  cells: ReadonlyMap<string, ReadonlyMap<string, Cell>>;
  onOpen: (participant: Participant, column: EventColumn | undefined) => void;
}) {
  const t = useText(texts);
  const language = useLanguage();
  const frame = useRef<HTMLDivElement>(null);
  // Column 0 is the code.
  const [at, setAt] = useState<readonly [number, number]>([0, 0]);
  const wanted = useRef(false);
  const active: readonly [number, number] = [Math.min(at[0], rows.length - 1), Math.min(at[1], columns.length)];
  // The line that has the focus stays, wherever the wheel went: else the keyboard would lose its place.
  const kept = active[0];
  const rangeExtractor = useCallback((range: Range) => [...new Set([...defaultRangeExtractor(range), kept])].sort((a, b) => a - b), [kept]);
  const virtual = useVirtualizer({ count: rows.length, getScrollElement: () => frame.current, estimateSize: () => ROW, overscan: 4, rangeExtractor });
  const names = useMemo(() => columns.map((column) => {
    const title = told(column.title, language) || column.code;
    return column.kind === "visit" ? title : occasionName(title, timepointOf(t, column.timepoint, column.timepointTitle));
  }), [columns, language, t]);
  const template = `7.5rem repeat(${columns.length}, minmax(3rem, 1fr))`;
  const width = `max(100%, ${7.5 + columns.length * 3}rem)`;

  useLayoutEffect(() => {
    if (!wanted.current) return;
    wanted.current = false;
    frame.current?.querySelector<HTMLElement>(`[data-at="${active[0]}-${active[1]}"]`)?.focus();
  });
  const move = (row: number, column: number) => {
    const next = [Math.max(0, Math.min(rows.length - 1, row)), Math.max(0, Math.min(columns.length, column))] as const;
    virtual.scrollToIndex(next[0]);
    wanted.current = true;
    setAt(next);
  };
  const key = (event: KeyboardEvent) => {
    const [row, column] = active;
    const moves: Readonly<Record<string, readonly [number, number]>> = {
      ArrowDown: [row + 1, column], ArrowUp: [row - 1, column], ArrowRight: [row, column + 1], ArrowLeft: [row, column - 1],
      PageDown: [row + 10, column], PageUp: [row - 10, column], Home: [row, 0], End: [row, columns.length],
    };
    const target = moves[event.key];
    if (target !== undefined) {
      event.preventDefault();
      move(...target);
    } else if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      onOpen(rows[row]!, columns[column - 1]);
    }
  };
  return (
    <div className="matrix" ref={frame} style={{ height: `min(70vh, ${HEAD + rows.length * ROW + 20}px)` }}>
      <div role="grid" aria-label={t("matrix_title")} aria-rowcount={rows.length + 1} aria-colcount={columns.length + 1} style={{ width }} onKeyDown={key}>
        <div role="rowgroup" className="matrix-head">
          <div role="row" aria-rowindex={1} className="matrix-row" style={{ gridTemplateColumns: template }}>
            <div role="columnheader" aria-colindex={1} className="matrix-code">{t("code")}</div>
            {names.map((name, index) => <div role="columnheader" key={columns[index]!.key} aria-colindex={index + 2} className={`matrix-title ${columns[index]!.kind}`} title={name}><span>{name}</span></div>)}
          </div>
        </div>
        <div role="rowgroup" style={{ height: virtual.getTotalSize(), position: "relative" }}>
          {virtual.getVirtualItems().map((item) => {
            const participant = rows[item.index]!;
            return (
              <Row key={participant.participantId} participant={participant} index={item.index} top={item.start} template={template} columns={columns} names={names}
                cells={cells.get(participant.participantId)} active={active[0] === item.index ? active[1] : -1} none={t("matrix_none")} onOpen={onOpen} onAt={setAt} />
            );
          })}
        </div>
      </div>
    </div>
  );
}

const Row = memo(function Row({ participant, index, top, template, columns, names, cells, active, none, onOpen, onAt }: {
  participant: Participant; index: number; top: number; template: string; columns: readonly EventColumn[]; names: readonly string[];
  cells: ReadonlyMap<string, Cell> | undefined; active: number; none: string;
  onOpen: (participant: Participant, column: EventColumn | undefined) => void; onAt: (at: readonly [number, number]) => void;
}) {
  const press = (column: number) => {
    onAt([index, column]);
    onOpen(participant, columns[column - 1]);
  };
  return (
    <div role="row" aria-rowindex={index + 2} className="matrix-row" style={{ gridTemplateColumns: template, transform: `translateY(${top}px)`, position: "absolute" }}>
      <div role="rowheader" aria-colindex={1} className="matrix-code" data-at={`${index}-0`} tabIndex={active === 0 ? 0 : -1} onClick={() => press(0)}>{participant.code}</div>
      {columns.map((column, at) => {
        const cell = cells?.get(column.key);
        const label = cell === undefined ? none : `${names[at]} : ${cell.standing.label}`;
        return (
          <div role="gridcell" key={column.key} aria-colindex={at + 2} className="matrix-cell" data-at={`${index}-${at + 1}`} tabIndex={active === at + 1 ? 0 : -1}
            title={`${participant.code}, ${label}`} onClick={() => press(at + 1)}>
            {cell === undefined ? <><span aria-hidden="true" className="quiet">·</span><span className="hidden-text">{none}</span></>
              : <Sign shape={cell.standing.shape} tone={cell.standing.tone} label={label} bare />}
          </div>
        );
      })}
    </div>
  );
});
