// SPDX-License-Identifier: Apache-2.0
// What @connectrpc/connect-web makes of the gateway: both protocols, JSON and binary, on the echo
// service. Usage: node conformance.mjs ADDRESS GENERATED_FOLDER
import assert from "node:assert/strict";
import { pathToFileURL } from "node:url";
import { Code, ConnectError, createClient } from "@connectrpc/connect";
import { createConnectTransport, createGrpcWebTransport } from "@connectrpc/connect-web";

const [address, generated] = process.argv.slice(2);
const load = (file) => import(pathToFileURL(`${generated}/${file}`).href);
const { EchoService } = await load("reprise/echo/v1/echo_service_pb.js");
const { BadRequestSchema, ErrorInfoSchema } = await load("google/rpc/error_details_pb.js");

const baseUrl = `http://${address}`;
const transports = {
  "connect json": createConnectTransport({ baseUrl }),
  "connect binary": createConnectTransport({ baseUrl, useBinaryFormat: true }),
  "grpc-web binary": createGrpcWebTransport({ baseUrl }),
  "grpc-web json": createGrpcWebTransport({ baseUrl, useBinaryFormat: false }),
};

async function failure(promise) {
  try {
    await promise;
  } catch (error) {
    assert.ok(error instanceof ConnectError, String(error));
    return error;
  }
  assert.fail("the call succeeded");
}

async function numbers(stream) {
  const seen = [];
  for await (const message of stream) seen.push(Number(message.number));
  return seen;
}

const cases = {
  async "unary keeps accents and large numbers"(client) {
    const answer = await client.say({ text: "Café ☕", number: 9007199254740993n });
    assert.equal(answer.text, "Café ☕");
    assert.equal(answer.number, 9007199254740993n);
  },
  async "errors carry code, message, reason and field paths"(client) {
    const error = await failure(client.say({ code: 3 }));
    assert.equal(error.code, Code.InvalidArgument);
    assert.equal(error.rawMessage, "Two answers are wrong, café.");
    assert.equal(error.findDetails(ErrorInfoSchema)[0].reason, "ANSWERS_INVALID");
    assert.deepEqual(
      error.findDetails(BadRequestSchema)[0].fieldViolations.map((violation) => violation.field),
      ["answers[Q3]", "answers[Q4]"]);
  },
  async "every code arrives as itself"(client) {
    for (let code = 1; code <= 16; ++code) assert.equal((await failure(client.say({ code }))).code, code);
  },
  async "streams come in order"(client) {
    assert.deepEqual(await numbers(client.count({ count: 6 })), [1, 2, 3, 4, 5, 6]);
    assert.deepEqual(await numbers(client.count({ count: 0 })), []);
  },
  async "streams come as they are made"(client) {
    const begun = performance.now();
    for await (const message of client.count({ count: 20, milliseconds: 50 })) {
      assert.ok(performance.now() - begun < 900, "the first message waited for the last");
      break;
    }
  },
  async "a stream's error comes after its messages"(client) {
    const seen = [];
    const error = await failure((async () => {
      for await (const message of client.count({ count: 2, code: 9 })) seen.push(Number(message.number));
    })());
    assert.deepEqual(seen, [1, 2]);
    assert.equal(error.code, Code.FailedPrecondition);
    assert.equal(error.findDetails(ErrorInfoSchema)[0].reason, "ECHOED");
  },
  async "deadlines are kept and told"(client) {
    assert.ok((await client.say({}, { timeoutMs: 5000 })).millisecondsLeft <= 5000);
    assert.equal((await failure(client.say({ milliseconds: 3000 }, { timeoutMs: 100 }))).code,
      Code.DeadlineExceeded);
  },
  async "an aborted call ends"(client) {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 50);
    assert.equal((await failure(client.say({ milliseconds: 3000 }, { signal: controller.signal }))).code,
      Code.Canceled);
  },
  async "headers reach the service"(client) {
    const answer = await client.say({}, {
      headers: { Authorization: "Bearer abc", "Accept-Language": "fr" } });
    assert.equal(answer.metadata.authorization, "Bearer abc");
    assert.equal(answer.metadata["accept-language"], "fr");
  },
  async "large messages come whole"(client) {
    for await (const message of client.count({ count: 3, bytes: 3_000_000 })) {
      assert.equal(message.payload.length, 3_000_000);
    }
  },
  async "too large a request is a clear error"(client) {
    const error = await failure(client.say({ text: "x".repeat(5_000_000) }));
    assert.equal(error.code, Code.ResourceExhausted);
    assert.equal(error.findDetails(ErrorInfoSchema)[0].reason, "BODY_TOO_LARGE");
  },
};

let failures = 0;
for (const [protocol, transport] of Object.entries(transports)) {
  const client = createClient(EchoService, transport);
  for (const [name, run] of Object.entries(cases)) {
    try {
      await run(client);
      console.log(`ok      ${protocol}: ${name}`);
    } catch (error) {
      ++failures;
      console.log(`FAILED  ${protocol}: ${name}\n${error.stack}`);
    }
  }
}
process.exit(failures === 0 ? 0 : 1);
