// SPDX-License-Identifier: Apache-2.0
// Draws a page into the document. Each entry is a document of its own, so that a participant's phone loads
// nothing of the staff's pages and nothing that decides between the two.
import { type ReactNode, StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { Broken } from "~/shell/broken";
import "~/look/tokens.css";
import "~/look/base.css";
import "~/parts/parts.css";
import "~/shell/shell.css";

export function draw(page: ReactNode): void {
  createRoot(document.getElementById("root")!).render(<StrictMode><Broken>{page}</Broken></StrictMode>);
}
