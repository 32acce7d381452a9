// SPDX-License-Identifier: Apache-2.0
// One client a service, each made when a page first asks for it, so that a page loads only the
// descriptors of the services that it uses.
import type { DescService } from "@bufbuild/protobuf";
import { type Client, createClient, type Transport } from "@connectrpc/connect";
import { callErrorOf } from "./details";
import { unary } from "./transport";

// A stream loads what it takes when it is first opened.
const transport: Transport = {
  unary,
  stream: async (...call) => (await import("./streams")).stream(...call).catch((error: unknown) => { throw callErrorOf(error); }),
};

const made = new Map<string, unknown>();

export function clientOf<T extends DescService>(service: T): Client<T> {
  let client = made.get(service.typeName) as Client<T> | undefined;
  if (client === undefined) {
    client = createClient(service, transport);
    made.set(service.typeName, client);
  }
  return client;
}
