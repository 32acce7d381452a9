// SPDX-License-Identifier: Apache-2.0
// How pages reach the services: Connect over the gateway that served them. The session is a cookie
// that script cannot read; the header says that the request comes from our own page.
import type { Interceptor } from "@connectrpc/connect";
import { createConnectTransport } from "@connectrpc/connect-web";
import { currentLanguage } from "~/text/language";

export const CSRF_HEADER = "X-Reprise-Csrf";

const asOurPage: Interceptor = (next) => (request) => {
  request.header.set(CSRF_HEADER, "1");
  request.header.set("Accept-Language", currentLanguage());
  return next(request);
};

export const transport = createConnectTransport({
  baseUrl: "/",
  useBinaryFormat: true,
  interceptors: [asOurPage],
});
