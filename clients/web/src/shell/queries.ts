// SPDX-License-Identifier: Apache-2.0
// How the staff's pages read: with react-query.
import { Code } from "@connectrpc/connect";
import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { mayRetry, problemOf } from "~/api/problem";

// A session that has ended shows the log-in page, whichever call noticed it.
function notice(error: unknown): void {
  if (problemOf(error).code === Code.Unauthenticated) queries.setQueryData(["self"], null);
}

export const queries: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError: notice }),
  mutationCache: new MutationCache({ onError: notice }),
  defaultOptions: {
    queries: {
      retry: (tries, error) => tries < 2 && mayRetry(problemOf(error)),
      staleTime: 15_000,
      refetchOnWindowFocus: true,
    },
  },
});
