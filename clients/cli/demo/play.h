// SPDX-License-Identifier: Apache-2.0
// Plays stories on the server, one call after the other, as the people of a site would.
#ifndef REPRISE_CLI_DEMO_PLAY_H_
#define REPRISE_CLI_DEMO_PLAY_H_

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

#include "reprise/study/v1/study.pb.h"

#include "clients/cli/demo/answers.h"
#include "clients/cli/demo/staff.h"
#include "clients/cli/demo/story.h"

namespace reprise::cli::demo {

struct PublishedForm {
  std::string instrument_version_id;
  std::unique_ptr<Answerer> answerer;
};
using Forms = std::map<std::pair<std::string, std::string>, PublishedForm>;  // by id and version

// What was done; threads add to it.
struct Tally {
  std::atomic<int64_t> calls{0};
  std::atomic<int64_t> screened{0};
  std::atomic<int64_t> participants{0};
  std::mutex mutex;
  std::map<std::string, int64_t> refused;  // by method and reason; none is expected
};

class Player {
 public:
  // All outlive the player. Not for several threads; one player a site.
  Player(const Plan& plan, const Forms& forms, const study::v1::Site& site, Member& coordinator,
         Member& physician, Tally& tally)
      : plan_(plan), forms_(forms), site_(site), coordinator_(coordinator), physician_(physician),
        tally_(tally) {}

  // Fails only where the server cannot be reached; refusals are tallied.
  absl::Status Play(const Story& story, uint64_t place);

 private:
  // False where she could not be; the refusal is tallied.
  absl::StatusOr<bool> Enrol(const std::string& screening_id, const Participation& told);
  absl::Status Perform(const Step& step);
  absl::Status Milestone(const Step& step);
  absl::Status Leave(const Step& step);
  absl::Status Work(const Step& step);
  absl::Status Phase(const Step& step);
  absl::Status Visit(const Step& step);
  absl::Status Deliver(const Step& step);
  absl::Status Questionnaires(const Step& step);
  absl::Status Allocate(const Step& step);
  absl::Status Assign(const Step& step);
  absl::Status Withdraw(const Step& step);
  absl::Status Lifecycle(const Step& step);
  // The call about the present participant.
  template <typename Answer, typename Request>
  absl::Status Act(Member& who, const std::string& method, Request request);
  template <typename Answer>
  absl::StatusOr<Answer> Do(Member& who, const std::string& method, const google::protobuf::Message& request);
  // UNAVAILABLE and the like stay; a refusal is tallied and forgiven.
  absl::Status Forgive(const std::string& method, const absl::Status& status);

  const Plan& plan_;
  const Forms& forms_;
  const study::v1::Site& site_;
  Member& coordinator_;
  Member& physician_;
  Tally& tally_;
  std::string participant_id_;
  std::map<std::string, std::string> factors_;
  std::string arm_;
  std::unique_ptr<Dice> dice_;
};

}  // namespace reprise::cli::demo

#endif  // REPRISE_CLI_DEMO_PLAY_H_
