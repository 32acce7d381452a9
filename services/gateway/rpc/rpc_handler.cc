// SPDX-License-Identifier: Apache-2.0
#include "services/gateway/rpc/rpc_handler.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"

#include "services/gateway/rpc/codec.h"
#include "services/gateway/rpc/framing.h"
#include "services/gateway/rpc/reply.h"
#include "services/platform/error/error.h"
#include "services/platform/status.h"

namespace reprise::gateway {
namespace {

using google::protobuf::MethodDescriptor;

absl::StatusOr<absl::Duration> TimeoutOf(const Request& request) {
  if (request.Has("connect-timeout-ms")) return ConnectTimeout(request.Header("connect-timeout-ms"));
  return GrpcTimeout(request.Header("grpc-timeout"));
}

// The request message, binary.
absl::StatusOr<std::string> MessageOf(const Request& request, const Protocol& protocol,
                                      const MethodDescriptor& method) {
  for (const char* const name :
       {"content-encoding", "connect-content-encoding", "grpc-encoding"}) {
    if (request.Has(name) && request.Header(name) != "identity") {
      return error::Make(absl::StatusCode::kUnimplemented, "COMPRESSION_UNSUPPORTED",
                         "Compressed messages are not supported.");
    }
  }
  if (request.Has("connect-protocol-version") && request.Header("connect-protocol-version") != "1") {
    return error::InvalidField("connect-protocol-version", "PROTOCOL_VERSION_UNKNOWN",
                               "The only version of the Connect protocol is 1.");
  }
  std::string message = request.body;
  if (protocol.wire == Wire::kGrpcWebText) {
    REPRISE_ASSIGN_OR_RETURN(message, DecodeWebText(message));
  }
  if (protocol.wire != Wire::kConnectUnary) {
    REPRISE_ASSIGN_OR_RETURN(message, SoleEnvelope(message));
  }
  return protocol.json ? BinaryOf(*method.input_type(), message) : message;
}

absl::Status CheckShape(const MethodDescriptor& method, const Protocol& protocol) {
  const bool unary_form = protocol.wire == Wire::kConnectUnary;
  const bool any_form = protocol.wire == Wire::kGrpcWeb || protocol.wire == Wire::kGrpcWebText;
  if (method.client_streaming()) {
    return error::Make(absl::StatusCode::kUnimplemented, "CLIENT_STREAMING_UNSUPPORTED",
                       "Methods that stream requests cannot be called over HTTP/1.1.");
  }
  if (any_form || method.server_streaming() != unary_form) return absl::OkStatus();
  return error::Make(absl::StatusCode::kInvalidArgument, "CONTENT_TYPE_WRONG",
                     unary_form ? "A streaming method needs application/connect+json or +proto."
                                : "A unary method needs application/json or application/proto.");
}

// A method that hands out a session token: a page never sees one, it logs in through /session.
absl::Status CheckLogin(const MethodDescriptor& method, const Site& site, const Request& request,
                        LoginLimit& limit) {
  if (TokenField(method) == nullptr) return absl::OkStatus();
  const bool from_page = request.Has("origin") || request.Has("sec-fetch-site");
  if (!from_page) return limit.Take(ClientOf(site, request), absl::Now());
  return error::Make(absl::StatusCode::kPermissionDenied, "SESSION_ENDPOINT_REQUIRED",
                     "Pages log in through /session, which keeps the token in a cookie.");
}

absl::StatusOr<Backend::Call> CallOf(const Site& site, LoginLimit& limit, const Request& request,
                                     const Protocol& protocol, const MethodDescriptor& method) {
  REPRISE_ASSIGN_OR_RETURN(const Caller caller, CallerOf(site, request));
  REPRISE_RETURN_IF_ERROR(CheckShape(method, protocol));
  REPRISE_RETURN_IF_ERROR(CheckLogin(method, site, request, limit));
  Backend::Call call{.method = absl::StrCat(method.service()->full_name(), "/", method.name()),
                     .request = {},
                     .metadata = MetadataOf(site, request, caller.token)};
  REPRISE_ASSIGN_OR_RETURN(const absl::Duration timeout, TimeoutOf(request));
  if (timeout != absl::InfiniteDuration()) call.deadline = absl::Now() + timeout;
  REPRISE_ASSIGN_OR_RETURN(call.request, MessageOf(request, protocol, method));
  return call;
}

// Ties one call to one reply, on the exchange's thread.
struct Relay {
  Reply reply;
  std::shared_ptr<Backend::Running> running;
  bool any = false;
  bool over = false;

  void Message(std::string binary) {
    if (over) return;
    any = true;
    const absl::Status status =
        reply.Message(std::move(binary), [held = running] { held->Taken(); });
    if (status.ok()) return;
    running->Cancel();
    Finish(status);
  }
  void Finish(absl::Status status) {
    if (std::exchange(over, true)) return;
    reply.Finish(status);
  }
};

}  // namespace

const google::protobuf::FieldDescriptor* TokenField(const MethodDescriptor& method) {
  const auto* const field = method.output_type()->FindFieldByName("session_token");
  const bool text = field != nullptr && !field->is_repeated() &&
                    field->cpp_type() == google::protobuf::FieldDescriptor::CPPTYPE_STRING;
  return text ? field : nullptr;
}

void RpcHandler::Serve(const std::shared_ptr<Exchange>& exchange,
                       const MethodDescriptor& method) const {
  exchange->record().route = absl::StrCat(method.service()->full_name(), "/", method.name());
  const Request& request = exchange->request();
  const auto protocol = ProtocolOf(request.Header("content-type"));
  if (!protocol) {
    return exchange->Send({.status = 415,
                           .headers = {{"Accept-Post",
                                        "application/json, application/proto, "
                                        "application/connect+json, application/connect+proto, "
                                        "application/grpc-web+proto"}}});
  }
  auto call = CallOf(site_, limit_, request, *protocol, method);
  if (!call.ok()) return Refuse(exchange, call.status());
  const bool unary = !method.server_streaming();
  // Shared by the callbacks of both sides; whichever ends last lets go of it.
  auto relay = std::make_shared<Relay>(
      Relay{.reply = Reply(exchange, *protocol, method.output_type()), .running = nullptr});
  relay->running = backend_.Start(
      *call,
      [exchange, relay](std::string binary) {
        exchange->Post([relay, binary = std::move(binary)]() mutable {
          relay->Message(std::move(binary));
        });
      },
      [exchange, relay, unary](absl::Status status) {
        // The last hold on both goes on the exchange's own thread.
        exchange->Post([exchange, relay, unary, status = std::move(status)] {
          if (unary && status.ok() && !relay->any) {
            relay->Finish(error::Make(absl::StatusCode::kInternal, "ANSWER_MISSING", "No answer came."));
          } else {
            relay->Finish(status);
          }
          relay->running = nullptr;
        });
      });
  exchange->OnGone([relay] {
    relay->over = true;
    if (relay->running != nullptr) relay->running->Cancel();
  });
}

}  // namespace reprise::gateway
