// SPDX-License-Identifier: Apache-2.0
// Who is logged in. The gateway keeps the token in a cookie; these are its four paths (docs/gateway.md).
import type { JsonValue } from "@bufbuild/protobuf";
import { Code, ConnectError } from "@connectrpc/connect";
import { currentLanguage } from "~/text/language";
import { CSRF_HEADER, errorOf } from "./transport";

async function ask(method: string, path: string, body?: unknown): Promise<Response> {
  const headers: Record<string, string> = { "Accept-Language": currentLanguage() };
  if (method !== "GET") headers[CSRF_HEADER] = "1";
  if (body !== undefined) headers["Content-Type"] = "application/json";
  let response: Response;
  try {
    response = await fetch(path, { method, headers, body: body === undefined ? null : JSON.stringify(body) });
  } catch (error) {
    throw ConnectError.from(error, Code.Unavailable);
  }
  if (response.ok) return response;
  throw await errorOf(response);
}

// The caller as GetSelfResponse in JSON, or null without a live session. Participants' pages read her ids
// in it and load no descriptors for that; those of the staff take self() of api/self.ts.
export async function selfJson(): Promise<JsonValue | null> {
  try {
    const response = await ask("GET", "/session");
    return (await response.json()) as JsonValue;
  } catch (error) {
    if (error instanceof ConnectError && error.code === Code.Unauthenticated) return null;
    throw error;
  }
}

export interface Credentials {
  readonly loginName: string;
  readonly password: string;
  // Of the second factor, or a recovery code; empty in the first try.
  readonly secondFactorCode?: string;
}

export async function logIn(credentials: Credentials): Promise<void> {
  await ask("POST", "/session", credentials);
}

// Starts a session with another method that hands out a token, such as the one for personal links.
export async function startWith(method: string, request: unknown): Promise<unknown> {
  const response = await ask("POST", `/session/${method}`, request);
  return response.json();
}

export async function logOut(): Promise<void> {
  await ask("DELETE", "/session");
}
