// SPDX-License-Identifier: Apache-2.0
// A participant's work-status timeline: half-open episodes [start_day, end_day) in whole days on
// the study's own day scale, with the days that anchor it. Gaps are unknown time; overlaps are
// faults, unless the caller asks for the documented rule (ResolveOverlaps).
#ifndef REPRISE_PHASE_DOMAIN_ENDPOINT_TIMELINE_H_
#define REPRISE_PHASE_DOMAIN_ENDPOINT_TIMELINE_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/types/span.h"

namespace reprise::endpoint {

enum class WorkStatus : uint8_t {
  kSick, kPartial, kWork, kLeave, kMaternity, kUnemployed, kRetired, kDisability, kOther
};
// What a worked fraction is a fraction of: the contract before diagnosis, the contract of that
// day, or full-time hours.
enum class Denominator : uint8_t { kPreDiagnosis, kCurrentContract, kFullTime };
constexpr size_t kDenominators = 3;

// Days are whole numbers of at most this size either way, so that their differences always fit.
constexpr int kDayLimit = 1000000;

struct Episode {
  int start_day = 0;
  int end_day = 0;  // the first day that no longer belongs to it
  WorkStatus status = WorkStatus::kOther;
  // Worked share in [0, 1], by Denominator; null where not recorded.
  std::array<std::optional<double>, kDenominators> fraction = {};

  bool operator==(const Episode&) const = default;
};

enum class EndReason : uint8_t { kAdministrative, kWithdrawal, kLostToFollowUp, kCompeting };
enum class CompetingEvent : uint8_t { kNone, kDeath, kRetirement, kDisabilityPension };

struct Participant {
  std::optional<int> index_day;          // end of active treatment (T0); null while not reached
  std::optional<int> randomisation_day;  // the other clock; null where not given
  int obs_end_day = 0;                   // the first day without observation
  EndReason end_reason = EndReason::kAdministrative;
  std::optional<int> competing_day;
  CompetingEvent competing = CompetingEvent::kNone;
  std::optional<absl::CivilDay> index_date;  // the calendar day of index_day, for months
};

// Names as in the files: "SICK", "administrative", "death". Null for a name that is not one.
std::optional<WorkStatus> WorkStatusOf(absl::string_view name);
absl::string_view NameOf(WorkStatus status);
std::optional<EndReason> EndReasonOf(absl::string_view name);
absl::string_view NameOf(EndReason reason);
std::optional<CompetingEvent> CompetingEventOf(absl::string_view name);  // "" is kNone
absl::string_view NameOf(CompetingEvent event);

// One fault of a timeline. `episode` is the position in the span given, -1 for the participant.
struct Fault {
  int episode = -1;
  std::string field;    // the column, for example "end_day"
  std::string reason;   // EPISODE_ENDS_BEFORE_START, ...
  std::string message;  // a sentence without any value of the participant
};

// Participant: OBSERVATION_ENDS_BEFORE_INDEX, OBSERVATION_ENDS_BEFORE_RANDOMISATION,
// COMPETING_DAY_OUT_OF_OBSERVATION, DAY_OUT_OF_RANGE, INDEX_DATE_WITHOUT_DAY.
// Episodes: DAY_OUT_OF_RANGE, EPISODE_ENDS_BEFORE_START (also of no length), FRACTION_OUT_OF_RANGE,
// FRACTION_MISSING (WORK and PARTIAL), FRACTION_NOT_ZERO (statuses that are absence from work),
// EPISODE_AFTER_DEATH (work or leave), EPISODES_OVERLAP (named at the later of the two).
std::vector<Fault> CheckParticipant(const Participant& participant);
std::vector<Fault> CheckEpisodes(const Participant& participant,
                                 absl::Span<const Episode> episodes);

// One overlap that the rule settled: on [start_day, end_day) `kept` won over `dropped`.
struct Conflict {
  int kept = 0;     // positions in the span given
  int dropped = 0;
  int start_day = 0;
  int end_day = 0;
};

struct Resolution {
  std::vector<Episode> episodes;  // without the overlaps that the rule settles
  std::vector<Conflict> conflicts;
};

// Therapeutic part-time wins over sick leave, sick leave over leave (statistics: an "arrêt" and a
// leave certificate for the same days). Every other overlap is left in place for CheckEpisodes to
// name. Episodes of no length are left in place too.
Resolution ResolveOverlaps(absl::Span<const Episode> episodes);

// Sorted by start, contiguous episodes alike merged into one: the form in which timelines that mean
// the same are equal. Requires that CheckEpisodes found nothing.
std::vector<Episode> Normalise(absl::Span<const Episode> episodes);

}  // namespace reprise::endpoint

#endif  // REPRISE_PHASE_DOMAIN_ENDPOINT_TIMELINE_H_
