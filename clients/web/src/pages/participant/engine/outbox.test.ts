// SPDX-License-Identifier: Apache-2.0
import "fake-indexeddb/auto";
import { Code } from "@connectrpc/connect";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { type CallError, callError, unreachable, violationOf } from "~/api/problem";
import { type Batch, type Gate, merged, Outbox } from "./outbox";
import type { Given } from "~/questionnaire/reading";
import { MemoryVault, openVault } from "./vault";

const given = (value: string): Given => ({ value, missing: 0 });

function refusal(code: Code, reason: string, violations: Record<string, string> = {}): CallError {
  return callError(code, reason, { violations: Object.entries(violations).map(([item, why]) => violationOf(`answers[${item}]`, why)) });
}

const offline = () => { throw unreachable(); };

// A server that remembers; `next` may throw in its place.
class Server implements Gate {
  saved: Record<string, string> = {};
  calls: Array<{ requestId: string; answers: Batch }> = [];
  submitted: Batch | undefined;
  next: Array<() => void> = [];

  async save(requestId: string, answers: Batch) {
    this.calls.push({ requestId, answers });
    this.next.shift()?.();
    for (const [code, each] of Object.entries(answers)) this.saved[code] = each.value;
  }
  async submit(requestId: string, answers: Batch) {
    this.calls.push({ requestId, answers });
    this.next.shift()?.();
    this.submitted = answers;
  }
}

