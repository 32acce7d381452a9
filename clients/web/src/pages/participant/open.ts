// SPDX-License-Identifier: Apache-2.0
// The questionnaire that is being filled in, for what stands outside of it.
import type { Filling } from "./engine/filling";

let current: Filling | undefined;

export function setOpenFilling(filling: Filling | undefined): void {
  current = filling;
}

// Writes nothing any more, once it resolves.
export async function closeFilling(): Promise<void> {
  current?.outbox.stop();
  await current?.outbox.kept();
}

// Answers that are on this device only.
export function unsentAnswers(): number {
  return current === undefined || current.outbox.submitted ? 0 : current.outbox.unsent;
}
