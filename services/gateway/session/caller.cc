// SPDX-License-Identifier: Apache-2.0
#include "services/gateway/session/caller.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

#include "services/gateway/http/client_address.h"
#include "services/gateway/http/cookie.h"
#include "services/gateway/rpc/backend.h"
#include "services/gateway/session/device.h"
#include "services/platform/error/error.h"

namespace reprise::gateway {
namespace {

// Longer ones would not fit beside the rest in gRPC's 8 KiB of metadata.
constexpr size_t kMaxToken = 512;
constexpr size_t kMaxOther = 256;

absl::Status CrossOrigin() {
  return error::Make(absl::StatusCode::kPermissionDenied, "CROSS_ORIGIN",
                     "Pages of other sites may not call this one.");
}

absl::Status CsrfHeaderMissing() {
  return error::Make(absl::StatusCode::kPermissionDenied, "CSRF_HEADER_MISSING",
                     "A call with the session cookie needs the header X-Reprise-Csrf and an Origin.");
}

absl::Status SessionInvalid() {
  return error::Make(absl::StatusCode::kUnauthenticated, "SESSION_INVALID",
                     "The session has ended; log in again.");
}

std::string OwnOrigin(const Site& site, const Request& request) {
  if (!site.origin.empty()) return site.origin;
  return absl::StrCat(request.secure ? "https://" : "http://", request.Header("host"));
}

// Letters, digits and -._~+/= as RFC 6750 allows.
bool PossibleToken(const std::string& token) {
  return token.size() <= kMaxToken && std::all_of(token.begin(), token.end(), [](char c) {
           return absl::ascii_isalnum(static_cast<unsigned char>(c)) ||
                  absl::string_view("-._~+/=").find(c) != absl::string_view::npos;
         });
}

}  // namespace

bool SecureFor(const Site& site, const Request& request) {
  return request.secure || absl::StartsWith(site.origin, "https://");
}

std::string CookieName(bool secure) { return secure ? "__Host-reprise" : "reprise"; }

std::string SetCookie(const std::string& token, bool secure) {
  return absl::StrCat(CookieName(secure), "=", token, "; Path=/; HttpOnly; SameSite=Strict",
                      secure ? "; Secure" : "");
}

std::string ClearCookie(bool secure) { return absl::StrCat(SetCookie("", secure), "; Max-Age=0"); }

absl::Status CheckOrigin(const Site& site, const Request& request) {
  if (request.Has("origin") &&
      !absl::EqualsIgnoreCase(request.Header("origin"), OwnOrigin(site, request))) {
    return CrossOrigin();
  }
  if (request.Has("sec-fetch-site")) {
    const absl::string_view from = request.Header("sec-fetch-site");
    if (from != "same-origin" && from != "none") return CrossOrigin();
  }
  return absl::OkStatus();
}

absl::StatusOr<Caller> CallerOf(const Site& site, const Request& request) {
  if (absl::Status status = CheckOrigin(site, request); !status.ok()) return status;
  Caller caller;
  if (request.Has("authorization")) {
    constexpr absl::string_view kBearer = "Bearer ";
    const absl::string_view value = request.Header("authorization");
    if (!absl::StartsWithIgnoreCase(value, kBearer)) return SessionInvalid();
    caller.token = std::string(absl::StripAsciiWhitespace(value.substr(kBearer.size())));
  } else {
    caller.token = CookieOf(request, CookieName(SecureFor(site, request)));
    caller.by_cookie = !caller.token.empty();
  }
  if (!PossibleToken(caller.token)) return SessionInvalid();
  const bool marked = request.Has("origin") || request.Header("sec-fetch-site") == "same-origin";
  if (caller.by_cookie && !(request.Has(kCsrfHeader) && marked)) return CsrfHeaderMissing();
  return caller;
}

std::string ClientOf(const Site& site, const Request& request) {
  return ClientBehind(request.client, request.Header("x-forwarded-for"), site.trusted_proxies);
}

std::vector<std::pair<std::string, std::string>> MetadataOf(const Site& site, const Request& request,
                                                            const std::string& token) {
  std::vector<std::pair<std::string, std::string>> metadata = {
      {"x-reprise-client", ClientOf(site, request)}};
  if (!token.empty()) metadata.emplace_back("authorization", absl::StrCat("Bearer ", token));
  for (const char* const name : {"accept-language", "traceparent"}) {
    const absl::string_view value = request.Header(name);
    if (!value.empty() && value.size() <= kMaxOther && SoundMetadata(value)) {
      metadata.emplace_back(name, std::string(value));
    }
  }
  const std::string device = DeviceOf(request.Header("user-agent"));
  if (!device.empty()) metadata.emplace_back("x-reprise-device", device);
  return metadata;
}

}  // namespace reprise::gateway
