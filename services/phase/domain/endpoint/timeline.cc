// SPDX-License-Identifier: Apache-2.0
#include "services/phase/domain/endpoint/timeline.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <numeric>
#include <utility>

#include "services/phase/domain/endpoint/errors.h"

namespace reprise::endpoint {
namespace {

constexpr std::pair<absl::string_view, WorkStatus> kStatusNames[] = {
    {"SICK", WorkStatus::kSick},         {"PARTIAL", WorkStatus::kPartial},
    {"WORK", WorkStatus::kWork},         {"LEAVE", WorkStatus::kLeave},
    {"MATERNITY", WorkStatus::kMaternity}, {"UNEMPLOYED", WorkStatus::kUnemployed},
    {"RETIRED", WorkStatus::kRetired},   {"DISABILITY", WorkStatus::kDisability},
    {"OTHER", WorkStatus::kOther}};
constexpr std::pair<absl::string_view, EndReason> kEndReasonNames[] = {
    {"administrative", EndReason::kAdministrative},
    {"withdrawal", EndReason::kWithdrawal},
    {"lost_to_follow_up", EndReason::kLostToFollowUp},
    {"competing", EndReason::kCompeting}};
constexpr std::pair<absl::string_view, CompetingEvent> kCompetingNames[] = {
    {"", CompetingEvent::kNone},
    {"death", CompetingEvent::kDeath},
    {"retirement", CompetingEvent::kRetirement},
    {"disability_pension", CompetingEvent::kDisabilityPension}};

template <typename Value, size_t n>
std::optional<Value> Find(const std::pair<absl::string_view, Value> (&names)[n],
                          absl::string_view name) {
  for (const auto& [known, value] : names) {
    if (known == name) return value;
  }
  return std::nullopt;
}

template <typename Value, size_t n>
absl::string_view NameIn(const std::pair<absl::string_view, Value> (&names)[n], Value value) {
  for (const auto& [name, known] : names) {
    if (known == value) return name;
  }
  return "";
}

bool OutOfRange(int day) { return std::abs(static_cast<int64_t>(day)) > kDayLimit; }

// Statuses that say "absent from work": a worked share there is a contradiction, not a return.
bool IsAbsence(WorkStatus status) {
  return status == WorkStatus::kSick || status == WorkStatus::kLeave ||
         status == WorkStatus::kMaternity || status == WorkStatus::kUnemployed;
}

// What the overlap rule ranks; 0 for what it does not settle.
int Rank(WorkStatus status) {
  switch (status) {
    case WorkStatus::kPartial: return 3;
    case WorkStatus::kSick: return 2;
    case WorkStatus::kLeave: return 1;
    default: return 0;
  }
}

void CheckFractions(int at, const Episode& episode, std::vector<Fault>& faults) {
  for (size_t i = 0; i < kDenominators; ++i) {
    const absl::string_view column = FractionColumn(static_cast<Denominator>(i));
    const std::optional<double>& share = episode.fraction[i];
    if (!share.has_value()) continue;
    if (!(*share >= 0 && *share <= 1)) {
      faults.push_back(FractionOutOfRange(at, column));
    } else if (*share > 0 && IsAbsence(episode.status)) {
      faults.push_back(FractionNotZero(at, column));
    }
  }
  const bool works = episode.status == WorkStatus::kWork || episode.status == WorkStatus::kPartial;
  if (works && !episode.fraction[0].has_value()) {
    faults.push_back(FractionMissing(at, FractionColumn(Denominator::kPreDiagnosis)));
  }
}

// Positions by start day, ties in the order given.
std::vector<int> ByStart(absl::Span<const Episode> episodes) {
  std::vector<int> order(episodes.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(), [&](int a, int b) {
    return episodes[a].start_day < episodes[b].start_day;
  });
  return order;
}

}  // namespace

std::optional<WorkStatus> WorkStatusOf(absl::string_view name) { return Find(kStatusNames, name); }
absl::string_view NameOf(WorkStatus status) { return NameIn(kStatusNames, status); }
std::optional<EndReason> EndReasonOf(absl::string_view name) { return Find(kEndReasonNames, name); }
absl::string_view NameOf(EndReason reason) { return NameIn(kEndReasonNames, reason); }
std::optional<CompetingEvent> CompetingEventOf(absl::string_view name) {
  return Find(kCompetingNames, name);
}
absl::string_view NameOf(CompetingEvent event) { return NameIn(kCompetingNames, event); }

std::vector<Fault> CheckParticipant(const Participant& participant) {
  std::vector<Fault> faults;
  const auto range = [&](std::optional<int> day, absl::string_view column) {
    if (day.has_value() && OutOfRange(*day)) faults.push_back(DayOutOfRange(-1, column));
  };
  range(participant.index_day, "index_day");
  range(participant.randomisation_day, "randomisation_day");
  range(participant.obs_end_day, "obs_end_day");
  range(participant.competing_day, "competing_day");
  if (!faults.empty()) return faults;
  const int end = participant.obs_end_day;
  if (participant.index_day.value_or(end) > end) faults.push_back(ObservationEndsBeforeIndex());
  if (participant.randomisation_day.value_or(end) > end) {
    faults.push_back(ObservationEndsBeforeRandomisation());
  }
  if (participant.competing_day.has_value()) {
    const int from = participant.index_day.value_or(participant.randomisation_day.value_or(end));
    if (*participant.competing_day > end || *participant.competing_day < std::min(from, end)) {
      faults.push_back(CompetingDayOutOfObservation());
    }
  } else if (participant.competing != CompetingEvent::kNone &&
             participant.end_reason != EndReason::kCompeting) {
    faults.push_back(CompetingDayMissing());
  }
  if (participant.index_date.has_value() && !participant.index_day.has_value()) {
    faults.push_back(IndexDateWithoutDay());
  }
  return faults;
}

std::vector<Fault> CheckEpisodes(const Participant& participant,
                                 absl::Span<const Episode> episodes) {
  std::vector<Fault> faults;
  const bool died = participant.competing == CompetingEvent::kDeath;
  const int death = participant.competing_day.value_or(participant.obs_end_day);
  for (int i = 0; i < static_cast<int>(episodes.size()); ++i) {
    const Episode& episode = episodes[i];
    const bool wild_start = OutOfRange(episode.start_day);
    if (wild_start) faults.push_back(DayOutOfRange(i, "start_day"));
    if (OutOfRange(episode.end_day)) faults.push_back(DayOutOfRange(i, "end_day"));
    if (episode.end_day <= episode.start_day) faults.push_back(EndsBeforeStart(i));
    if (died && !wild_start && episode.start_day >= death) faults.push_back(AfterDeath(i));
    CheckFractions(i, episode, faults);
  }
  if (!faults.empty()) return faults;
  int furthest = -1;  // the position of the episode that reaches furthest so far
  for (const int i : ByStart(episodes)) {
    if (furthest >= 0 && episodes[i].start_day < episodes[furthest].end_day) {
      faults.push_back(EpisodesOverlap(i, episodes[furthest].status, episodes[i].status));
    }
    if (furthest < 0 || episodes[i].end_day > episodes[furthest].end_day) furthest = i;
  }
  return faults;
}

Resolution ResolveOverlaps(absl::Span<const Episode> episodes) {
  Resolution resolution;
  // Winners first: an episode keeps what no stronger one of the rule covers. Equal ranks (two sick
  // leaves, say) are no case of the rule and stay in place.
  for (int i = 0; i < static_cast<int>(episodes.size()); ++i) {
    const Episode& episode = episodes[i];
    std::vector<std::pair<int, int>> left = {{episode.start_day, episode.end_day}};
    for (int j = 0; j < static_cast<int>(episodes.size()); ++j) {
      const Episode& other = episodes[j];
      if (Rank(episode.status) == 0 || Rank(other.status) <= Rank(episode.status)) continue;
      if (other.end_day <= other.start_day) continue;
      std::vector<std::pair<int, int>> rest;
      for (const auto& [from, to] : left) {
        const int cut_from = std::max(from, other.start_day);
        const int cut_to = std::min(to, other.end_day);
        if (cut_from >= cut_to) {
          rest.push_back({from, to});
          continue;
        }
        resolution.conflicts.push_back(
            {.kept = j, .dropped = i, .start_day = cut_from, .end_day = cut_to});
        if (from < cut_from) rest.push_back({from, cut_from});
        if (cut_to < to) rest.push_back({cut_to, to});
      }
      left = std::move(rest);
    }
    for (const auto& [from, to] : left) {
      resolution.episodes.push_back(episode);
      resolution.episodes.back().start_day = from;
      resolution.episodes.back().end_day = to;
    }
  }
  return resolution;
}

std::vector<Episode> Normalise(absl::Span<const Episode> episodes) {
  std::vector<Episode> sorted(episodes.begin(), episodes.end());
  std::sort(sorted.begin(), sorted.end(),
            [](const Episode& a, const Episode& b) { return a.start_day < b.start_day; });
  std::vector<Episode> merged;
  merged.reserve(sorted.size());
  for (const Episode& episode : sorted) {
    if (!merged.empty() && merged.back().end_day == episode.start_day &&
        merged.back().status == episode.status && merged.back().fraction == episode.fraction) {
      merged.back().end_day = episode.end_day;
    } else {
      merged.push_back(episode);
    }
  }
  return merged;
}

}  // namespace reprise::endpoint
