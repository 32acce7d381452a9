// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import { answered, expected, standing } from "./completing";

const counts = (inWindow: number, outOfWindow: number, open: number, missed: number) => ({ inWindow, outOfWindow, open, missed });

test("expected are the answered, the open and the missed", () => {
  expect(answered(counts(4, 1, 2, 3))).toBe(5);
  expect(expected(counts(4, 1, 2, 3))).toBe(10);
});

test.each([
  ["nothing is expected yet", counts(0, 0, 0, 0), "standing_later"],
  ["all are answered, one of them late", counts(4, 1, 0, 0), "standing_complete"],
  ["one is still open", counts(4, 1, 1, 0), "standing_open"],
  ["a missed one weighs more than open ones", counts(4, 1, 3, 1), "standing_missed"],
])("%s", (_, count, key) => {
  expect(standing(count).key).toBe(key);
});
