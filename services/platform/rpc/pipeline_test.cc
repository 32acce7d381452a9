// SPDX-License-Identifier: Apache-2.0
// How long calls and streams may last, over a real server with the echo service behind the pipeline.
#include "services/platform/rpc/pipeline.h"

#include <grpcpp/create_channel.h>
#include <grpcpp/server.h>
#include <grpcpp/server_builder.h>
#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <vector>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "reprise/echo/v1/echo_service.grpc.pb.h"

#include "services/platform/error/error.h"
#include "services/platform/rpc/callback_threads.h"
#include "services/platform/testing/matchers.h"

namespace reprise::rpc {
namespace {

namespace v1 = ::reprise::echo::v1;
using absl::StatusCode;
using reprise::testing::IsOk;
using reprise::testing::StatusIs;

constexpr absl::Duration kLongestCall = absl::Milliseconds(300);
// gRPC carries a timeout with few digits and rounds it up.
constexpr int kRounding = 100;
constexpr absl::Duration kLongestStream = absl::Seconds(2);
constexpr int kStreamThreads = 2;

struct EchoHandlers {
  absl::StatusOr<v1::SayResponse> Say(const Call& call, const v1::SayRequest&) {
    v1::SayResponse response;
    response.set_milliseconds_left(static_cast<int>(absl::ToInt64Milliseconds(call.deadline - absl::Now())));
    return response;
  }
  absl::StatusOr<v1::SayResponse> SayLong(const Call& call, const v1::SayRequest& request) {
    return Say(call, request);
  }
  // Each message tells what is left of the call's time.
  absl::Status Count(const Call& call, const v1::CountRequest& request, Stream<v1::CountResponse>& out) {
    absl::Status status;
    for (int i = 0; i < request.count() && status.ok(); ++i) {
      absl::SleepFor(absl::Milliseconds(request.milliseconds()));
      v1::CountResponse message;
      message.set_number(static_cast<uint64_t>(
          std::max<int64_t>(0, absl::ToInt64Milliseconds(call.deadline - absl::Now()))));
      message.set_payload(std::string(static_cast<size_t>(request.bytes()), 'x'));
      if (!out.Write(std::move(message))) status = absl::CancelledError("The caller has gone.");
    }
    ended = true;
    return status;
  }
  std::atomic<bool> ended{false};
};

class EchoService final : public v1::EchoService::CallbackService {
 public:
  EchoService(Pipeline& pipeline, EchoHandlers& handlers) : pipeline_(pipeline), handlers_(handlers) {}
  REPRISE_UNARY(Say, v1::SayRequest, v1::SayResponse)
  REPRISE_UNARY(SayLong, v1::SayRequest, v1::SayResponse)
  REPRISE_SERVER_STREAM(Count, v1::CountRequest, v1::CountResponse)

 private:
  static constexpr char kService[] = "reprise.echo.v1.EchoService/";
  Pipeline& pipeline_;
  EchoHandlers& handlers_;
};

class PipelineTest : public ::testing::Test {
 protected:
  PipelineTest() {
    KeepCallbackThreads();
    grpc::ServerBuilder builder;
    int port = 0;
    builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
    builder.RegisterService(&service_);
    server_ = builder.BuildAndStart();
    stub_ = v1::EchoService::NewStub(
        grpc::CreateChannel(absl::StrCat("127.0.0.1:", port), grpc::InsecureChannelCredentials()));
  }
  ~PipelineTest() override { server_->Shutdown(absl::ToChronoTime(absl::Now() + absl::Seconds(5))); }

  static void Limit(grpc::ClientContext& context, absl::Duration timeout) {
    context.set_deadline(absl::ToChronoTime(absl::Now() + timeout));
  }
  // Reads all there is.
  absl::Status Count(grpc::ClientContext& context, int count, int milliseconds, uint64_t* left = nullptr) {
    v1::CountRequest request;
    request.set_count(count);
    request.set_milliseconds(milliseconds);
    const auto reader = stub_->Count(&context, request);
    v1::CountResponse message;
    while (reader->Read(&message)) {
      if (left != nullptr) *left = message.number();
    }
    return FromGrpc(reader->Finish());
  }
  int LeftOfCall(grpc::ClientContext& context) {
    v1::SayResponse response;
    EXPECT_THAT(FromGrpc(stub_->Say(&context, {}, &response)), IsOk());
    return response.milliseconds_left();
  }

