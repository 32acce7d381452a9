// SPDX-License-Identifier: Apache-2.0
// Begins to fetch the pages of whoever comes while the rest of the script is still being run: the first
// import of main.tsx.
export const Participant = () => import("~/pages/participant");
export const Staff = () => import("./staff");

void (/^\/p(\/|$)/.test(location.pathname) ? Participant() : Staff()).catch(() => undefined);
