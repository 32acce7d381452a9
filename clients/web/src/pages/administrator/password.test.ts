// SPDX-License-Identifier: Apache-2.0
import { expect, it } from "vitest";
import { newPassword } from "./password";

it("has four groups of five letters that are told apart", () => {
  for (let i = 0; i < 50; i++) expect(newPassword()).toMatch(/^([a-km-np-z2-9]{5}-){3}[a-km-np-z2-9]{5}$/);
});
it("takes each letter from one byte", () => {
  expect(newPassword((bytes) => bytes.fill(31))).toBe("99999-99999-99999-99999");
  expect(newPassword((bytes) => bytes.fill(32))).toBe("aaaaa-aaaaa-aaaaa-aaaaa");
});
it("differs every time", () => expect(newPassword()).not.toBe(newPassword()));
