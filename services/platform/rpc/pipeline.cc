// SPDX-License-Identifier: Apache-2.0
#include "services/platform/rpc/pipeline.h"

#include <algorithm>
#include <exception>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/io/zero_copy_stream_impl_lite.h"

#include "services/platform/error/error.h"
#include "services/platform/id/seal.h"
#include "services/platform/log/log.h"
#include "services/platform/rpc/peer.h"
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

std::string ClientOf(const grpc::CallbackServerContext& context,
                     const std::vector<std::string>& trusted_gateways) {
  const auto at = context.client_metadata().find("x-reprise-client");
  const bool told = at != context.client_metadata().end();
  return rpc::ClientOf(context.peer(),
                       told ? absl::string_view(at->second.data(), at->second.size()) : "",
                       trusted_gateways);
}

std::string DeviceOf(const grpc::CallbackServerContext& context,
                     const std::vector<std::string>& trusted_gateways) {
  const auto at = context.client_metadata().find("x-reprise-device");
  if (at == context.client_metadata().end()) return "";
  return rpc::DeviceOf(context.peer(), absl::string_view(at->second.data(), at->second.size()),
                       trusted_gateways);
}

// The first language of accept-language that there are sentences in; French where none is. Weights
// are not read: clients send one language.
std::string LanguageOf(const grpc::CallbackServerContext& context) {
  const auto at = context.client_metadata().find("accept-language");
  if (at == context.client_metadata().end()) return "fr";
  const absl::string_view wanted(at->second.data(), at->second.size());
  for (const absl::string_view part : absl::StrSplit(wanted, ',')) {
    const absl::string_view tag = absl::StripAsciiWhitespace(part).substr(0, 2);
    if (absl::EqualsIgnoreCase(tag, "en")) return "en";
    if (absl::EqualsIgnoreCase(tag, "fr")) return "fr";
  }
  return "fr";
}

// Keyed, because the hash is stored and a request may hold a name and a date of birth, which whoever has
// the database could try out. The same request always has the same bytes.
std::string RequestHash(absl::string_view key, const std::string& method,
                        const google::protobuf::Message& request) {
  std::string bytes = method + "\n";
  const size_t head = bytes.size(), size = request.ByteSizeLong();
  bytes.resize(head + size);
  {
    google::protobuf::io::ArrayOutputStream stream(bytes.data() + head, static_cast<int>(size));
    google::protobuf::io::CodedOutputStream coded(&stream);
    coded.SetSerializationDeterministic(true);
    request.SerializeWithCachedSizes(&coded);
  }
  return KeyedHash(key, bytes);
}

absl::Status Unauthenticated() {
  return error::Make(absl::StatusCode::kUnauthenticated, "IDENTITY_REQUIRED",
                     "Log in and send the session token as `authorization: Bearer`.");
}

absl::Status PasswordChangeRequired() {
  return error::Make(absl::StatusCode::kFailedPrecondition, "PASSWORD_CHANGE_REQUIRED",
                     "The password was given by somebody else; replace it first.");
}

absl::Status DeadlinePassed() {
  return error::Make(absl::StatusCode::kDeadlineExceeded, "DEADLINE_EXCEEDED",
                     "The call's deadline has passed.");
}

absl::Status Busy() {
  return error::Retry("SERVER_BUSY", "Too many calls are waiting.", absl::Milliseconds(200));
}

}  // namespace

const MethodRule& Pipeline::RuleOf(const char* service, const char* method) const {
  return parts_.rules.Of(absl::StrCat(service, method));
}

// gRPC's infinite deadline is far in the future.
absl::Time Pipeline::DeadlineOf(const grpc::CallbackServerContext& context, const MethodRule& rule) const {
  return std::min(absl::FromChrono(context.deadline()),
                  absl::Now() + (rule.long_lasting ? parts_.max_stream_deadline : parts_.max_deadline));
}

void Pipeline::Start(const MethodRule& rule, grpc::CallbackServerContext* context,
                     const google::protobuf::Message& request, absl::Time deadline,
                     std::function<absl::Status(const Call&)> handle,
                     std::function<void(const absl::Status&)> finish) {
  const absl::Time arrived = absl::Now();
  auto task = [this, context, &rule, &request, arrived, deadline, handle = std::move(handle), finish] {
    // To the microsecond, as the database keeps it, so that an answer equals what is read later.
    const absl::Time now = absl::FromUnixMicros(absl::ToUnixMicros(parts_.clock.Now()));
    Call call{.method = rule.method,
              .permission = rule.permission,
              .language = LanguageOf(*context),
              .client = ClientOf(*context, parts_.trusted_gateways),
              .device = DeviceOf(*context, parts_.trusted_gateways),
              .now = now,
              .deadline = deadline,
              .ids = &parts_.ids};
    absl::Status status =
        context->IsCancelled() ? absl::CancelledError("The caller has gone.")
                               : Serve(rule, request, TokenOf(*context), call, handle);
    // A stream's handler sees a reader whose time is over as one who has gone.
    if (absl::IsCancelled(status) && absl::Now() >= deadline) status = DeadlinePassed();
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
  Workers& workers = rule.long_lasting ? parts_.stream_workers : parts_.workers;
  if (!workers.Submit(std::move(task))) {
    parts_.metrics.Called(rule.method, "UNAVAILABLE", absl::ZeroDuration());
    finish(Busy());
  }
}

absl::Status Pipeline::Serve(const MethodRule& rule, const google::protobuf::Message& request,
                             const std::string& token, Call& call,
                             const std::function<absl::Status(const Call&)>& handle) {
  if (absl::Now() >= call.deadline) return DeadlinePassed();
  if (!rule.anyone) {
    if (token.empty()) return Unauthenticated();
    REPRISE_ASSIGN_OR_RETURN(const std::shared_ptr<const Identity> identity,
                             parts_.identities.Resolve(token, call.deadline));
    call.actor.user_id = identity->user_id;
    call.actor.session_id = identity->session_id;
    if (!rule.any_user) {
      if (identity->password_change_required) return PasswordChangeRequired();
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
    call.request_hash = RequestHash(parts_.request_key, rule.method, request);
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
