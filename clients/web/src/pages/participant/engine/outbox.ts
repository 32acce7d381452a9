// SPDX-License-Identifier: Apache-2.0
// The answers of one questionnaire on their way to the server. Each is kept in the vault first, then sent
// in batches with a request_id that stays the same until the server has answered, whatever happens
// between: lost network, closed browser, killed server. One outbox writes a record at a time (lock.ts).
import { Code } from "@connectrpc/connect";
import { newRequestId } from "~/api/requestId";
import { mayRetry, type Problem, problemOf } from "~/api/problem";
import { type Given, sameGiven } from "~/questionnaire/reading";
import type { Vault } from "./vault";

export type Batch = Readonly<Record<string, Given>>;

export interface Refusal {
  readonly given: Given;
  readonly reason: string;
}

// What is kept in the vault, as JSON.
export interface Pending {
  // Changed and in no batch yet.
  changed: Record<string, Given>;
  // Sent or to be sent; never altered.
  batch: { requestId: string; answers: Batch } | undefined;
  // What she typed and the server, or the page before it, does not take.
  refused: Record<string, Refusal>;
  // She has pressed "send".
  submission: { requestId: string; answers: Batch } | undefined;
  // Code of the section that she was in.
  place: string | undefined;
}

export type State = "saved" | "saving" | "waiting" | "session_over" | "closed" | "failing";

export interface Gate {
  save(requestId: string, answers: Batch): Promise<void>;
  submit(requestId: string, answers: Batch): Promise<void>;
}

const FIRST_DELAY_MS = 1_000;
const LONGEST_DELAY_MS = 20_000;

const empty = (): Pending => ({ changed: {}, batch: undefined, refused: {}, submission: undefined, place: undefined });

export class Outbox {
  state: State = "saved";
  // Why it is closed or failing.
  problem: Problem | undefined;
  submitted = false;
  private pending: Pending = empty();
  private delay = FIRST_DELAY_MS;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private sending: Promise<void> | undefined;
  private writing: Promise<void> = Promise.resolve();
  private dirty = false;
  private stopped = false;

  constructor(private readonly vault: Vault, private readonly name: string, private readonly gate: Gate, private readonly changed: () => void) {}

  async load(): Promise<void> {
    const kept = (await this.vault.read(this.name)) as Partial<Pending> | undefined;
    this.pending = { ...empty(), ...kept };
    if (this.unsent) this.state = "saving";
    this.wake();
  }

  // What the device knows that the server may not; newer than the server's draft.
  get local(): ReadonlyMap<string, Given> {
    const { batch, refused, changed } = this.pending;
    const typed = Object.entries(refused).map(([code, each]) => [code, each.given] as const);
    return new Map([...Object.entries(batch?.answers ?? {}), ...typed, ...Object.entries(changed)]);
  }
  get refused(): Readonly<Record<string, Refusal>> {
    return this.pending.refused;
  }
  get place(): string | undefined {
    return this.pending.place;
  }
  get submitting(): boolean {
    return this.pending.submission !== undefined;
  }
  // Answers that are on this device only.
  get unsent(): number {
    const { batch, changed, refused } = this.pending;
    return new Set([...Object.keys(batch?.answers ?? {}), ...Object.keys(changed), ...Object.keys(refused)]).size;
  }

  // `fault`: what the page itself finds wrong; such an answer is kept and not sent.
  put(code: string, given: Given, fault: string | undefined, soon = true): void {
    delete this.pending.changed[code];
    delete this.pending.refused[code];
    if (fault !== undefined) this.pending.refused[code] = { given, reason: fault };
    else this.pending.changed[code] = given;
    this.pending.submission = undefined;
    this.keep();
    if (fault === undefined && this.state !== "closed" && this.state !== "session_over") {
      if (this.state === "saved") this.state = "saving";
      this.later(soon ? 0 : 700);
    }
    this.changed();
  }

  goTo(place: string): void {
    if (this.pending.place === place) return;
    this.pending.place = place;
    this.keep();
  }

  // Sends what waits, then everything. Resolves when the server has taken or refused it; a lost network
  // leaves it pending, also over a restart of the browser.
  submit(answers: Batch): void {
    const before = this.pending.submission;
    const same = before !== undefined && JSON.stringify(before.answers) === JSON.stringify(answers);
    this.pending.submission = { requestId: same ? before.requestId : newRequestId(), answers };
    this.keep();
    this.problem = undefined;
    this.state = "saving";
    this.wake();
    this.changed();
  }

  cancelSubmission(): void {
    this.pending.submission = undefined;
    this.keep();
    this.changed();
  }

  // Tries at once: the network is back, the page is shown again, she pressed "retry".
  wake(): void {
    this.delay = FIRST_DELAY_MS;
    this.later(0);
  }

