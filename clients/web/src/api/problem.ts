// SPDX-License-Identifier: Apache-2.0
// Why a call failed, as the services tell it: one reason, and the faulty fields by their paths.
// Sentences for people are found by reason in text/reasons; the message of the service is never shown.
import { Code, ConnectError } from "@connectrpc/connect";
import { BadRequestSchema, ErrorInfoSchema, RetryInfoSchema } from "~/gen/google/rpc/error_details_pb";

export interface Violation {
  // Path as in the request, in its JSON spelling or proto's: `identity.birth_date`, `answers[Q3]`.
  readonly field: string;
  readonly reason: string;
  // What the service says after the reason, in English; for places where a developer looks.
  readonly detail: string;
}

export interface Problem {
  readonly code: Code;
  // Such as `CONSENT_FORM_EXPIRED`; `UNREACHABLE` where no answer came at all.
  readonly reason: string;
  // What the reason is about: `form`, `status`, `etag`, ...
  readonly about: Readonly<Record<string, string>>;
  readonly violations: readonly Violation[];
  // When the same call may be tried again.
  readonly retrySeconds: number | undefined;
}

// Whether the same call with the same request_id may be repeated as it is.
export function mayRetry(problem: Problem): boolean {
  return problem.reason === "UNREACHABLE" || problem.code === Code.Unavailable || problem.code === Code.DeadlineExceeded;
}

export function violationOf(field: string, description: string): Violation {
  const found = /^([A-Z][A-Z0-9_]*)(?::\s*(.*))?$/s.exec(description);
  return { field, reason: found?.[1] ?? "FIELD_INVALID", detail: found?.[2] ?? description };
}

export function problemOf(error: unknown): Problem {
  const failure = ConnectError.from(error);
  const info = failure.findDetails(ErrorInfoSchema)[0];
  const violations = failure
    .findDetails(BadRequestSchema)
    .flatMap((bad) => bad.fieldViolations.map((each) => violationOf(each.field, each.description)));
  const delay = failure.findDetails(RetryInfoSchema)[0]?.retryDelay;
  return {
    code: failure.code,
    reason: info?.reason ?? reasonWithoutDetails(failure),
    about: info?.metadata ?? {},
    violations,
    retrySeconds: delay === undefined ? undefined : Number(delay.seconds) + delay.nanos / 1e9,
  };
}

// fetch itself fails with a TypeError: no network, or nobody listens.
function reasonWithoutDetails(failure: ConnectError): string {
  if (failure.cause instanceof TypeError) return "UNREACHABLE";
  if (failure.code === Code.Unavailable) return "UNREACHABLE";
  if (failure.code === Code.DeadlineExceeded) return "DEADLINE_EXCEEDED";
  if (failure.code === Code.Unauthenticated) return "SESSION_INVALID";
  return "INTERNAL";
}

// For what only the page can know to be missing, such as a choice without an own field in the request.
export function missingField(field: string): ConnectError {
  return new ConnectError("missing", Code.InvalidArgument, undefined, [
    { desc: BadRequestSchema, value: { fieldViolations: [{ field, description: "FIELD_REQUIRED" }] } },
  ]);
}
