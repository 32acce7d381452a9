// SPDX-License-Identifier: Apache-2.0
import { pair } from "~/text/text";
import en from "./en.json";
import fr from "./fr.json";

export const texts = pair(fr, en);
export type TextKey = keyof typeof fr;
