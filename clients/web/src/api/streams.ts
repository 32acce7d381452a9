// SPDX-License-Identifier: Apache-2.0
// Server streams, which few pages open: with the transport of connect-web.
import { createConnectTransport } from "@connectrpc/connect-web";
import { ownHeaders } from "./headers";

export const { stream } = createConnectTransport({
  baseUrl: "/",
  useBinaryFormat: true,
  interceptors: [(next) => (request) => {
    for (const [name, value] of Object.entries(ownHeaders())) request.header.set(name, value);
    return next(request);
  }],
});
