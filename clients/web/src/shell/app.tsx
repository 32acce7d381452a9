// SPDX-License-Identifier: Apache-2.0
// The whole client. Participants come in through a personal link and load their part alone; everybody
// else logs in and sees the areas of her roles.
import { Code, ConnectError } from "@connectrpc/connect";
import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import { Route, Switch } from "wouter";
import { mayRetry, problemOf } from "~/api/problem";
import { Loading } from "~/parts/query";
import { Broken } from "./broken";

const Staff = lazy(() => import("./staff"));
const Participant = lazy(() => import("~/pages/participant"));

// A session that has ended shows the log-in page, whichever call noticed it.
function notice(error: unknown): void {
  if (ConnectError.from(error).code === Code.Unauthenticated) queries.setQueryData(["self"], null);
}

const queries: QueryClient = new QueryClient({
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

export function App() {
  return (
    <Broken>
      <QueryClientProvider client={queries}>
        <Suspense fallback={<Loading />}>
          <Switch>
            <Route path="/p" nest><Participant /></Route>
            <Route><Staff /></Route>
          </Switch>
        </Suspense>
      </QueryClientProvider>
    </Broken>
  );
}
