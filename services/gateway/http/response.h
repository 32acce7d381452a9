// SPDX-License-Identifier: Apache-2.0
// An HTTP response, and its head as bytes.
#ifndef REPRISE_GATEWAY_HTTP_RESPONSE_H_
#define REPRISE_GATEWAY_HTTP_RESPONSE_H_

#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"

#include "services/gateway/http/request.h"

namespace reprise::gateway {

struct Response {
  int status = 200;
  Headers headers = {};
  std::string body = {};
};

// Adds what every response carries unless it is set already: no sniffing, no framing, no referrer, a
// policy under which nothing loads, no caching; over TLS also HSTS.
void AddStandardHeaders(Response& response, bool secure, absl::Time now);

// "HTTP/1.1 200 OK\r\n...\r\n\r\n". A header whose name or value could end the line is left out.
std::string HeadText(const Response& response);

// Whether Accept-Encoding `accept` takes `coding` ("br", "gzip").
bool Accepts(absl::string_view accept, absl::string_view coding);

}  // namespace reprise::gateway

#endif  // REPRISE_GATEWAY_HTTP_RESPONSE_H_
