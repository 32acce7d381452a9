// SPDX-License-Identifier: Apache-2.0
// Reasons that only the staff meets.
import { addReasons } from "./reasons";
import { pair } from "./text";
import en from "./reasons.en.json";
import fr from "./reasons.fr.json";

addReasons(pair(fr, en));