  const std::string key_ = std::string(32, 'k');
  // No method of the echo service asks for an identity, so this database is never connected to.
  db::Pool pool_{"host=/nowhere", 1, absl::Seconds(1)};
  db::Database database_{pool_, key_, {}};
  SystemClock clock_;
  RandomIdSource ids_;
  metrics::Metrics metrics_;
  IdentityResolver identities_{
      database_, clock_,
      {.idle = absl::Hours(1), .participant_idle = absl::Hours(1), .cache = absl::Seconds(1)}};
  const Rules rules_ = *Rules::Load({"reprise.echo.v1.EchoService"});
  Workers workers_{2, 16};
  Workers stream_workers_{kStreamThreads, 16};
  Pipeline pipeline_{{.rules = rules_,
                      .identities = identities_,
                      .workers = workers_,
                      .stream_workers = stream_workers_,
                      .metrics = metrics_,
                      .clock = clock_,
                      .ids = ids_,
                      .max_deadline = kLongestCall,
                      .max_stream_deadline = kLongestStream,
                      .request_key = key_}};
  EchoHandlers handlers_;
  EchoService service_{pipeline_, handlers_};
  std::unique_ptr<grpc::Server> server_;
  std::unique_ptr<v1::EchoService::Stub> stub_;
};

TEST_F(PipelineTest, TheCallersDeadlineHoldsUpToTheLongest) {
  grpc::ClientContext none, shorter, longer;
  const int longest = LeftOfCall(none);
  EXPECT_GT(longest, 0);
  EXPECT_LE(longest, 300);
  Limit(shorter, absl::Milliseconds(150));
  EXPECT_LE(LeftOfCall(shorter), 150 + kRounding);
  Limit(longer, absl::Hours(1));
  EXPECT_LE(LeftOfCall(longer), 300);
}

TEST_F(PipelineTest, AMethodThatTakesLongHasTheTimeOfAStream) {
  grpc::ClientContext none;
  v1::SayResponse response;
  EXPECT_THAT(FromGrpc(stub_->SayLong(&none, {}, &response)), IsOk());
  EXPECT_GT(response.milliseconds_left(), 300);
  EXPECT_LE(response.milliseconds_left(), 2000);
}

TEST_F(PipelineTest, AStreamMayLastLongerThanACall) {
  grpc::ClientContext none, shorter, longer;
  uint64_t left = 0;
  EXPECT_THAT(Count(none, 6, 100), IsOk());  // twice as long as a call may
  EXPECT_THAT(Count(longer, 1, 0, &left), IsOk());
  EXPECT_GT(left, 300u);
  EXPECT_LE(left, 2000u);
  Limit(shorter, absl::Milliseconds(1000));
  EXPECT_THAT(Count(shorter, 1, 0, &left), IsOk());
  EXPECT_LE(left, 1000u + kRounding);
}

TEST_F(PipelineTest, AStreamEndsAtTheLongestOrAtTheCallersDeadline) {
  const absl::Time begin = absl::Now();
  grpc::ClientContext none;
  EXPECT_THAT(Count(none, 100000, 20), StatusIs(StatusCode::kDeadlineExceeded, "DEADLINE_EXCEEDED"));
  EXPECT_GE(absl::Now() - begin, kLongestStream - absl::Milliseconds(100));
  EXPECT_LT(absl::Now() - begin, kLongestStream + absl::Seconds(5));
  grpc::ClientContext shorter;
  Limit(shorter, absl::Milliseconds(200));
  EXPECT_EQ(Count(shorter, 100000, 20).code(), StatusCode::kDeadlineExceeded);
}

TEST_F(PipelineTest, AReaderWhoDoesNotReadHoldsNoThreadBeyondTheLongest) {
  grpc::ClientContext context;
  v1::CountRequest request;
  request.set_count(1000);
  request.set_bytes(1 << 20);  // far more than what travels ahead of a reader
  const auto reader = stub_->Count(&context, request);
  const absl::Time begin = absl::Now();
  while (!handlers_.ended && absl::Now() - begin < absl::Seconds(20)) absl::SleepFor(absl::Milliseconds(10));
  EXPECT_TRUE(handlers_.ended);
  EXPECT_GE(absl::Now() - begin, kLongestStream - absl::Milliseconds(100));  // it did stand still
  context.TryCancel();
  v1::CountResponse message;
  while (reader->Read(&message)) {
  }
  EXPECT_FALSE(reader->Finish().ok());
}

TEST_F(PipelineTest, ReadersWhoDoNotReadKeepNoCallWaiting) {
  v1::CountRequest request;
  request.set_count(1000);
  request.set_bytes(1 << 20);
  std::vector<std::unique_ptr<grpc::ClientContext>> contexts;
  std::vector<std::unique_ptr<grpc::ClientReader<v1::CountResponse>>> readers;
  for (int i = 0; i <= kStreamThreads; ++i) {
    contexts.push_back(std::make_unique<grpc::ClientContext>());
    readers.push_back(stub_->Count(contexts.back().get(), request));
  }
  absl::SleepFor(absl::Milliseconds(200));
  EXPECT_FALSE(handlers_.ended);
  grpc::ClientContext none;
  EXPECT_GT(LeftOfCall(none), 0);
  for (size_t i = 0; i < readers.size(); ++i) {
    contexts[i]->TryCancel();
    v1::CountResponse message;
    while (readers[i]->Read(&message)) {
    }
    EXPECT_FALSE(readers[i]->Finish().ok());
  }
}

}  // namespace
}  // namespace reprise::rpc
