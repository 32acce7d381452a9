// SPDX-License-Identifier: Apache-2.0
import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

const file = (name: string) => fileURLToPath(new URL(name, import.meta.url));

// As the gateway does: below /p, what is no file is the participants' document.
const participants: Plugin = {
  name: "participants",
  configureServer(server) {
    server.middlewares.use((request, _response, next) => {
      if (/^\/p(\/[^.]*)?$/.test((request.url ?? "").replace(/\?.*/, ""))) request.url = "/p/index.html";
      next();
    });
  },
};

// What an entry loads at once is also run at once: browsers that know the comment compile all of it while it
// arrives, beside the page, in place of function by function as each is first called.
const compiledOnArrival: Plugin = {
  name: "compiled-on-arrival",
  generateBundle: {
    order: "post",
    handler(_options, bundle) {
      const marked = new Set<string>();
      const mark = (name: string) => {
        const chunk = bundle[name];
        if (chunk?.type !== "chunk" || marked.has(name)) return;
        marked.add(name);
        chunk.code = `//# allFunctionsCalledOnLoad\n${chunk.code}`;
        chunk.imports.forEach(mark);
      };
      Object.values(bundle).forEach((each) => each.type === "chunk" && each.isEntry && mark(each.fileName));
    },
  },
};

export default defineConfig({
  plugins: [react(), participants, compiledOnArrival],
  resolve: { alias: { "~": file("./src") } },
  test: { environment: "jsdom", setupFiles: file("./scripts/test-setup.ts") },
  build: {
    assetsInlineLimit: 0,  // the policy of the gateway allows own files only
    modulePreload: { polyfill: false },
    target: "es2022",
    rollupOptions: { input: { staff: file("./index.html"), participant: file("./p/index.html") } },
  },
  server: {
    proxy: Object.fromEntries(
      ["/session", "^/reprise\\."].map((path) => [path, process.env["REPRISE_GATEWAY"] ?? "http://127.0.0.1:7480"]),
    ),
  },
});
