// SPDX-License-Identifier: Apache-2.0
// A first password to hand over: 20 letters and digits that are not mistaken for each other, as the
// server's own demo makes them. Nearly 100 bits of the browser's random source.
const LETTERS = "abcdefghijkmnpqrstuvwxyz23456789";

export function newPassword(random: (bytes: Uint8Array) => Uint8Array = (bytes) => crypto.getRandomValues(bytes)): string {
  // 32 letters: every byte gives five even bits.
  const letters = [...random(new Uint8Array(20))].map((byte) => LETTERS[byte % LETTERS.length]!);
  return [0, 5, 10, 15].map((at) => letters.slice(at, at + 5).join("")).join("-");
}
