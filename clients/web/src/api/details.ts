// SPDX-License-Identifier: Apache-2.0
// Reads what a refusal carries: google.rpc's ErrorInfo, BadRequest and RetryInfo in an error of Connect.
import { Code, ConnectError } from "@connectrpc/connect";
import { errorFromJsonBytes } from "@connectrpc/connect/protocol-connect";
import { BadRequestSchema, ErrorInfoSchema, RetryInfoSchema } from "~/gen/google/rpc/error_details_pb";
import { CallError, callError, violationOf } from "./problem";

// Of a status without a Connect error in the body.
function codeOf(status: number): Code {
  if (status === 401) return Code.Unauthenticated;
  if (status === 403) return Code.PermissionDenied;
  if (status === 413) return Code.ResourceExhausted;
  return status >= 500 || status === 429 ? Code.Unavailable : Code.InvalidArgument;
}

function reasonWithoutDetails(failure: ConnectError): string {
  if (failure.cause instanceof TypeError) return "UNREACHABLE";
  if (failure.code === Code.Unavailable) return "UNREACHABLE";
  if (failure.code === Code.DeadlineExceeded) return "DEADLINE_EXCEEDED";
  if (failure.code === Code.Unauthenticated) return "SESSION_INVALID";
  return "INTERNAL";
}

// What connect-web threw, as other calls throw it.
export function callErrorOf(error: unknown): CallError {
  if (error instanceof CallError) return error;
  const failure = ConnectError.from(error);
  const info = failure.findDetails(ErrorInfoSchema)[0];
  const delay = failure.findDetails(RetryInfoSchema)[0]?.retryDelay;
  return callError(failure.code, info?.reason ?? reasonWithoutDetails(failure), {
    about: info?.metadata ?? {},
    violations: failure.findDetails(BadRequestSchema).flatMap((bad) => bad.fieldViolations.map((each) => violationOf(each.field, each.description))),
    retrySeconds: delay === undefined ? undefined : Number(delay.seconds) + delay.nanos / 1e9,
  });
}

// Of an answer that is not OK.
export async function refusalIn(response: Response): Promise<CallError> {
  const bytes = new Uint8Array(await response.arrayBuffer());
  return callErrorOf(errorFromJsonBytes(bytes, undefined, new ConnectError(response.statusText, codeOf(response.status))));
}
