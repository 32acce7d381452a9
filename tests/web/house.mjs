// SPDX-License-Identifier: Apache-2.0
// A house to walk through: a throwaway cluster, a daemon with its gateway and the built client, and the
// demo study in it. Everything is real; nothing is mocked. Used by run.mjs.
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { chmodSync, closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { setTimeout as sleep } from "node:timers/promises";

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), "../..");

export class House {
  constructor(build, client) {
    this.programs = join(build, "bin");
    this.client = client;
    this.folder = mkdtempSync(join(tmpdir(), "rweb."));
    chmodSync(this.folder, 0o755);
    this.port = 0;
  }

  get log() {
    return join(this.folder, "daemon.log");
  }

  environment(extra = {}) {
    const kept = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("REPRISE_")));
    return {
      ...kept,
      TZ: "UTC",
      LC_ALL: "C.UTF-8",
      REPRISE_DATABASE_URL: `host=${this.folder}/pg/socket dbname=reprise`,
      REPRISE_SECRETS_DIRECTORY: `${this.folder}/secrets`,
      REPRISE_LISTEN_ADDRESS: `unix:${this.folder}/daemon.socket`,
      REPRISE_SERVER: `unix:${this.folder}/daemon.socket`,
      REPRISE_SESSION_FILE: `${this.folder}/session`,
      REPRISE_GATEWAY_ADDRESS: `127.0.0.1:${this.port}`,
      REPRISE_GATEWAY_STATIC_DIRECTORY: this.client,
      // So that a journey can come from an address of its own (X-Forwarded-For) and be slowed down alone.
      REPRISE_GATEWAY_TRUSTED_PROXIES: "127.0.0.1",
      ...extra,
    };
  }

  run(program, ...args) {
    return execFileSync(program, args, { env: this.environment(), encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  }

  // A verb of the command line, as the administrator; JSON where it answers JSON.
  reprise(...args) {
    return this.run(join(this.programs, "reprise"), ...args);
  }

  sql(statement) {
    return execFileSync("psql", ["-XAtq", "-v", "ON_ERROR_STOP=1", "-U", "postgres", "-h", `${this.folder}/pg/socket`,
      "-d", "reprise", "-c", statement], { encoding: "utf8" }).trim();
  }

  async setUp() {
    this.run(join(ROOT, "deploy/cluster"), "start", `${this.folder}/pg`, "--throwaway");
    const reprised = join(this.programs, "reprised");
    this.run(reprised, "--migrate", `host=${this.folder}/pg/socket dbname=reprise user=postgres`);
    this.run(reprised, "--make-secrets", `${this.folder}/secrets`);
    writeFileSync(join(this.folder, "admin.password"), "correct horse of admin\n", { mode: 0o600 });
    this.run(reprised, "--first-administrator", "admin", "--password-file", join(this.folder, "admin.password"));
    await this.start();
    this.reprise("login", "admin", "--password-file", join(this.folder, "admin.password"));
    // Measurements want more participants than a walk; then without those who were only screened.
    const size = process.env.REPRISE_WEB_PARTICIPANTS;
    this.reprise("demo", ...(size === undefined ? [] : ["--participants", size, "--screened-each", "1"]), "--document", join(ROOT, "deploy/studies/fastracs/study.yaml"), "--instruments",
      join(ROOT, "deploy/instruments"), "--accounts", join(this.folder, "accounts.json"), "--extract", join(this.folder, "extract"));
    this.accounts = JSON.parse(readFileSync(join(this.folder, "accounts.json"), "utf8"));
  }

  // Also after `kill`; then on the same port, as a supervisor would start it again.
  async start() {
    const log = openSync(this.log, "a");
    const before = readFileSync(this.log).length;
    this.daemon = spawn(join(this.programs, "reprised"), { env: this.environment(), stdio: ["ignore", "ignore", log] });
    closeSync(log);
    for (let tries = 0; tries < 1200; tries++) {
      const told = readFileSync(this.log).subarray(before).toString();
      const url = /"message":"gateway listening".*"url":"([^"]*)"/.exec(told)?.[1];
      if (url !== undefined) {
        this.url = url;
        this.port = Number(new URL(url).port);
        return;
      }
      if (this.daemon.exitCode !== null) break;
      await sleep(50);
    }
    throw new Error(`reprised did not start:\n${readFileSync(this.log, "utf8").slice(-2000)}`);
  }

  async stop(signal = "SIGTERM") {
    if (this.daemon === undefined || this.daemon.exitCode !== null || this.daemon.signalCode !== null) return;
    const ended = new Promise((resolve) => this.daemon.once("exit", resolve));
    this.daemon.kill(signal);
    await ended;
  }

  async tearDown() {
    await this.stop();
    spawnSync(join(ROOT, "deploy/cluster"), ["stop", `${this.folder}/pg`]);
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export function screenshotFolder(build) {
  const folder = join(build, "web-screenshots");
  mkdirSync(folder, { recursive: true });
  return folder;
}