  // The session is live again.
  resume(): void {
    if (this.state === "session_over") this.state = this.unsent > 0 ? "saving" : "saved";
    this.wake();
  }

  // Until the vault holds everything typed.
  async kept(): Promise<void> {
    await this.writing;
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  private later(milliseconds: number): void {
    clearTimeout(this.timer);
    if (!this.stopped) this.timer = setTimeout(() => void this.send(), milliseconds);
  }

  // One write at a time; what changes meanwhile is written by the next.
  private keep(): void {
    if (this.dirty) return;
    this.dirty = true;
    this.writing = this.writing.then(async () => {
      this.dirty = false;
      if (this.submitted || this.stopped) return;
      await this.vault.write(this.name, this.pending);
    }).catch(() => undefined);
  }

  private send(): Promise<void> {
    this.sending ??= this.sendAll().finally(() => { this.sending = undefined; });
    return this.sending;
  }

  private async sendAll(): Promise<void> {
    while (!this.stopped && this.state !== "closed" && this.state !== "session_over") {
      try {
        if (!(await this.sendNext())) break;
        this.delay = FIRST_DELAY_MS;
      } catch (error) {
        if (!this.fell(problemOf(error))) break;
      }
      this.changed();
    }
    this.changed();
  }

  // False where nothing is left to send.
  private async sendNext(): Promise<boolean> {
    const { changed, batch, submission } = this.pending;
    if (batch === undefined && Object.keys(changed).length > 0) {
      this.pending.batch = { requestId: newRequestId(), answers: changed };
      this.pending.changed = {};
      this.keep();
      return true;
    }
    if (batch !== undefined) {
      // On the disk before on the wire: the request_id must survive.
      await this.kept();
      await this.gate.save(batch.requestId, batch.answers);
      this.pending.batch = undefined;
      this.keep();
      return true;
    }
    if (submission !== undefined) {
      await this.kept();
      await this.gate.submit(submission.requestId, submission.answers);
      this.submitted = true;
      await this.writing;
      await this.vault.remove(this.name);
      this.stop();
      return false;
    }
    this.state = "saved";
    this.problem = undefined;
    return false;
  }

  // Whether to go on at once.
  private fell(problem: Problem): boolean {
    if (this.stopped) return false;
    this.problem = problem;
    if (problem.reason === "ANSWERS_INVALID") return this.takeBack(problem);
    if (mayRetry(problem)) this.state = "waiting";
    else if (problem.code === Code.Unauthenticated) this.state = "session_over";
    else if (CLOSED.has(problem.reason)) this.state = "closed";
    else this.state = "failing";
    if (this.state === "waiting" || this.state === "failing") {
      const asked = (problem.retrySeconds ?? 0) * 1000;
      this.later(Math.max(asked, this.delay));
      this.delay = Math.min(this.delay * 2, LONGEST_DELAY_MS);
    }
    return false;
  }

  // The faulty answers stay here with their reasons; the others of the batch are sent again.
  private takeBack(problem: Problem): boolean {
    const { batch, submission } = this.pending;
    const source = batch?.answers ?? submission?.answers ?? {};
    const reasons = new Map(problem.violations.map((each) => [/^answers\[(.*)\]$/.exec(each.field)?.[1] ?? "", each.reason]));
    const named = [...reasons.keys()].some((code) => code in source || batch === undefined);
    for (const [code, given] of Object.entries(source)) {
      const reason = named ? reasons.get(code) : "FIELD_INVALID";
      if (code in this.pending.changed) continue; // typed anew meanwhile
      if (reason !== undefined) this.pending.refused[code] = { given, reason };
      else if (batch !== undefined) this.pending.changed[code] = given;
    }
    for (const [code, reason] of reasons) {
      if (batch === undefined && code !== "" && !(code in source)) this.pending.refused[code] = { given: { value: "", missing: 0 }, reason };
    }
    if (batch !== undefined) this.pending.batch = undefined;
    this.pending.submission = undefined;
    this.state = "saving";
    this.keep();
    return true;
  }
}

const CLOSED = new Set(["INSTANCE_SUBMITTED", "INSTANCE_CANCELLED", "INSTANCE_NOT_FOUND", "PERMISSION_DENIED", "PARTICIPANT_NOT_FOUND"]);

// The server's draft with what the device knows besides.
export function merged(draft: Readonly<Record<string, Given>>, local: ReadonlyMap<string, Given>): Map<string, Given> {
  const answers = new Map(Object.entries(draft));
  for (const [code, given] of local) {
    if (!sameGiven(given, answers.get(code))) answers.set(code, given);
  }
  return answers;
}
