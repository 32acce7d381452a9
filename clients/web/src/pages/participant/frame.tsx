// SPDX-License-Identifier: Apache-2.0
import type { ReactNode } from "react";
import { TopBar } from "~/shell/topbar";

export function Frame({ children, tools }: { children: ReactNode; tools?: ReactNode }) {
  return (
    <>
      <TopBar>{tools}</TopBar>
      <main className="shell-main ask-main" id="content">{children}</main>
    </>
  );
}
