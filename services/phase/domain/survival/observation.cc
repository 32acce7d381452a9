// SPDX-License-Identifier: Apache-2.0
#include "services/phase/domain/survival/observation.h"

#include <algorithm>
#include <cmath>

#include "absl/strings/str_cat.h"

#include "services/phase/domain/survival/errors.h"
#include "services/platform/status.h"

namespace reprise::survival {
namespace {

bool TimeIsFine(double time) { return std::isfinite(time) && time >= 0; }
bool OutcomeIsKnown(Outcome outcome) { return outcome <= Outcome::kCompeting; }

void Count(Outcome outcome, Moment& moment) {
  switch (outcome) {
    case Outcome::kCensored:
      ++moment.censored;
      break;
    case Outcome::kEvent:
      ++moment.events;
      break;
    case Outcome::kCompeting:
      ++moment.competing;
      break;
  }
}

absl::Status Check(const Member& member, size_t index, int groups) {
  const std::string path = absl::StrCat("members[", index, "]");
  if (!TimeIsFine(member.observation.time)) return ObservationTimeInvalid(path);
  if (!OutcomeIsKnown(member.observation.outcome)) return ObservationStatusUnknown(path);
  if (member.group < 0 || member.group >= groups) {
    return GroupOutOfRange(absl::StrCat(path, ".group"), groups);
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Observation> MakeObservation(double time, int64_t status, absl::string_view path) {
  if (!TimeIsFine(time)) return ObservationTimeInvalid(path);
  if (status < 0 || status > 2) return ObservationStatusUnknown(path);
  return Observation{.time = time, .outcome = static_cast<Outcome>(status)};
}

absl::StatusOr<std::vector<Moment>> MomentsOf(absl::Span<const Observation> observations) {
  for (size_t i = 0; i < observations.size(); ++i) {
    const std::string path = absl::StrCat("observations[", i, "]");
    if (!TimeIsFine(observations[i].time)) return ObservationTimeInvalid(path);
    if (!OutcomeIsKnown(observations[i].outcome)) return ObservationStatusUnknown(path);
  }
  std::vector<Observation> sorted(observations.begin(), observations.end());
  std::sort(sorted.begin(), sorted.end(),
            [](const Observation& a, const Observation& b) { return a.time < b.time; });
  std::vector<Moment> moments;
  for (size_t i = 0; i < sorted.size(); ++i) {
    if (moments.empty() || moments.back().time != sorted[i].time) {
      moments.push_back(
          {.time = sorted[i].time, .at_risk = static_cast<int64_t>(sorted.size() - i)});
    }
    Count(sorted[i].outcome, moments.back());
  }
  return moments;
}

absl::StatusOr<std::vector<JointMoment>> JointMomentsOf(absl::Span<const Member> members,
                                                        int groups) {
  std::vector<int64_t> left(static_cast<size_t>(std::max(groups, 0)), 0);
  for (size_t i = 0; i < members.size(); ++i) {
    REPRISE_RETURN_IF_ERROR(Check(members[i], i, groups));
    ++left[static_cast<size_t>(members[i].group)];
  }
  std::vector<Member> sorted(members.begin(), members.end());
  std::sort(sorted.begin(), sorted.end(), [](const Member& a, const Member& b) {
    return a.observation.time < b.observation.time;
  });
  std::vector<JointMoment> moments;
  for (size_t i = 0; i < sorted.size();) {
    JointMoment moment{.time = sorted[i].observation.time, .groups = {}};
    for (const int64_t count : left) {
      moment.groups.push_back({.time = moment.time, .at_risk = count});
    }
    for (; i < sorted.size() && sorted[i].observation.time == moment.time; ++i) {
      const auto group = static_cast<size_t>(sorted[i].group);
      Count(sorted[i].observation.outcome, moment.groups[group]);
      --left[group];
    }
    moments.push_back(std::move(moment));
  }
  return moments;
}

}  // namespace reprise::survival
