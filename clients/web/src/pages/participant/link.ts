// SPDX-License-Identifier: Apache-2.0
// The token of a personal link. It comes in the fragment of the address, which no server sees, is taken
// out of it before anything is drawn, and lives in memory alone.
import { useSyncExternalStore } from "react";

let token: string | undefined;
const listeners = new Set<() => void>();

// Shorter fragments are places in the page.
const TOKEN = /^#([A-Za-z0-9_-]{16,})$/;

function take(): void {
  const found = TOKEN.exec(location.hash)?.[1];
  if (found === undefined) return;
  history.replaceState(history.state, "", location.pathname);
  token = found;
  listeners.forEach((listener) => listener());
}

take();
addEventListener("hashchange", take);

export function useLinkToken(): string | undefined {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, () => token);
}

export function forgetToken(): void {
  token = undefined;
  listeners.forEach((listener) => listener());
}
