// SPDX-License-Identifier: Apache-2.0
// States, told by shape and word and only then by colour.
import type { ReactNode } from "react";

// No two states of one legend have the same (parts/sign.test.ts).
export type Shape = "empty" | "clock" | "quarter" | "half" | "full" | "square" | "cross" | "barred" | "late" | "diamond" | "bar" | "arrow" | "dashed" | "star" | "question";
export type SignTone = "mute" | "calm" | "good" | "warn" | "bad";

export const DRAWINGS: Readonly<Record<Shape, ReactNode>> = {
  empty: <circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" strokeWidth="2" />,
  clock: <><circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" strokeWidth="2" /><path d="M8 4.5V8l2.5 1.8" fill="none" stroke="currentColor" strokeWidth="1.8" strokeLinecap="round" /></>,
  half: <><circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" strokeWidth="2" /><path d="M8 2a6 6 0 0 0 0 12z" fill="currentColor" /></>,
  full: <><circle cx="8" cy="8" r="7" fill="currentColor" /><path d="M4.8 8.3 7 10.5l4.3-4.8" fill="none" stroke="var(--surface)" strokeWidth="1.9" strokeLinecap="round" strokeLinejoin="round" /></>,
  quarter: <><circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" strokeWidth="2" /><path d="M8 8V2a6 6 0 0 0-6 6z" fill="currentColor" /></>,
  square: <><rect x="1.5" y="1.5" width="13" height="13" fill="currentColor" /><path d="M4.8 8.3 7 10.5l4.3-4.8" fill="none" stroke="var(--surface)" strokeWidth="1.9" strokeLinecap="round" strokeLinejoin="round" /></>,
  barred: <><circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" strokeWidth="2" /><path d="m3.8 3.8 8.4 8.4" stroke="currentColor" strokeWidth="2" /></>,
  diamond: <><path d="M8 .8 15.2 8 8 15.2.8 8z" fill="none" stroke="currentColor" strokeWidth="1.8" strokeLinejoin="round" /><path d="M8 4.6v4" stroke="currentColor" strokeWidth="1.9" strokeLinecap="round" /><circle cx="8" cy="11.2" r="1.1" fill="currentColor" /></>,
  arrow: <path d="M1.5 8h12M9 3.5 13.5 8 9 12.5" fill="none" stroke="currentColor" strokeWidth="2.2" strokeLinecap="round" strokeLinejoin="round" />,
  dashed: <circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" strokeWidth="2" strokeDasharray="2.6 2.1" />,
  cross: <path d="m3.5 3.5 9 9m0-9-9 9" stroke="currentColor" strokeWidth="2.4" strokeLinecap="round" />,
  late: <><path d="M8 1.5 15 14H1z" fill="currentColor" /><path d="M8 6v4" stroke="var(--surface)" strokeWidth="1.8" strokeLinecap="round" /><circle cx="8" cy="12" r="1" fill="var(--surface)" /></>,
  bar: <rect x="2" y="6.7" width="12" height="2.6" rx="1.3" fill="currentColor" />,
  star: <path d="m8 1.5 2 4.3 4.6.6-3.4 3.2.9 4.7L8 12l-4.1 2.3.9-4.7L1.4 6.4 6 5.8z" fill="currentColor" />,
  question: <><circle cx="8" cy="8" r="7" fill="currentColor" /><path d="M6 6.3a2 2 0 1 1 2.7 1.9c-.5.2-.7.5-.7 1.1" fill="none" stroke="var(--surface)" strokeWidth="1.6" strokeLinecap="round" /><circle cx="8" cy="11.6" r=".9" fill="var(--surface)" /></>,
};

// `bare` shows the shape alone; the word is then read by screen readers and shown as a tip.
export function Sign({ shape, tone, label, bare = false }: { shape: Shape; tone: SignTone; label: string; bare?: boolean }) {
  return (
    <span className={`sign ${tone}`} title={bare ? label : undefined}>
      <svg viewBox="0 0 16 16" aria-hidden="true">{DRAWINGS[shape]}</svg>
      <span className={bare ? "hidden-text" : undefined}>{label}</span>
    </span>
  );
}

// The shape alone inside of a drawing, its middle at (x, y).
export function Glyph({ shape, tone, x, y, size }: { shape: Shape; tone: SignTone; x: number; y: number; size: number }) {
  return (
    <svg className={`sign ${tone}`} viewBox="0 0 16 16" x={x - size / 2} y={y - size / 2} width={size} height={size}>
      {DRAWINGS[shape]}
    </svg>
  );
}
