// SPDX-License-Identifier: Apache-2.0
// Coming in by a link or code, and going out: who the device belongs to meanwhile.
import { logOut, startWith } from "~/api/session";
import { vault } from "./engine/vault";
import { closeFilling } from "./open";
import { freshCaller } from "./session";

const REDEEM = "reprise.access.v1.AccessService/RedeemParticipantLink";
const OWNER = "owner";
const LINK = "link";

export interface Entrance {
  // Where her link leads; empty: her start page.
  readonly instanceId: string;
  // Somebody else was here, and is out now.
  readonly otherClosed: boolean;
}

async function digestOf(token: string): Promise<string> {
  if (globalThis.crypto?.subtle === undefined) return "";
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(token));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

// Whether this link opened the session that is still alive here: then it need not be opened again.
export async function isOwnLink(token: string): Promise<boolean> {
  const digest = await digestOf(token);
  return digest !== "" && digest === (await (await vault()).read(LINK));
}

export async function enter(request: { token: string } | { shortCode: string }): Promise<Entrance> {
  const before = await freshCaller().catch(() => null);
  const answer = (await startWith(REDEEM, request)) as { user?: { participantId?: string }; instanceId?: string };
  const participantId = answer.user?.participantId ?? "";
  const otherThere = await takeOver(participantId);
  if ("token" in request) await (await vault()).write(LINK, await digestOf(request.token));
  await freshCaller();
  const otherSession = before !== null && before.participantId !== participantId;
  return { instanceId: answer.instanceId ?? "", otherClosed: otherSession || otherThere };
}

// Makes the device hers. What another person left on it is wiped; true where there was something.
export async function takeOver(participantId: string): Promise<boolean> {
  const device = await vault();
  const owner = await device.read(OWNER);
  if (owner === participantId) return false;
  if (owner !== undefined) await device.wipe();
  await device.write(OWNER, participantId);
  return owner !== undefined;
}

// Throws where the server does not hear of it: then she is not out, and the device keeps what it has.
export async function leave(): Promise<void> {
  await logOut();
  await closeFilling();
  await (await vault()).wipe();
}
