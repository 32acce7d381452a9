// SPDX-License-Identifier: Apache-2.0
// A whole trial again, from seed and history. The log is JSON Lines: line 1 the design and the
// seed's commitment, then one line an allocation or correction, each with the SHA-256 of the bytes
// of the line before, so that sha256sum and the seed are all that a doubter needs.
#ifndef REPRISE_COHORT_DOMAIN_RANDOMISATION_REPLAY_H_
#define REPRISE_COHORT_DOMAIN_RANDOMISATION_REPLAY_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"

#include "services/cohort/domain/randomisation/design.h"
#include "services/cohort/domain/randomisation/history.h"
#include "services/cohort/domain/randomisation/list.h"
#include "services/cohort/domain/randomisation/minimise.h"
#include "services/cohort/domain/randomisation/seed.h"

namespace reprise::randomisation {

inline constexpr char kAlgorithm[] = "RTW-RAND-1";

enum class LogEvent {
  kAllocation,
  // A stratum found wrong later: the allocation stands, and minimisation counts the participant
  // with the corrected levels from then on. Lists are unmoved: the slot is spent.
  kCorrection,
};

struct LogRow {
  LogEvent event = LogEvent::kAllocation;
  int64_t sequence_no = 0;  // from 1, without gaps; of a correction: the allocation corrected
  std::string snapshot;     // Snapshot(design, levels)
  std::string arm;          // code; empty for a correction
  std::optional<double> u;  // live allocations only
  std::string previous_hash;

  bool operator==(const LogRow&) const = default;
};

// Line 1 and the others, without the line's end.
std::string LogHeader(const Design& design, const Seed& seed);
std::string LogLine(const LogRow& row);

// One trial in the making: gives allocation after allocation. Not thread-safe.
class TrialReplay {
 public:
  // INVALID_ARGUMENT DESIGN_INVALID
  static absl::StatusOr<TrialReplay> Start(const Design& design, const Seed& seed);

  // The next allocation's row, `previous_hash` left empty. INVALID_ARGUMENT LEVEL_UNKNOWN,
  // NUMBER_OUT_OF_RANGE (more than kMaxParticipants).
  absl::StatusOr<LogRow> Allocate(absl::Span<const int> levels);
  // NOT_FOUND SEQUENCE_UNKNOWN; INVALID_ARGUMENT LEVEL_UNKNOWN.
  absl::StatusOr<LogRow> Correct(int64_t sequence_no, absl::Span<const int> levels);

  int64_t allocations() const { return static_cast<int64_t>(past_.size()); }

 private:
  TrialReplay(const Design& design, const Seed& seed);
  int Live(absl::Span<const int> levels, double u) const;
  int FromList(absl::Span<const int> levels);

  struct Past {
    std::vector<int> levels;
    int arm;
  };
  Design design_;
  Seed seed_;
  HistoryCounts counts_;
  std::vector<Past> past_;
  std::map<std::string, StratumList> lists_;  // by stratum label
};

// What a whole trial did, in the order in which it happened.
struct Happening {
  LogEvent event = LogEvent::kAllocation;
  int64_t sequence_no = 0;  // corrections only
  std::vector<int> levels;
};
// The log of a trial, each line ended; errors as TrialReplay's.
absl::StatusOr<std::string> WriteLog(const Design& design, const Seed& seed,
                                     absl::Span<const Happening> happenings);

// The first line of a log that is not what seed and history give.
struct Difference {
  int64_t line = 0;      // as an editor counts, from 1
  std::string field;     // previous_hash, sequence_no, levels, arm, u, event, seed_commitment, line
  std::string sentence;  // what was expected and what stands there
};

struct LogReport {
  int64_t allocations = 0;  // replayed before the end or the difference
  int64_t corrections = 0;
  std::string head_hash;  // SHA-256 of the last line replayed: publish it to prove nothing was cut
  std::vector<std::pair<std::string, int64_t>> arm_counts;
  std::optional<Difference> difference;
};

// Replays the log from its own design and `seed`, and stops at the first line that differs.
//   INVALID_ARGUMENT LOG_UNREADABLE, DESIGN_UNREADABLE, DESIGN_INVALID (line 1)
absl::StatusOr<LogReport> VerifyLog(const Seed& seed, absl::string_view log);

// Line 1 read back.
struct LogOpening {
  Design design;
  std::string seed_commitment;
};
absl::StatusOr<LogOpening> ParseLogHeader(absl::string_view line);
// A later line; nullopt where it is not of the documented form.
std::optional<LogRow> ParseLogLine(absl::string_view line);

}  // namespace reprise::randomisation

#endif  // REPRISE_COHORT_DOMAIN_RANDOMISATION_REPLAY_H_
