// SPDX-License-Identifier: Apache-2.0
// What browsers have and Debian 12's Node 18 keeps in a module.
import { webcrypto } from "node:crypto";

if (globalThis.crypto?.subtle === undefined) Object.defineProperty(globalThis, "crypto", { value: webcrypto, configurable: true });
