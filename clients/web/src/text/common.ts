// SPDX-License-Identifier: Apache-2.0
// Words that every page uses.
import en from "./common.en.json";
import fr from "./common.fr.json";
import { pair } from "./text";

export const common = pair(fr, en);
