// SPDX-License-Identifier: Apache-2.0
import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

// The policy of the gateway allows own files only: nothing may be inlined.
export default defineConfig({
  plugins: [react()],
  resolve: { alias: { "~": fileURLToPath(new URL("./src", import.meta.url)) } },
  test: { environment: "jsdom" },
  build: { assetsInlineLimit: 0, modulePreload: { polyfill: false }, target: "es2022" },
  server: {
    proxy: Object.fromEntries(
      ["/session", "^/reprise\\."].map((path) => [path, process.env["REPRISE_GATEWAY"] ?? "http://127.0.0.1:7480"]),
    ),
  },
});
