// SPDX-License-Identifier: Apache-2.0
// The frame of a page's content: heading, cards, notices, empty states.
import { type ReactNode, useEffect, useRef } from "react";
import { Link } from "wouter";

export interface Crumb {
  readonly to: string;
  readonly label: string;
}

export function Page({ title, lead, crumbs = [], actions, children }: {
  title: string;
  lead?: ReactNode;
  crumbs?: readonly Crumb[];
  actions?: ReactNode;
  children: ReactNode;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · Reprise`;
  }, [title]);
  // A new page is announced where a screen reader then is: at its heading.
  useEffect(() => {
    if (document.activeElement === document.body) heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <div className="stack wide">
      <div className="page-head">
        <div>
          {crumbs.length > 0 && (
            <div className="crumbs">
              {crumbs.map((crumb) => (
                <span key={crumb.to}><Link href={crumb.to}>{crumb.label}</Link> › </span>
              ))}
            </div>
          )}
          <h1 ref={heading} tabIndex={-1} style={{ outline: "none" }}>{title}</h1>
          {lead !== undefined && <div className="lead measure">{lead}</div>}
        </div>
        {actions !== undefined && <div className="row no-print">{actions}</div>}
      </div>
      {children}
    </div>
  );
}

export function Card({ title, aside, children, id }: { title?: string; aside?: ReactNode; children: ReactNode; id?: string }) {
  return (
    <section className="card" id={id}>
      {title !== undefined && <header><h2>{title}</h2>{aside}</header>}
      {children}
    </section>
  );
}

export type Tone = "calm" | "good" | "warn" | "bad";

export function Notice({ tone = "calm", children, live = false }: { tone?: Tone; children: ReactNode; live?: boolean }) {
  return (
    <div className={`notice ${tone}`} role={live ? (tone === "bad" ? "alert" : "status") : undefined}>
      <div>{children}</div>
    </div>
  );
}

// Says why nothing is here and what to do about it.
export function Empty({ children, action }: { children: ReactNode; action?: ReactNode }) {
  return <div className="empty"><div>{children}</div>{action}</div>;
}

export function Figure({ value, label }: { value: ReactNode; label: ReactNode }) {
  return <div className="figure"><strong>{value}</strong><span>{label}</span></div>;
}

export function Facts({ facts }: { facts: ReadonlyArray<readonly [string, ReactNode]> }) {
  return (
    <dl className="facts">
      {facts.map(([term, fact]) => [<dt key={`${term}-t`}>{term}</dt>, <dd key={`${term}-d`}>{fact}</dd>])}
    </dl>
  );
}
