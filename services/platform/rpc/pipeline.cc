// SPDX-License-Identifier: Apache-2.0
#include "services/platform/rpc/pipeline.h"

#include <openssl/evp.h>

#include <algorithm>
#include <exception>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/io/zero_copy_stream_impl_lite.h"

#include "services/platform/error/error.h"
#include "services/platform/log/log.h"
#include "services/platform/status.h"

namespace reprise::rpc {
namespace {

std::string TokenOf(const grpc::CallbackServerContext& context) {
  constexpr absl::string_view kBearer = "Bearer ";
  const auto at = context.client_metadata().find("authorization");
  if (at == context.client_metadata().end()) return "";
  const absl::string_view value(at->second.data(), at->second.size());
  if (value.substr(0, kBearer.size()) != kBearer) return "";
  return std::string(value.substr(kBearer.size()));
}

// Who asks, for limits. A proxy on this machine may say it in x-reprise-client; others are what their
// connection is. "ipv4:10.0.0.7:4242" becomes "ipv4:10.0.0.7".
std::string ClientOf(const grpc::CallbackServerContext& context) {
  const std::string peer = context.peer();
  const bool local = absl::StartsWith(peer, "unix:") || absl::StartsWith(peer, "ipv4:127.") ||
                     absl::StartsWith(peer, "ipv6:%5B::1%5D") || absl::StartsWith(peer, "ipv6:[::1]");
  const auto at = context.client_metadata().find("x-reprise-client");
  if (local && at != context.client_metadata().end()) {
    return std::string(at->second.data(), at->second.size());
  }
  return peer.substr(0, peer.rfind(':'));
}

// SHA-256 of method and request; the same request always has the same bytes.
std::string RequestHash(const std::string& method, const google::protobuf::Message& request) {
  std::string bytes = method + "\n";
  {
    google::protobuf::io::StringOutputStream stream(&bytes);
    google::protobuf::io::CodedOutputStream coded(&stream);
    coded.SetSerializationDeterministic(true);
    request.SerializeToCodedStream(&coded);
  }
  // Fetched once, because OpenSSL looks an algorithm up by name each time.
  static const EVP_MD* const kSha256 = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  std::string hash(32, '\0');
  REPRISE_CHECK(kSha256 != nullptr &&
                EVP_Digest(bytes.data(), bytes.size(), reinterpret_cast<unsigned char*>(hash.data()),
                           nullptr, kSha256, nullptr) == 1);
  return hash;
}

absl::Status Unauthenticated() {
  return error::Make(absl::StatusCode::kUnauthenticated, "IDENTITY_REQUIRED",
                     "Log in and send the session token as `authorization: Bearer`.");
}

absl::Status Busy() {
  return error::Retry("SERVER_BUSY", "Too many calls are waiting.", absl::Milliseconds(200));
}

}  // namespace

void Pipeline::Start(grpc::CallbackServerContext* context, const char* service, const char* method,
                     const google::protobuf::Message& request,
                     std::function<absl::Status(const Call&)> handle,
                     std::function<void(const absl::Status&)> finish) {
  const absl::Time arrived = absl::Now();
  const MethodRule& rule = parts_.rules.Of(absl::StrCat(service, method));
  auto task = [this, context, &rule, &request, arrived, handle = std::move(handle), finish] {
    // To the microsecond, as the database keeps it, so that an answer equals what is read later.
    const absl::Time now = absl::FromUnixMicros(absl::ToUnixMicros(parts_.clock.Now()));
    // gRPC's infinite deadline is far in the future; ours is never later than the longest allowed.
    const absl::Time asked = absl::FromChrono(context->deadline());
    Call call{.method = rule.method,
              .permission = rule.permission,
              .client = ClientOf(*context),
              .now = now,
              .deadline = std::min(asked, arrived + parts_.max_deadline),
              .ids = &parts_.ids};
    absl::Status status =
        context->IsCancelled() ? absl::CancelledError("The caller has gone.")
                               : Serve(rule, request, TokenOf(*context), call, handle);
    const absl::Duration took = absl::Now() - arrived;
    const std::string code = absl::StatusCodeToString(status.code());
    parts_.metrics.Called(rule.method, code, took);
    log::Info("call", {{"method", rule.method},
                       {"actor", call.actor.user_id},
                       {"code", code},
                       {"reason", error::ReasonOf(status)},
                       {"milliseconds", absl::StrCat(absl::ToInt64Milliseconds(took))},
                       {"request_id", call.request_id}});
    finish(status);
  };
  if (!parts_.workers.Submit(std::move(task))) {
    parts_.metrics.Called(rule.method, "UNAVAILABLE", absl::ZeroDuration());
    finish(Busy());
  }
}

absl::Status Pipeline::Serve(const MethodRule& rule, const google::protobuf::Message& request,
                             const std::string& token, Call& call,
                             const std::function<absl::Status(const Call&)>& handle) {
  if (absl::Now() >= call.deadline) {
    return error::Make(absl::StatusCode::kDeadlineExceeded, "DEADLINE_EXCEEDED",
                       "The call's deadline has passed.");
  }
  if (!rule.anyone) {
    if (token.empty()) return Unauthenticated();
    REPRISE_ASSIGN_OR_RETURN(const std::shared_ptr<const Identity> identity,
                             parts_.identities.Resolve(token, call.deadline));
    call.actor.user_id = identity->user_id;
    call.actor.session_id = identity->session_id;
    if (!rule.any_user) {
      call.scope = identity->ScopeOf(rule.permission, call.now, call.actor.role);
      if (call.scope.empty()) {
        return error::Make(absl::StatusCode::kPermissionDenied, "PERMISSION_MISSING",
                           "The caller holds no live delegation with this permission.",
                           {{"permission", rule.permission}});
      }
    }
  }
  REPRISE_RETURN_IF_ERROR(CheckForm(rule, request));
  REPRISE_RETURN_IF_ERROR(CheckScope(rule, request, call.scope));
  if (rule.request_id != nullptr) {
    REPRISE_ASSIGN_OR_RETURN(
        call.request_id,
        ParseUuid(request.GetReflection()->GetString(request, rule.request_id), "request_id"));
    call.request_hash = RequestHash(rule.method, request);
  }
  try {
    return handle(call);
  } catch (const std::exception&) {
    // Our own code does not throw; what a library threw may hold a value, so it is not logged.
    log::Error("a handler threw", {{"method", rule.method}, {"request_id", call.request_id}});
    return error::Make(absl::StatusCode::kInternal, "INTERNAL", "The call failed.",
                       {{"request_id", call.request_id}});
  }
}

}  // namespace reprise::rpc
