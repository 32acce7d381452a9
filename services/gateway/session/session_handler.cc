// SPDX-License-Identifier: Apache-2.0
#include "services/gateway/session/session_handler.h"

#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "absl/time/clock.h"

#include "services/gateway/http/cookie.h"
#include "services/gateway/rpc/codec.h"
#include "services/gateway/rpc/framing.h"
#include "services/gateway/rpc/reply.h"
#include "services/gateway/rpc/rpc_handler.h"
#include "services/platform/error/error.h"
#include "services/platform/status.h"

namespace reprise::gateway {
namespace {

using google::protobuf::MethodDescriptor;

constexpr char kPath[] = "/session";
// The one service of which the gateway knows, and only these three names.
constexpr char kLogin[] = "/reprise.access.v1.AccessService/Login";
constexpr char kGetSelf[] = "/reprise.access.v1.AccessService/GetSelf";
constexpr char kLogout[] = "/reprise.access.v1.AccessService/Logout";
constexpr absl::Duration kTime = absl::Seconds(30);
constexpr size_t kMaxBody = 16 << 10;

Backend::Call CallOf(const MethodDescriptor& method, std::string request,
                     std::vector<std::pair<std::string, std::string>> metadata) {
  return {.method = absl::StrCat(method.service()->full_name(), "/", method.name()),
          .request = std::move(request),
          .metadata = std::move(metadata),
          .deadline = absl::Now() + kTime};
}

absl::Status NotASessionMethod() {
  return error::Make(absl::StatusCode::kUnimplemented, "METHOD_UNKNOWN",
                     "There is no such method that starts a session.");
}

absl::StatusOr<const MethodDescriptor*> MethodOf(absl::string_view path) {
  const absl::string_view rest = absl::StripPrefix(path, kPath);
  const MethodDescriptor* const method = FindMethod(rest.empty() ? kLogin : rest);
  if (method == nullptr || method->server_streaming() || TokenField(*method) == nullptr) {
    return NotASessionMethod();
  }
  return method;
}

// What a login must look like: from our own page, marked, small, JSON.
absl::Status CheckStart(const Site& site, const Request& request) {
  REPRISE_RETURN_IF_ERROR(CheckOrigin(site, request));
  if (!request.Has(kCsrfHeader)) {
    return error::Make(absl::StatusCode::kPermissionDenied, "CSRF_HEADER_MISSING",
                       "Logging in needs the header X-Reprise-Csrf.");
  }
  const auto protocol = ProtocolOf(request.Header("content-type"));
  if (!protocol || protocol->wire != Wire::kConnectUnary || !protocol->json) {
    return error::InvalidField("content-type", "CONTENT_TYPE_WRONG", "application/json is required.");
  }
  if (request.body.size() > kMaxBody) {
    return error::Make(absl::StatusCode::kResourceExhausted, "BODY_TOO_LARGE",
                       "The body is larger than 16 KiB.");
  }
  return absl::OkStatus();
}

// The answer as JSON without its token, which is put into `token`.
absl::StatusOr<std::string> WithoutToken(const MethodDescriptor& method, const std::string& binary,
                                         std::string& token) {
  REPRISE_ASSIGN_OR_RETURN(const auto message, Parse(*method.output_type(), binary));
  const auto* const field = TokenField(method);
  token = message->GetReflection()->GetString(*message, field);
  message->GetReflection()->ClearField(message.get(), field);
  return JsonOf(*method.output_type(), message->SerializeAsString());
}

}  // namespace

bool SessionHandler::Serves(absl::string_view path) {
  return path == kPath || absl::StartsWith(path, absl::StrCat(kPath, "/"));
}

void SessionHandler::Serve(const std::shared_ptr<Exchange>& exchange) const {
  exchange->record().route = "session";
  const Request& request = exchange->request();
  if (request.method == "POST") return Start(exchange);
  if (request.Path() == kPath && request.method == "GET") return Show(exchange);
  if (request.Path() == kPath && request.method == "DELETE") return End(exchange);
  exchange->Send({.status = 405, .headers = {{"Allow", "GET, POST, DELETE"}}});
}

void SessionHandler::Start(const std::shared_ptr<Exchange>& exchange) const {
  const Request& request = exchange->request();
  if (absl::Status status = CheckStart(site_, request); !status.ok()) return Refuse(exchange, status);
  const auto method = MethodOf(request.Path());
  if (!method.ok()) return Refuse(exchange, method.status(), 404);
  const absl::Status allowed = limit_.Take(ClientOf(site_, request), absl::Now());
  if (!allowed.ok()) return Refuse(exchange, allowed);
  auto message = BinaryOf(*(*method)->input_type(), request.body);
  if (!message.ok()) return Refuse(exchange, message.status());
  const auto running = backend_.StartUnary(
      CallOf(**method, *std::move(message), MetadataOf(site_, request, "")),
      [this, exchange, method = *method](absl::Status status, std::string binary) {
        exchange->Post([this, exchange, method, status, binary = std::move(binary)] {
          std::string token;
          const auto text = status.ok() ? WithoutToken(*method, binary, token) : status;
          if (!text.ok()) return Refuse(exchange, text.status());
          if (token.empty()) return Refuse(exchange, NotASessionMethod());
          const bool secure = SecureFor(site_, exchange->request());
          // A login over a session ends that one: its token may have been somebody else's doing.
          Forget(exchange->request(), CookieOf(exchange->request(), CookieName(secure)));
          exchange->record().code = "OK";
          exchange->Send({.status = 200,
                          .headers = {{"Content-Type", "application/json"},
                                      {"Set-Cookie", SetCookie(token, secure)}},
                          .body = *text});
        });
      });
  exchange->OnGone([running] { running->Cancel(); });
}

void SessionHandler::Forget(const Request& request, const std::string& token) const {
  const MethodDescriptor* const logout = FindMethod(kLogout);
  if (token.empty() || logout == nullptr || !SoundMetadata(token)) return;
  backend_.StartUnary(CallOf(*logout, "", MetadataOf(site_, request, token)),
                      [](const absl::Status&, const std::string&) {});
}

void SessionHandler::Show(const std::shared_ptr<Exchange>& exchange) const {
  const Request& request = exchange->request();
  if (absl::Status status = CheckOrigin(site_, request); !status.ok()) return Refuse(exchange, status);
  const MethodDescriptor* const method = FindMethod(kGetSelf);
  if (method == nullptr) return Refuse(exchange, NotASessionMethod());
  const std::string token = CookieOf(request, CookieName(SecureFor(site_, request)));
  const auto running = backend_.StartUnary(
      CallOf(*method, "", MetadataOf(site_, request, SoundMetadata(token) ? token : "")),
      [exchange, method](absl::Status status, std::string binary) {
        exchange->Post([exchange, method, status, binary = std::move(binary)] {
          const auto text = status.ok() ? JsonOf(*method->output_type(), binary) : status;
          if (!text.ok()) return Refuse(exchange, text.status());
          exchange->record().code = "OK";
          exchange->Send({.headers = {{"Content-Type", "application/json"}}, .body = *text});
        });
      });
  exchange->OnGone([running] { running->Cancel(); });
}

void SessionHandler::End(const std::shared_ptr<Exchange>& exchange) const {
  const Request& request = exchange->request();
  const auto caller = CallerOf(site_, request);
  const bool secure = SecureFor(site_, request);
  if (!caller.ok()) return Refuse(exchange, caller.status());
  const auto done = [exchange, secure](const absl::Status& status) {
    // What is over already needs no ending.
    const bool ended = status.ok() || absl::IsUnauthenticated(status);
    if (!ended) return Refuse(exchange, status);
    exchange->record().code = "OK";
    exchange->Send({.status = 204, .headers = {{"Set-Cookie", ClearCookie(secure)}}});
  };
  const MethodDescriptor* const method = FindMethod(kLogout);
  if (caller->token.empty() || method == nullptr) return done(absl::OkStatus());
  backend_.StartUnary(CallOf(*method, "", MetadataOf(site_, request, caller->token)),
                      [exchange, done](absl::Status status, const std::string&) {
                        exchange->Post([done, status] { done(status); });
                      });
}

}  // namespace reprise::gateway
