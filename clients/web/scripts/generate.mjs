// SPDX-License-Identifier: Apache-2.0
// Makes src/gen from proto/: Debian's protoc with the plugin of @bufbuild/protobuf.
import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const web = join(dirname(fileURLToPath(import.meta.url)), "..");
const proto = join(web, "../../proto");
const out = join(web, "src/gen");
const left_out = ["reprise/echo/", "reprise/platform/v1/config.proto", "google/rpc/status.proto"];

const files = readdirSync(proto, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith(".proto"))
  .map((entry) => relative(proto, join(entry.parentPath ?? entry.path, entry.name)))
  .filter((file) => !left_out.some((start) => file.startsWith(start)))
  .sort();
rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
execFileSync("protoc", [
  `--proto_path=${proto}`,
  `--plugin=protoc-gen-es=${join(web, "node_modules/.bin/protoc-gen-es")}`,
  `--es_out=${out}`,
  "--es_opt=target=ts,import_extension=none",
  ...files,
], { stdio: "inherit" });
