// SPDX-License-Identifier: Apache-2.0
// Who is in, read from the gateway's answer without the descriptors of the access service: a phone need
// not load them.
import { selfJson } from "~/api/session";
import { Source } from "./source";

export interface Caller {
  // Empty for the staff.
  readonly participantId: string;
}

async function caller(): Promise<Caller | null> {
  const json = (await selfJson()) as { user?: { participantId?: string } } | null;
  return json === null ? null : { participantId: json.user?.participantId ?? "" };
}

// Null without a live session.
export const session = new Source(caller);

export async function freshCaller(): Promise<Caller | null> {
  const found = await caller();
  session.set(found);
  return found;
}
