// SPDX-License-Identifier: Apache-2.0
#include "services/cohort/domain/randomisation/replay.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_split.h"

#include "services/cohort/domain/randomisation/errors.h"
#include "services/cohort/domain/randomisation/stream.h"
#include "services/platform/status.h"

namespace reprise::randomisation {
namespace {

std::string Show(const std::optional<double>& u) {
  return u.has_value() ? absl::StrFormat("%.17g", *u) : "none";
}

std::optional<Difference> Differ(int64_t line, absl::string_view field, absl::string_view expected,
                                 absl::string_view found) {
  return Difference{.line = line,
                    .field = std::string(field),
                    .sentence = absl::StrCat("Line ", line, ": ", field, " should be ", expected,
                                             ", and is ", found, ".")};
}

// Field by field, the order in which a person would look.
std::optional<Difference> Compare(int64_t line, const LogRow& expected, const LogRow& found) {
  if (found.previous_hash != expected.previous_hash) {
    return Difference{
        .line = line,
        .field = "previous_hash",
        .sentence = absl::StrCat("Line ", line, ": previous_hash is not the hash of line ",
                                 line - 1, ", so line ", line - 1,
                                 " or this link was changed, or lines are missing.")};
  }
  if (found.sequence_no != expected.sequence_no) {
    return Differ(line, "sequence_no", absl::StrCat(expected.sequence_no),
                  absl::StrCat(found.sequence_no));
  }
  if (found.u != expected.u) return Differ(line, "u", Show(expected.u), Show(found.u));
  if (found.arm != expected.arm) return Differ(line, "arm", expected.arm, found.arm);
  return std::nullopt;
}

}  // namespace

TrialReplay::TrialReplay(const Design& design, const Seed& seed)
    : design_(design), seed_(seed), counts_(design) {}

absl::StatusOr<TrialReplay> TrialReplay::Start(const Design& design, const Seed& seed) {
  REPRISE_RETURN_IF_ERROR(CheckDesign(design));
  return TrialReplay(design, seed);
}

int TrialReplay::Live(absl::Span<const int> levels, double u) const {
  const std::vector<int> ratio = RatioOf(design_);
  const auto arms = static_cast<int>(ratio.size());
  if (design_.method == Method::kSimple) {
    return PickArm(SharedProbabilities(ratio, (ArmSet{1} << arms) - 1, 1), arms, u);
  }
  const Minimiser minimiser(design_);
  ArmValues scores{};
  minimiser.Score(counts_, levels.data(), scores);
  return PickArm(minimiser.Probabilities(minimiser.Preferred(scores)), arms, u);
}

int TrialReplay::FromList(absl::Span<const int> levels) {
  const std::string label = StratumLabel(design_, levels);
  auto at = lists_.find(label);
  if (at == lists_.end()) {
    const BlockPlan plan = {.ratio = RatioOf(design_), .sizes = design_.block_sizes};
    at = lists_.emplace(label, StratumList(plan, seed_, label)).first;
  }
  return at->second.Next();
}

absl::StatusOr<LogRow> TrialReplay::Allocate(absl::Span<const int> levels) {
  REPRISE_RETURN_IF_ERROR(CheckLevels(design_, levels));
  if (past_.size() >= size_t{kMaxParticipants}) {
    return NumberOutOfRange("participants", 1, kMaxParticipants);
  }
  LogRow row{.event = LogEvent::kAllocation,
             .sequence_no = allocations() + 1,
             .snapshot = Snapshot(design_, levels),
             .arm = "",
             .u = std::nullopt,
             .previous_hash = ""};
  int arm = 0;
  if (design_.method == Method::kBlocks) {
    arm = FromList(levels);
  } else {
    row.u = LiveUniform(seed_, row.sequence_no);
    arm = Live(levels, *row.u);
  }
  row.arm = design_.arms[static_cast<size_t>(arm)].code;
  counts_.Add(levels, arm);
  past_.push_back({.levels = {levels.begin(), levels.end()}, .arm = arm});
  return row;
}

absl::StatusOr<LogRow> TrialReplay::Correct(int64_t sequence_no, absl::Span<const int> levels) {
  if (sequence_no < 1 || sequence_no > allocations()) return SequenceUnknown();
  REPRISE_RETURN_IF_ERROR(CheckLevels(design_, levels));
  Past& past = past_[static_cast<size_t>(sequence_no - 1)];
  counts_.Add(past.levels, past.arm, -1);
  past.levels.assign(levels.begin(), levels.end());
  counts_.Add(past.levels, past.arm);
  return LogRow{.event = LogEvent::kCorrection,
                .sequence_no = sequence_no,
                .snapshot = Snapshot(design_, levels),
                .arm = "",
                .u = std::nullopt,
                .previous_hash = ""};
}

absl::StatusOr<std::string> WriteLog(const Design& design, const Seed& seed,
                                     absl::Span<const Happening> happenings) {
  REPRISE_ASSIGN_OR_RETURN(TrialReplay replay, TrialReplay::Start(design, seed));
  std::string line = LogHeader(design, seed);
  std::string log = line + "\n";
  for (const Happening& happening : happenings) {
    absl::StatusOr<LogRow> row = happening.event == LogEvent::kAllocation
                                     ? replay.Allocate(happening.levels)
                                     : replay.Correct(happening.sequence_no, happening.levels);
    if (!row.ok()) return row.status();
    row->previous_hash = Sha256Hex(line);
    line = LogLine(*row);
    absl::StrAppend(&log, line, "\n");
  }
  return log;
}

namespace {

// Replays one line; fills `report` and returns what differs.
std::optional<Difference> Step(TrialReplay& replay, const Design& design, absl::string_view line,
                               int64_t number, LogReport& report) {
  const std::optional<LogRow> found = ParseLogLine(line);
  if (!found.has_value()) {
    return Difference{
        .line = number,
        .field = "line",
        .sentence = absl::StrCat("Line ", number, ": not a log line of the documented form.")};
  }
  const auto levels = ParseSnapshot(design, found->snapshot, "levels");
  if (!levels.ok()) {
    return Difference{
        .line = number,
        .field = "levels",
        .sentence = absl::StrCat("Line ", number, ": levels do not belong to the design.")};
  }
  const bool allocation = found->event == LogEvent::kAllocation;
  absl::StatusOr<LogRow> expected =
      allocation ? replay.Allocate(*levels) : replay.Correct(found->sequence_no, *levels);
  if (!expected.ok()) {
    return Difference{
        .line = number,
        .field = "sequence_no",
        .sentence = absl::StrCat("Line ", number, ": ", std::string(expected.status().message()))};
  }
  expected->previous_hash = report.head_hash;
  if (auto difference = Compare(number, *expected, *found)) return difference;
  ++(allocation ? report.allocations : report.corrections);
  for (auto& [code, count] : report.arm_counts) count += allocation && code == found->arm ? 1 : 0;
  return std::nullopt;
}

}  // namespace

absl::StatusOr<LogReport> VerifyLog(const Seed& seed, absl::string_view log) {
  if (!log.empty() && log.back() == '\n') log.remove_suffix(1);
  const std::vector<absl::string_view> lines = absl::StrSplit(log, '\n');
  REPRISE_ASSIGN_OR_RETURN(const LogOpening opening, ParseLogHeader(lines[0]));
  REPRISE_ASSIGN_OR_RETURN(TrialReplay replay, TrialReplay::Start(opening.design, seed));
  LogReport report;
  report.head_hash = Sha256Hex(lines[0]);
  for (const Arm& arm : opening.design.arms) report.arm_counts.emplace_back(arm.code, 0);
  if (opening.seed_commitment != seed.Commitment()) {
    report.difference = Differ(1, "seed_commitment", "the seed's SHA-256",
                               "another: the seed given is not this trial's");
    return report;
  }
  for (size_t i = 1; i < lines.size(); ++i) {
    report.difference = Step(replay, opening.design, lines[i], static_cast<int64_t>(i + 1), report);
    if (report.difference.has_value()) return report;
    report.head_hash = Sha256Hex(lines[i]);
  }
  return report;
}

}  // namespace reprise::randomisation