async function outboxOf(server: Server, vault = new MemoryVault()) {
  const outbox = new Outbox(vault, "answers.i", server, () => undefined);
  await outbox.load();
  await vi.runAllTimersAsync();
  return outbox;
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("outbox", () => {
  test("sends each answer once and says that it is saved", async () => {
    const server = new Server();
    const outbox = await outboxOf(server);
    outbox.put("a", given("1"), undefined);
    await vi.runAllTimersAsync();
    outbox.put("b", given("2"), undefined);
    await vi.runAllTimersAsync();
    expect(server.calls.map((each) => Object.keys(each.answers))).toEqual([["a"], ["b"]]);
    expect([outbox.state, outbox.unsent]).toEqual(["saved", 0]);
  });

  test("repeats a lost call with the same request_id, and what was typed meanwhile with another", async () => {
    const server = new Server();
    server.next = [offline];
    const outbox = await outboxOf(server);
    outbox.put("a", given("1"), undefined);
    await vi.advanceTimersByTimeAsync(10);
    expect([outbox.state, outbox.unsent]).toEqual(["waiting", 1]);
    outbox.put("a", given("2"), undefined);
    await vi.runAllTimersAsync();
    const [first, again, then] = server.calls;
    expect(again).toEqual(first);
    expect(then!.requestId).not.toBe(first!.requestId);
    expect(server.saved).toEqual({ a: "2" });
    expect(outbox.state).toBe("saved");
  });

  test("a new page goes on with the batch of the closed one, under its request_id", async () => {
    const vault = new MemoryVault();
    const server = new Server();
    server.next = [offline];
    const closed = await outboxOf(server, vault);
    closed.put("a", given("1"), undefined);
    await vi.advanceTimersByTimeAsync(10);
    closed.put("b", given("2"), undefined);
    closed.goTo("hours");
    await closed.kept();
    closed.stop();
    const outbox = await outboxOf(server, vault);
    expect(outbox.place).toBe("hours");
    expect(server.calls[1]).toEqual(server.calls[0]);
    expect(server.saved).toEqual({ a: "1", b: "2" });
  });

  test("an answer that the server refuses stays with its reason; the others go through", async () => {
    const server = new Server();
    server.next = [() => { throw refusal(Code.InvalidArgument, "ANSWERS_INVALID", { a: "TEXT_HOLDS_PHONE: no" }); }];
    const outbox = await outboxOf(server);
    outbox.put("b", given("2"), undefined, false);
    outbox.put("a", given("0612345678"), undefined);
    await vi.runAllTimersAsync();
    expect(server.saved).toEqual({ b: "2" });
    expect(outbox.refused).toEqual({ a: { given: given("0612345678"), reason: "TEXT_HOLDS_PHONE" } });
    expect(outbox.local.get("a")).toEqual(given("0612345678"));
    outbox.put("a", given("rien"), undefined);
    await vi.runAllTimersAsync();
    expect([server.saved["a"], outbox.refused]).toEqual(["rien", {}]);
  });

  test("a refusal without items refuses the batch, not for ever", async () => {
    const server = new Server();
    server.next = [() => { throw refusal(Code.InvalidArgument, "ANSWERS_INVALID"); }];
    const outbox = await outboxOf(server);
    outbox.put("a", given("1"), undefined);
    await vi.runAllTimersAsync();
    expect(server.calls).toHaveLength(1);
    expect(outbox.refused["a"]?.reason).toBe("FIELD_INVALID");
  });

  test("what the page finds wrong is kept and not sent", async () => {
    const vault = new MemoryVault();
    const server = new Server();
    const outbox = await outboxOf(server, vault);
    outbox.put("a", given("999"), "ANSWER_OUT_OF_RANGE");
    await vi.runAllTimersAsync();
    expect(server.calls).toEqual([]);
    outbox.stop();
    expect((await outboxOf(server, vault)).refused["a"]?.given).toEqual(given("999"));
  });

  test("a session that is over keeps everything and stops; resuming sends it", async () => {
    const server = new Server();
    server.next = [() => { throw refusal(Code.Unauthenticated, "SESSION_INVALID"); }];
    const outbox = await outboxOf(server);
    outbox.put("a", given("1"), undefined);
    await vi.runAllTimersAsync();
    expect([outbox.state, outbox.unsent, server.calls.length]).toEqual(["session_over", 1, 1]);
    outbox.resume();
    await vi.runAllTimersAsync();
    expect(server.saved).toEqual({ a: "1" });
  });

  test("sends the submission after the queue, repeats it under its request_id, and leaves nothing", async () => {
    const vault = new MemoryVault();
    const server = new Server();
    const outbox = await outboxOf(server, vault);
    server.next = [offline, () => undefined, offline];
    outbox.put("a", given("1"), undefined);
    outbox.submit({ a: given("1") });
    await vi.runAllTimersAsync();
    expect(server.calls.map((each) => each.requestId === server.calls[0]!.requestId)).toEqual([true, true, false, false]);
    expect(server.calls[3]).toEqual(server.calls[2]);
    expect(outbox.submitted).toBe(true);
    expect(await vault.read("answers.i")).toBeUndefined();
  });

  test("a submission that lacks an answer is taken back to it", async () => {
    const server = new Server();
    const outbox = await outboxOf(server);
    server.next = [() => { throw refusal(Code.InvalidArgument, "ANSWERS_INVALID", { b: "ANSWER_MISSING: no" }); }];
    outbox.submit({ a: given("1") });
    await vi.runAllTimersAsync();
    expect([outbox.submitted, outbox.submitting, outbox.refused["b"]?.reason]).toEqual([false, false, "ANSWER_MISSING"]);
  });

  test.each(["INSTANCE_SUBMITTED", "INSTANCE_CANCELLED", "INSTANCE_NOT_FOUND"])("%s closes it", async (reason) => {
    const server = new Server();
    server.next = [() => { throw refusal(Code.FailedPrecondition, reason); }];
    const outbox = await outboxOf(server);
    outbox.put("a", given("1"), undefined);
    await vi.runAllTimersAsync();
    expect([outbox.state, outbox.problem?.reason, server.calls.length]).toEqual(["closed", reason, 1]);
  });

  test("writes nothing once it is stopped, whatever is still under way", async () => {
    const vault = new MemoryVault();
    const server = new Server();
    const outbox = await outboxOf(server, vault);
    outbox.put("a", given("1"), undefined);
    outbox.stop();
    await outbox.kept();
    await vault.wipe();
    outbox.put("b", given("2"), undefined);
    await vi.runAllTimersAsync();
    expect(await vault.read("answers.i")).toBeUndefined();
    expect(server.calls).toEqual([]);
  });

  test("the device is newer than the draft", () => {
    expect([...merged({ a: given("1"), b: given("2") }, new Map([["b", given("")], ["c", given("3")]]))])
      .toEqual([["a", given("1")], ["b", given("")], ["c", given("3")]]);
  });
});

describe("vault", () => {
  beforeEach(() => void vi.useRealTimers());

  test("keeps records over pages, and shows nothing of them on the disk", async () => {
    const vault = await openVault();
    expect(vault.lasting).toBe(true);
    await vault.write("answers.i", { typed: "SECRET-WORDS" });
    expect(await (await openVault()).read("answers.i")).toEqual({ typed: "SECRET-WORDS" });
    const database = await new Promise<IDBDatabase>((resolve) => {
      const request = indexedDB.open("reprise.participant");
      request.onsuccess = () => resolve(request.result);
    });
    const all = await new Promise<Array<{ iv: Uint8Array; data: ArrayBuffer }>>((resolve) => {
      const request = database.transaction("sealed").objectStore("sealed").getAll();
      request.onsuccess = () => resolve(request.result);
    });
    expect(all).toHaveLength(1);
    expect(new TextDecoder().decode(all[0]!.data)).not.toContain("SECRET");
    const keys = await new Promise<CryptoKey[]>((resolve) => {
      const request = database.transaction("keys").objectStore("keys").getAll();
      request.onsuccess = () => resolve(request.result);
    });
    expect(keys.map((key) => key.extractable)).toEqual([false]);
    database.close();
  });

  test("a record does not open under another name, and a wiped one not at all", async () => {
    const vault = await openVault();
    await vault.write("a", { x: 1 });
    await vault.wipe();
    expect(await vault.read("a")).toBeUndefined();
    await vault.write("a", { x: 2 });
    expect(await vault.read("a")).toEqual({ x: 2 });
  });
});
