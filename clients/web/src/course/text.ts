// SPDX-License-Identifier: Apache-2.0
// Words about the course of a participant, for everybody who looks at one.
import { pair } from "~/text/text";
import en from "./en.json";
import fr from "./fr.json";

export const course = pair(fr, en);
export type CourseKey = keyof typeof fr;
