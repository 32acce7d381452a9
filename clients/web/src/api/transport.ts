// SPDX-License-Identifier: Apache-2.0
// How pages reach the services: Connect over the gateway that served them. The session is a cookie
// that script cannot read; the header says that the request comes from our own page.
//
// A participant's phone calls unary methods in binary alone, and these lines are all that it loads for
// them. The transport of connect-web brings JSON and streams too: it is loaded for streams (streams.ts).
import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import { Code, ConnectError, type Transport } from "@connectrpc/connect";
import { errorFromJsonBytes } from "@connectrpc/connect/protocol-connect";
import { currentLanguage } from "~/text/language";

export const CSRF_HEADER = "X-Reprise-Csrf";

export function ownHeaders(): Record<string, string> {
  return { [CSRF_HEADER]: "1", "Accept-Language": currentLanguage() };
}

// Of a status without a Connect error in the body.
export function codeOf(status: number): Code {
  if (status === 401) return Code.Unauthenticated;
  if (status === 403) return Code.PermissionDenied;
  if (status === 413) return Code.ResourceExhausted;
  return status >= 500 || status === 429 ? Code.Unavailable : Code.InvalidArgument;
}

export async function errorOf(response: Response): Promise<ConnectError> {
  const bytes = new Uint8Array(await response.arrayBuffer());
  return errorFromJsonBytes(bytes, undefined, new ConnectError(response.statusText, codeOf(response.status)));
}

// Ends with the caller's signal, or when the time is up.
function deadline(signal: AbortSignal | undefined, timeoutMs: number | undefined) {
  const controller = new AbortController();
  const abort = () => controller.abort(ConnectError.from(signal?.reason, Code.Canceled));
  if (signal?.aborted) abort();
  signal?.addEventListener("abort", abort);
  const timer = timeoutMs === undefined || timeoutMs <= 0 ? undefined
    : setTimeout(() => controller.abort(new ConnectError("the operation timed out", Code.DeadlineExceeded)), timeoutMs);
  return {
    signal: controller.signal,
    over: () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", abort);
    },
  };
}

export const unary: Transport["unary"] = async (method, signal, timeoutMs, header, input) => {
  const until = deadline(signal, timeoutMs);
  try {
    const headers = new Headers(header);
    for (const [name, value] of Object.entries(ownHeaders())) headers.set(name, value);
    headers.set("Content-Type", "application/proto");
    headers.set("Connect-Protocol-Version", "1");
    if (timeoutMs !== undefined && timeoutMs > 0) headers.set("Connect-Timeout-Ms", String(timeoutMs));
    const body = toBinary(method.input, create(method.input, input)) as Uint8Array<ArrayBuffer>;
    const response = await fetch(`/${method.parent.typeName}/${method.name}`, { method: "POST", headers, body, signal: until.signal, redirect: "error" });
    if (!response.ok) throw await errorOf(response);
    return {
      stream: false, service: method.parent, method, header: response.headers, trailer: new Headers(),
      message: fromBinary(method.output, new Uint8Array(await response.arrayBuffer())),
    };
  } catch (error) {
    if (until.signal.aborted) throw ConnectError.from(until.signal.reason, Code.Canceled);
    throw ConnectError.from(error, Code.Unavailable);
  } finally {
    until.over();
  }
};
