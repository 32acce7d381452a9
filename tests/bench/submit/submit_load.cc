// SPDX-License-Identifier: Apache-2.0
// Load driver: submits one 60-item response an instance, with a fixed number of calls under way, for
// some seconds, and prints one line: calls, failures, calls a second, latency quantiles. One thread, one
// connection, and requests put together from bytes, so that the driver takes as little of the machine as it can.
//   submit_load SERVER TOKEN INSTANCE_FILE CONCURRENCY SECONDS [submit|get|draft|list [ACKNOWLEDGED_FILE]]
// `get` reads their responses instead, `draft` their drafts, which is what a page does before she answers; `list`
// reads the first 50 responses, and the file's lines are a study and an instrument version.
// With an ACKNOWLEDGED_FILE it appends the instance of every call that was answered OK, and ends as soon
// as calls fail: the fault tests kill the server under it.
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "reprise/questionnaire/v1/questionnaire_service.pb.h"

#include "services/platform/id/id.h"
#include "tests/bench/submit/connection.h"

namespace reprise {
namespace {

namespace v1 = ::reprise::questionnaire::v1;
using bench::Connection;
using Clock = std::chrono::steady_clock;

constexpr char kService[] = "/reprise.questionnaire.v1.QuestionnaireService/";
const std::map<std::string, const char*> kMethods = {
    {"submit", "SubmitResponse"}, {"get", "GetResponse"}, {"draft", "GetDraft"}, {"list", "ListResponses"}};

struct InFlight {
  std::string instance;
  Clock::time_point begun;
};

// Sixty answers, the same in every request.
std::string AnswerBytes() {
  v1::SubmitResponseRequest request;
  for (int i = 1; i <= 60; ++i) {
    (*request.mutable_answers())["q" + std::to_string(i)].set_value(std::to_string(i % 5));
  }
  return request.SerializeAsString();
}

class Driver {
 public:
  Driver(const char* server, const std::string& token, const std::string& method,
         std::vector<std::string> instances, std::FILE* acknowledged)
      : connection_(server, token),
        method_(method),
        instances_(std::move(instances)),
        answers_(AnswerBytes()),
        acknowledged_(acknowledged) {}

  void Run(int concurrency, double seconds) {
    const Clock::time_point begin = Clock::now();
    const auto end = begin + std::chrono::duration_cast<Clock::duration>(
                                 std::chrono::duration<double>(seconds));
    int under_way = 0;
    for (; under_way < concurrency; ++under_way) Start();
    while (under_way > 0) {
      const Connection::Ended ended = connection_.Next();
      const std::unique_ptr<InFlight> call(static_cast<InFlight*>(ended.tag));
      --under_way;
      latencies_.push_back(std::chrono::duration<double>(Clock::now() - call->begun).count());
      if (ended.ok() && acknowledged_ != nullptr) {
        std::fprintf(acknowledged_, "%s\n", call->instance.c_str());
        std::fflush(acknowledged_);
      }
      if (!ended.ok() && ++failures_ <= 3 && acknowledged_ == nullptr) {
        std::fprintf(stderr, "%s\n", ended.message.c_str());
      }
      const bool goes_on = acknowledged_ == nullptr || failures_ == 0;
      if (goes_on && Clock::now() < end && next_ < instances_.size()) {
        Start();
        ++under_way;
      }
    }
    Report(std::chrono::duration<double>(Clock::now() - begin).count());
  }

 private:
  template <typename Request>
  static std::string Reads(const std::string& instance) {
    Request request;
    request.set_instance_id(instance);
    return request.SerializeAsString();
  }

  std::string RequestBytes(const std::string& instance) {
    if (method_ == "get") return Reads<v1::GetResponseRequest>(instance);
    if (method_ == "draft") return Reads<v1::GetDraftRequest>(instance);
    if (method_ == "list") {
      v1::ListResponsesRequest request;
      request.set_study_id(instance.substr(0, instance.find(' ')));
      request.set_instrument_version_id(instance.substr(instance.find(' ') + 1));
      request.set_page_size(50);
      return request.SerializeAsString();
    }
    v1::SubmitResponseRequest head;
    head.set_request_id(ids_.NewUuid());
    head.set_instance_id(instance);
    return head.SerializeAsString() + answers_;  // concatenated messages are one message
  }

  void Start() {
    auto* const call = new InFlight;
    call->instance = instances_[next_++];
    const std::string bytes = RequestBytes(call->instance);
    call->begun = Clock::now();
    connection_.Start(std::string(kService) + kMethods.at(method_), bytes, call);
  }

  void Report(double seconds) {
    std::sort(latencies_.begin(), latencies_.end());
    const auto at = [&](double q) {
      return latencies_.empty()
                 ? 0.0
                 : 1000 * latencies_[static_cast<size_t>(q * static_cast<double>(latencies_.size() - 1))];
    };
    rusage used{};
    getrusage(RUSAGE_SELF, &used);
    const double cpu_us = 1e6 * static_cast<double>(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
                          static_cast<double>(used.ru_utime.tv_usec + used.ru_stime.tv_usec);
    std::printf("calls=%zu failures=%d per_second=%.0f p50_ms=%.2f p95_ms=%.2f p99_ms=%.2f cpu_us=%.0f\n",
                latencies_.size(), failures_, static_cast<double>(latencies_.size()) / seconds, at(0.5),
                at(0.95), at(0.99), cpu_us / static_cast<double>(latencies_.size()));
  }

  Connection connection_;
  const std::string method_;
  const std::vector<std::string> instances_;
  const std::string answers_;
  std::FILE* const acknowledged_;  // null: not kept
  RandomIdSource ids_;
  size_t next_ = 0;
  int failures_ = 0;
  std::vector<double> latencies_;
};

}  // namespace
}  // namespace reprise

int main(int argc, char** argv) {
  if (argc < 6 || (argc > 6 && reprise::kMethods.count(argv[6]) == 0)) {
    std::fprintf(stderr, "submit_load SERVER TOKEN INSTANCE_FILE CONCURRENCY SECONDS [submit|get|draft|list [ACKNOWLEDGED_FILE]]\n");
    return 2;
  }
  std::vector<std::string> instances;
  std::ifstream file(argv[3]);
  for (std::string line; std::getline(file, line);) instances.push_back(line);
  std::FILE* const acknowledged = argc > 7 ? std::fopen(argv[7], "a") : nullptr;
  reprise::Driver driver(argv[1], argv[2], argc > 6 ? argv[6] : "submit", std::move(instances), acknowledged);
  driver.Run(std::atoi(argv[4]), std::atof(argv[5]));
  return 0;
}
