// SPDX-License-Identifier: Apache-2.0
// Shows what a query brings, or that it is on its way, or why it did not come.
import type { ReactNode } from "react";
import { problemOf } from "~/api/problem";
import { ProblemNotice } from "~/parts/problem";
import { common } from "~/text/common";
import { useText } from "~/text/text";

export function Loading() {
  const t = useText(common);
  return <div className="loading" role="status">{t("loading")}</div>;
}

// A query of react-query, or what looks like one (pages/participant/source.ts).
interface Brought<T> {
  readonly data: T | undefined;
  readonly isError: boolean;
  readonly error: unknown;
  refetch(): unknown;
}

export function Query<T>({ query, children }: { query: Brought<T>; children: (data: T) => ReactNode }) {
  if (query.data !== undefined) return <>{children(query.data)}</>;
  if (query.isError) return <ProblemNotice problem={problemOf(query.error)} onRetry={() => void query.refetch()} />;
  return <Loading />;
}
