// SPDX-License-Identifier: Apache-2.0
#include "services/gateway/testing/echo_server.h"

#include <grpcpp/health_check_service_interface.h>
#include <grpcpp/security/server_credentials.h>
#include <grpcpp/server.h>
#include <grpcpp/server_builder.h>

#include <atomic>
#include <thread>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "reprise/echo/v1/echo_service.grpc.pb.h"

#include "services/platform/error/error.h"
#include "services/platform/rpc/callback_threads.h"
#include "services/platform/rpc/wire_status.h"

namespace reprise::gateway {
namespace {

namespace v1 = ::reprise::echo::v1;

grpc::Status Outcome(int code) {
  if (code == 0) return grpc::Status::OK;
  if (code == static_cast<int>(absl::StatusCode::kInvalidArgument)) {
    return rpc::ToGrpc(error::Invalid("ANSWERS_INVALID", "Two answers are wrong, café.",
                                      {{"answers[Q3]", "ANSWER_MISSING", "An answer is required."},
                                       {"answers[Q4]", "ANSWER_OUT_OF_RANGE", "From 0 to 3."}}));
  }
  return rpc::ToGrpc(error::Make(static_cast<absl::StatusCode>(code), "ECHOED", "As asked."));
}

}  // namespace

struct EchoServer::Inner final : v1::EchoService::Service {
  // False once the caller is gone.
  bool Wait(grpc::ServerContext& context, int milliseconds) {
    const absl::Time until = absl::Now() + absl::Milliseconds(milliseconds);
    while (absl::Now() < until) {
      if (context.IsCancelled()) return false;
      absl::SleepFor(absl::Milliseconds(1));
    }
    return !context.IsCancelled();
  }

  grpc::Status Say(grpc::ServerContext* context, const v1::SayRequest* request,
                   v1::SayResponse* response) override {
    const absl::Time deadline = absl::FromChrono(context->deadline());
    const absl::Duration left = deadline - absl::Now();
    response->set_milliseconds_left(
        left > absl::Hours(24 * 365) ? -1 : static_cast<int>(absl::ToInt64Milliseconds(left)));
    if (!Wait(*context, request->milliseconds())) {
      ++cancelled;
      return grpc::Status::CANCELLED;
    }
    response->set_text(request->text());
    response->set_number(request->number());
    for (const auto& [key, value] : context->client_metadata()) {
      (*response->mutable_metadata())[std::string(key.data(), key.size())] =
          std::string(value.data(), value.size());
    }
    return Outcome(request->code());
  }

  grpc::Status Count(grpc::ServerContext* context, const v1::CountRequest* request,
                     grpc::ServerWriter<v1::CountResponse>* writer) override {
    v1::CountResponse response;
    response.set_payload(std::string(static_cast<size_t>(request->bytes()), 'x'));
    for (int i = 1; i <= request->count(); ++i) {
      response.set_number(static_cast<uint64_t>(i));
      if (!Wait(*context, request->milliseconds()) || !writer->Write(response)) {
        ++cancelled;
        return grpc::Status::CANCELLED;
      }
      ++written;
    }
    return Outcome(request->code());
  }

  grpc::Status Enter(grpc::ServerContext*, const v1::EnterRequest* request,
                     v1::EnterResponse* response) override {
    response->set_text(request->text());
    response->set_session_token(absl::StrCat("token-of-", request->text()));
    return grpc::Status::OK;
  }

  std::atomic<int> cancelled{0}, written{0};
  std::unique_ptr<grpc::Server> server;
  std::string address;
};

EchoServer::EchoServer() : inner_(std::make_unique<Inner>()) {
  rpc::KeepCallbackThreads();
  grpc::EnableDefaultHealthCheckService(true);
  grpc::ServerBuilder builder;
  int port = 0;
  builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
  builder.RegisterService(inner_.get());
  inner_->server = builder.BuildAndStart();
  inner_->address = absl::StrCat("127.0.0.1:", port);
}

EchoServer::~EchoServer() {
  inner_->server->Shutdown(absl::ToChronoTime(absl::Now() + absl::Seconds(1)));
  inner_->server->Wait();
}

const std::string& EchoServer::address() const { return inner_->address; }
std::shared_ptr<grpc::Channel> EchoServer::channel() const {
  return inner_->server->InProcessChannel({});
}
int EchoServer::cancelled() const { return inner_->cancelled; }
int EchoServer::written() const { return inner_->written; }

}  // namespace reprise::gateway
