// SPDX-License-Identifier: Apache-2.0
// Who is logged in, for pages of the staff and of participants alike.
import { useQuery } from "@tanstack/react-query";
import { self } from "~/api/session";

export const SELF = ["self"] as const;

export function useSelfQuery() {
  return useQuery({ queryKey: SELF, queryFn: self, staleTime: 60_000 });
}
