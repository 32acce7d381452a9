// SPDX-License-Identifier: Apache-2.0
// What every curve starts from: how long each participant was observed and how that ended. Whoever
// has an event at a time is still at risk then; censoring of the same day comes after events.
//   REPRISE_ASSIGN_OR_RETURN(const Observation seen, MakeObservation(166, 1, "row 2"));
#ifndef REPRISE_PHASE_DOMAIN_SURVIVAL_OBSERVATION_H_
#define REPRISE_PHASE_DOMAIN_SURVIVAL_OBSERVATION_H_

#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace reprise::survival {

enum class Outcome : uint8_t {
  kCensored = 0,
  kEvent = 1,      // the return to work that the endpoint asks for
  kCompeting = 2,  // death, retirement, disability pension: the event can no longer happen
};

struct Observation {
  double time = 0;  // days since the clock started, finite, 0 or more
  Outcome outcome = Outcome::kCensored;
};

// INVALID_ARGUMENT OBSERVATION_TIME_INVALID, OBSERVATION_STATUS_UNKNOWN; both name `path`.
absl::StatusOr<Observation> MakeObservation(double time, int64_t status, absl::string_view path);

// All that happened at one distinct time.
struct Moment {
  double time = 0;
  int64_t at_risk = 0;  // observed up to this time or longer
  int64_t events = 0;
  int64_t competing = 0;
  int64_t censored = 0;
};

// The distinct times in ascending order; empty for nobody.
//   INVALID_ARGUMENT OBSERVATION_TIME_INVALID, OBSERVATION_STATUS_UNKNOWN at `observations[i]`
absl::StatusOr<std::vector<Moment>> MomentsOf(absl::Span<const Observation> observations);

// An observation with its place in a comparison.
struct Member {
  Observation observation;
  int group = 0;    // 0 to groups - 1
  int stratum = 0;  // any number; only equal or not matters
};

// One moment of several groups side by side.
struct JointMoment {
  double time = 0;
  std::vector<Moment> groups;  // one a group, zeros where a group has nobody left
};

// The distinct times of all members; group g of each moment counts only members of g.
//   INVALID_ARGUMENT as above, and GROUP_OUT_OF_RANGE at `members[i].group`
absl::StatusOr<std::vector<JointMoment>> JointMomentsOf(absl::Span<const Member> members,
                                                        int groups);

}  // namespace reprise::survival

#endif  // REPRISE_PHASE_DOMAIN_SURVIVAL_OBSERVATION_H_
