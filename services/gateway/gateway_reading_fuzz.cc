// SPDX-License-Identifier: Apache-2.0
// Whatever a stranger sends is read without harm, and what is accepted keeps its promises.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "absl/strings/ascii.h"

#include "services/gateway/http/client_address.h"
#include "services/gateway/http/cookie.h"
#include "services/gateway/http/path.h"
#include "services/gateway/http/request_reader.h"
#include "services/gateway/http/response.h"
#include "services/gateway/rpc/framing.h"
#include "services/gateway/session/device.h"
#include "services/platform/status.h"

namespace reprise::gateway {
namespace {

// As a whole and byte by byte a request is read alike; only the limit on headers is less exact where
// they come at once.
void ReadTwice(const std::string& bytes) {
  constexpr RequestReader::Limits kLimits{.header_bytes = 512, .body_bytes = 256};
  RequestReader whole(kLimits), slow(kLimits);
  std::string rest = bytes;
  const auto state = whole.Feed(rest);
  auto slow_state = RequestReader::State::kHead;
  std::string buffer;
  for (const char c : bytes) {
    buffer += c;
    slow_state = slow.Feed(buffer);
    if (slow_state >= RequestReader::State::kDone) break;
  }
  if (state != RequestReader::State::kDone || slow.refusal() == 431) return;
  REPRISE_CHECK(slow_state == state);
  const Request request = whole.Take();
  REPRISE_CHECK(request.body == slow.Take().body);
  REPRISE_CHECK(request.body.size() <= 256);
  CookieOf(request, "reprise");
  CleanPath(request.Path());
  ProtocolOf(request.Header("content-type"));
}

void ReadParts(const std::string& text) {
  if (const auto path = CleanPath(text)) {
    REPRISE_CHECK(path->front() == '/' && path->find("/../") == std::string::npos);
  }
  if (const auto message = SoleEnvelope(text); message.ok()) {
    REPRISE_CHECK(Envelope(0, *message) == text);
  }
  (void)DecodeWebText(text);
  (void)ConnectTimeout(text);
  (void)GrpcTimeout(text);
  Accepts(text, "gzip");
  const std::string device = DeviceOf(text);
  REPRISE_CHECK(device.size() <= 60);
  for (const char c : device) REPRISE_CHECK(absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == ' ' || c == ',');
  ClientBehind("127.0.0.1", text, {"127.0.0.1"});
  for (const char c : PercentEncode(text)) REPRISE_CHECK(c >= ' ' && c <= '~');
  const std::string head = HeadText({.headers = {{"X-Text", text}}});
  REPRISE_CHECK(head.find("\r\n\r\n") == head.size() - 4);
}

}  // namespace
}  // namespace reprise::gateway

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  reprise::gateway::ReadTwice(bytes);
  reprise::gateway::ReadParts(bytes);
  return 0;
}
