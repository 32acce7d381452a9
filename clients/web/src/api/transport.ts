// SPDX-License-Identifier: Apache-2.0
// How pages reach the services: Connect over the gateway that served them.
//
// A participant's phone calls unary methods in binary alone, and these lines are all that it loads for
// them. The transport of connect-web brings JSON and streams too: it is loaded for streams (streams.ts).
import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import { Code, type Transport } from "@connectrpc/connect";
import { refusalIn } from "./details";
import { ownHeaders } from "./headers";
import { CallError, callError, unreachable } from "./problem";

// Ends with the caller's signal, or when the time is up.
function deadline(signal: AbortSignal | undefined, timeoutMs: number | undefined) {
  const controller = new AbortController();
  const abort = () => controller.abort(callError(Code.Canceled, "INTERNAL"));
  if (signal?.aborted) abort();
  signal?.addEventListener("abort", abort);
  const timer = timeoutMs === undefined || timeoutMs <= 0 ? undefined
    : setTimeout(() => controller.abort(callError(Code.DeadlineExceeded, "DEADLINE_EXCEEDED")), timeoutMs);
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
    if (!response.ok) throw await refusalIn(response);
    return {
      stream: false, service: method.parent, method, header: response.headers, trailer: new Headers(),
      message: fromBinary(method.output, new Uint8Array(await response.arrayBuffer())),
    };
  } catch (error) {
    if (until.signal.aborted) throw until.signal.reason;
    throw error instanceof CallError ? error : unreachable();
  } finally {
    until.over();
  }
};
