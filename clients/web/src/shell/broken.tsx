// SPDX-License-Identifier: Apache-2.0
// What is shown when a page fails: that nothing recorded is lost, and a way on.
import { Component, type ReactNode } from "react";
import { common } from "~/text/common";
import { currentLanguage } from "~/text/language";
import { say } from "~/text/text";

export class Broken extends Component<{ children: ReactNode }, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError() {
    return { broken: true };
  }

  override render() {
    if (!this.state.broken) return this.props.children;
    const language = currentLanguage();
    return (
      <main className="shell-main stack">
        <h1>{say(common, language, "page_broken")}</h1>
        <p>{say(common, language, "page_broken_help")}</p>
        <p><button type="button" className="button main" onClick={() => location.reload()}>{say(common, language, "reload")}</button></p>
      </main>
    );
  }
}
