// SPDX-License-Identifier: Apache-2.0
// Who asks, as far as HTTP tells: the session token from the cookie or the Authorization header, and
// whether the request comes from our own pages. A cookie is only believed with the marks that a
// foreign page cannot set.
#ifndef REPRISE_GATEWAY_SESSION_CALLER_H_
#define REPRISE_GATEWAY_SESSION_CALLER_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

#include "services/gateway/http/request.h"

namespace reprise::gateway {

// The header that our pages send with whatever changes state; its value does not matter.
inline constexpr char kCsrfHeader[] = "x-reprise-csrf";

struct Site {
  // "https://reprise.example.org" where it is configured, else empty: the Host of each request.
  std::string origin = {};
  std::vector<std::string> trusted_proxies = {};
};

// Whether the person's browser reaches us over TLS, be it ended by a proxy.
bool SecureFor(const Site& site, const Request& request);

// "__Host-reprise" over TLS, where a browser then refuses copies from other hosts and paths;
// "reprise" over plain loopback.
std::string CookieName(bool secure);
// Set-Cookie values; the session ends with the browser, or before it as the services say.
std::string SetCookie(const std::string& token, bool secure);
std::string ClearCookie(bool secure);

// From another page than ours:
//   PERMISSION_DENIED CROSS_ORIGIN
absl::Status CheckOrigin(const Site& site, const Request& request);

struct Caller {
  std::string token = {};
  bool by_cookie = false;
};

// The caller of a request that may change state. CheckOrigin's refusal, and for a cookie without the
// CSRF header or without a mark of its origin:
//   PERMISSION_DENIED CSRF_HEADER_MISSING; UNAUTHENTICATED SESSION_INVALID (no possible token)
absl::StatusOr<Caller> CallerOf(const Site& site, const Request& request);

// The network address that limits on logging in are counted by.
std::string ClientOf(const Site& site, const Request& request);

// What goes to the services with a call: the token, the language, the trace, the kind of device, and the
// client's network address, which nobody but us can set.
std::vector<std::pair<std::string, std::string>> MetadataOf(const Site& site, const Request& request,
                                                            const std::string& token);

}  // namespace reprise::gateway

#endif  // REPRISE_GATEWAY_SESSION_CALLER_H_
