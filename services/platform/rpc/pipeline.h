// SPDX-License-Identifier: Apache-2.0
// The one way of every call: identity, permission, form, scope, handler, status, log line, metric.
// A service class is a table of contents:
//   REPRISE_UNARY(SubmitResponse, v1::SubmitResponseRequest, v1::Response)
#ifndef REPRISE_PLATFORM_RPC_PIPELINE_H_
#define REPRISE_PLATFORM_RPC_PIPELINE_H_

#include <grpcpp/server_context.h>
#include <grpcpp/support/server_callback.h>

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/arena.h"
#include "google/protobuf/message.h"

#include "services/platform/call.h"
#include "services/platform/metrics/metrics.h"
#include "services/platform/rpc/identity.h"
#include "services/platform/rpc/rules.h"
#include "services/platform/rpc/stream.h"
#include "services/platform/rpc/wire_status.h"
#include "services/platform/rpc/workers.h"
#include "services/platform/time/clock.h"

namespace reprise::rpc {

// Where a call's messages live: the request in an arena, because it is built of many small parts, only
// read, and gone as a whole.
template <typename Request, typename Response>
class Messages : public grpc::MessageAllocator<Request, Response> {
 public:
  // `use` tells the method's handler to take its messages here.
  template <typename Use>
  explicit Messages(Use use) {
    use(this);
  }
  grpc::MessageHolder<Request, Response>* AllocateMessages() override { return new Held; }

 private:
  class Held : public grpc::MessageHolder<Request, Response> {
   public:
    Held() {
      this->set_request(google::protobuf::Arena::CreateMessage<Request>(&arena_));
      this->set_response(&response_);
    }
    void Release() override { delete this; }

   private:
    google::protobuf::Arena arena_;
    Response response_;
  };
};

// Thread-safe.
class Pipeline {
 public:
  struct Parts {
    const Rules& rules;
    IdentityResolver& identities;
    Workers& workers;
    Workers& stream_workers;  // of streams, which last as long as their readers take, and of what takes long
    metrics::Metrics& metrics;
    Clock& clock;
    IdSource& ids;
    absl::Duration max_deadline;
    absl::Duration max_stream_deadline;
    std::vector<std::string> trusted_gateways = {};  // network addresses, see ClientOf
    absl::string_view request_key;  // of the requests' hashes; 32 bytes, outlives this
  };
  explicit Pipeline(Parts parts) : parts_(std::move(parts)) {}

  template <typename Request, typename Response>
  grpc::ServerUnaryReactor* Unary(
      grpc::CallbackServerContext* context, const char* service, const char* method, const Request* request,
      Response* response,
      std::function<absl::StatusOr<Response>(const Call&, const Request&)> handler) {
    grpc::ServerUnaryReactor* const reactor = context->DefaultReactor();
    const MethodRule& rule = RuleOf(service, method);
    Start(rule, context, *request, DeadlineOf(*context, rule),
          [request, response, handler = std::move(handler)](const Call& call) {
            absl::StatusOr<Response> made = handler(call, *request);
            if (made.ok()) *response = *std::move(made);
            return made.status();
          },
          [reactor](const absl::Status& status) { reactor->Finish(ToGrpc(status)); });
    return reactor;
  }

  template <typename Request, typename Response>
  grpc::ServerWriteReactor<Response>* ServerStream(
      grpc::CallbackServerContext* context, const char* service, const char* method, const Request* request,
      std::function<absl::Status(const Call&, const Request&, Stream<Response>&)> handler) {
    const MethodRule& rule = RuleOf(service, method);
    const absl::Time deadline = DeadlineOf(*context, rule);
    auto* const writer = new WriteReactor<Response>(*context, deadline);
    Start(rule, context, *request, deadline,
          [request, writer, handler = std::move(handler)](const Call& call) {
            return handler(call, *request, *writer);
          },
          [writer](const absl::Status& status) { writer->End(ToGrpc(status)); });
    return writer;
  }

  IdentityResolver& identities() { return parts_.identities; }

 private:
  const MethodRule& RuleOf(const char* service, const char* method) const;
  // The caller's, where it is not later than the longest from now.
  absl::Time DeadlineOf(const grpc::CallbackServerContext& context, const MethodRule& rule) const;
  // Hands the call to a worker; `finish` is called exactly once.
  void Start(const MethodRule& rule, grpc::CallbackServerContext* context,
             const google::protobuf::Message& request, absl::Time deadline,
             std::function<absl::Status(const Call&)> handle,
             std::function<void(const absl::Status&)> finish);
  absl::Status Serve(const MethodRule& rule, const google::protobuf::Message& request,
                     const std::string& token, Call& call,
                     const std::function<absl::Status(const Call&)>& handle);

  Parts parts_;
};

}  // namespace reprise::rpc

// Inside a class that derives from v1::<Name>Service::CallbackService and has `pipeline_`,
// `handlers_` and kService, the proto's full name of the service followed by a slash.
#define REPRISE_UNARY(Method, Request, Response)                                                  \
  ::reprise::rpc::Messages<Request, Response> messages_of_##Method##_{                            \
      [this](auto* messages) { this->SetMessageAllocatorFor_##Method(messages); }};               \
  grpc::ServerUnaryReactor* Method(grpc::CallbackServerContext* context, const Request* request,  \
                                   Response* response) override {                                 \
    return pipeline_.Unary<Request, Response>(                                                    \
        context, kService, #Method, request, response,                                                      \
        [this](const ::reprise::Call& call, const Request& r) { return handlers_.Method(call, r); }); \
  }
#define REPRISE_SERVER_STREAM(Method, Request, Response)                                           \
  grpc::ServerWriteReactor<Response>* Method(grpc::CallbackServerContext* context,                \
                                             const Request* request) override {                   \
    return pipeline_.ServerStream<Request, Response>(                                             \
        context, kService, #Method, request,                                                                \
        [this](const ::reprise::Call& call, const Request& r,                                     \
               ::reprise::rpc::Stream<Response>& out) { return handlers_.Method(call, r, out); }); \
  }

#endif  // REPRISE_PLATFORM_RPC_PIPELINE_H_
