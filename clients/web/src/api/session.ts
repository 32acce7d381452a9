// SPDX-License-Identifier: Apache-2.0
// Who is logged in. The gateway keeps the token in a cookie; these are its four paths (docs/gateway.md).
import type { JsonValue } from "@bufbuild/protobuf";
import { currentLanguage } from "~/text/language";
import { CSRF_HEADER } from "./headers";
import { unreachable } from "./problem";

async function reach(method: string, path: string, body?: unknown): Promise<Response> {
  const headers: Record<string, string> = { "Accept-Language": currentLanguage() };
  if (method !== "GET") headers[CSRF_HEADER] = "1";
  if (body !== undefined) headers["Content-Type"] = "application/json";
  try {
    return await fetch(path, { method, headers, body: body === undefined ? null : JSON.stringify(body) });
  } catch {
    throw unreachable();
  }
}

// What reads refusals is loaded for the first one.
async function accepted(response: Response): Promise<Response> {
  if (response.ok) return response;
  throw await (await import("./details")).refusalIn(response);
}

async function ask(method: string, path: string, body?: unknown): Promise<Response> {
  return accepted(await reach(method, path, body));
}

// The caller as GetSelfResponse in JSON, or null without a live session. Participants' pages read her ids
// in it and load no descriptors for that; those of the staff take self() of api/self.ts.
export async function selfJson(): Promise<JsonValue | null> {
  const response = await reach("GET", "/session");
  if (response.status === 401) {
    await response.text().catch(() => undefined);  // unread, the request would stay open
    return null;
  }
  return (await (await accepted(response)).json()) as JsonValue;
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
