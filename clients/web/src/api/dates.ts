// SPDX-License-Identifier: Apache-2.0
// Calendar days. A day is a google.type.Date on the wire and "2026-11-22" in the page and its inputs;
// it never becomes an instant, so no time zone can shift it.
import { create } from "@bufbuild/protobuf";
import { type Timestamp, timestampDate } from "@bufbuild/protobuf/wkt";
import { type Date as WireDate, DateSchema } from "~/gen/google/type/date_pb";

export type Day = string;

export function dayOf(date: WireDate | undefined): Day | undefined {
  if (date === undefined || date.year === 0) return undefined;
  return `${pad(date.year, 4)}-${pad(date.month, 2)}-${pad(date.day, 2)}`;
}

// Undefined for an empty or unreadable text, so that the service says what is missing.
export function wireOf(day: Day | null | undefined): WireDate | undefined {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day ?? "");
  if (parts === null) return undefined;
  return create(DateSchema, { year: Number(parts[1]), month: Number(parts[2]), day: Number(parts[3]) });
}

// Today where the browser is. Only for proposing a date: what is due is judged by the services.
export function today(now: Date = new Date()): Day {
  return `${pad(now.getFullYear(), 4)}-${pad(now.getMonth() + 1, 2)}-${pad(now.getDate(), 2)}`;
}

export function addDays(day: Day, days: number): Day {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

// Days from `from` until `until`; negative where it lies before.
export function daysBetween(from: Day, until: Day): number {
  return Math.round((Date.parse(`${until}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}

export function instantOf(time: Timestamp | undefined): Date | undefined {
  return time === undefined ? undefined : timestampDate(time);
}

// The day of an instant where the browser is.
export function dayOfInstant(time: Timestamp | undefined): Day | undefined {
  return time === undefined ? undefined : today(timestampDate(time));
}

function pad(value: number, digits: number): string {
  return String(value).padStart(digits, "0");
}
