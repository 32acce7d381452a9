// SPDX-License-Identifier: Apache-2.0
// What every call of the page says of itself. The session is a cookie that script cannot read; the first
// header says that the request comes from our own page.
import { currentLanguage } from "~/text/language";

export const CSRF_HEADER = "X-Reprise-Csrf";

export function ownHeaders(): Record<string, string> {
  return { [CSRF_HEADER]: "1", "Accept-Language": currentLanguage() };
}
