// SPDX-License-Identifier: Apache-2.0
// Who is logged in, as the staff's pages ask.
import { fromJson } from "@bufbuild/protobuf";
import { useQuery } from "@tanstack/react-query";
import { selfJson } from "~/api/session";
import { type GetSelfResponse, GetSelfResponseSchema } from "~/gen/reprise/access/v1/access_service_pb";

export async function self(): Promise<GetSelfResponse | null> {
  const json = await selfJson();
  return json === null ? null : fromJson(GetSelfResponseSchema, json, { ignoreUnknownFields: true });
}

export function useSelfQuery() {
  return useQuery({ queryKey: ["self"], queryFn: self, staleTime: 60_000 });
}
