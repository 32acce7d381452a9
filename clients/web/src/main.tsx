// SPDX-License-Identifier: Apache-2.0
import "~/shell/early";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "~/shell/app";
import "~/look/tokens.css";
import "~/look/base.css";
import "~/parts/parts.css";
import "~/shell/shell.css";

createRoot(document.getElementById("root")!).render(<StrictMode><App /></StrictMode>);
