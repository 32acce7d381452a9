// SPDX-License-Identifier: Apache-2.0
// Two tabs with the same questionnaire would overwrite each other's record: the tab that was opened last
// has it, the other one is told.

// Returns how to give it back. `onLost` is called where another tab takes it.
export function holdLock(name: string, onLost: () => void): () => void {
  // Absent in pages over plain http, which keep nothing on the device either.
  if (navigator.locks === undefined) return () => undefined;
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => { release = resolve; });
  let given = false;
  navigator.locks.request(name, { steal: true }, () => held).catch(() => {
    if (!given) onLost();
  });
  return () => {
    given = true;
    release();
  };
}
