// SPDX-License-Identifier: Apache-2.0
// What the sections of a protocol are made of.
import type { ReactNode } from "react";

export function Section({ id, title, children }: { id: string; title: string; children: ReactNode }) {
  return <section className="card mg-section" id={id} aria-label={title}><h2>{title}</h2>{children}</section>;
}

// A table that is read in its order.
export function Grid({ caption, heads, rows, numbers = [] }: {
  caption: string;
  heads: readonly string[];
  rows: ReadonlyArray<readonly ReactNode[]>;
  // Places of the columns with figures.
  numbers?: readonly number[];
}) {
  const kind = (i: number) => (numbers.includes(i) ? "number" : undefined);
  return (
    <div className="table-frame" tabIndex={0} role="group" aria-label={caption}>
      <table>
        <caption className="hidden-text">{caption}</caption>
        <thead><tr>{heads.map((head, i) => <th key={head} scope="col" className={kind(i)}>{head}</th>)}</tr></thead>
        <tbody>
          {rows.map((row, r) => (
            <tr key={r}>
              {row.map((cell, i) => (i === 0 ? <th key={i} scope="row">{cell}</th> : <td key={i} className={kind(i)}>{cell}</td>))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
