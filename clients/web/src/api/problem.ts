// SPDX-License-Identifier: Apache-2.0
// Why a call failed, as the services tell it: one reason, and the faulty fields by their paths.
// Sentences for people are found by reason in text/reasons; the message of the service is never shown.
// The first page of a participant's phone loads this without the runtime of protobuf (details.ts).
import { Code } from "@connectrpc/connect";

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

// What every call throws.
export class CallError extends Error {
  constructor(readonly problem: Problem) {
    super(problem.reason);
  }
}

export function callError(code: Code, reason: string, rest: Partial<Problem> = {}): CallError {
  return new CallError({ code, reason, about: {}, violations: [], retrySeconds: undefined, ...rest });
}

// fetch itself failed: no network, or nobody listens.
export function unreachable(): CallError {
  return callError(Code.Unavailable, "UNREACHABLE");
}

// Whether the same call with the same request_id may be repeated as it is.
export function mayRetry(problem: Problem): boolean {
  return problem.reason === "UNREACHABLE" || problem.code === Code.Unavailable || problem.code === Code.DeadlineExceeded;
}

export function violationOf(field: string, description: string): Violation {
  const found = /^([A-Z][A-Z0-9_]*)(?::\s*(.*))?$/s.exec(description);
  return { field, reason: found?.[1] ?? "FIELD_INVALID", detail: found?.[2] ?? description };
}

// Of anything that was thrown; part of the page that could not be fetched fails with a TypeError.
export function problemOf(error: unknown): Problem {
  if (error instanceof CallError) return error.problem;
  return (error instanceof TypeError ? unreachable() : callError(Code.Unknown, "INTERNAL")).problem;
}

// For what only the page can know to be missing, such as a choice without an own field in the request.
export function missingField(field: string): CallError {
  return callError(Code.InvalidArgument, "FIELD_REQUIRED", { violations: [violationOf(field, "FIELD_REQUIRED")] });
}
