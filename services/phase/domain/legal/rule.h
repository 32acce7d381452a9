// SPDX-License-Identifier: Apache-2.0
// What French occupational-health law expects, as versioned data: rule rows with their source, the
// key by which they apply, and the day they were last checked; and the sentences that explain an
// outcome. Read from the YAML files of deploy/legal/fr; docs/legal-milestones.md explains them.
#ifndef REPRISE_PHASE_DOMAIN_LEGAL_RULE_H_
#define REPRISE_PHASE_DOMAIN_LEGAL_RULE_H_

#include <array>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/types/span.h"

namespace reprise::legal {

enum class Cause { kIllness, kWorkAccident, kOccupationalDisease, kMaternity };
enum class MilestoneKind {
  kPreReturnVisit, kReturnVisit, kLiaisonMeeting, kTrialOfReturn, kTherapeuticPartTime,
  kPrescriptionCap
};
constexpr size_t kMilestoneKinds = 6;
// The date that decides whether a rule version applies.
enum class Key { kLeaveStart, kIssueDate, kEvaluationDay };
enum class Comparison { kMoreThan, kAtLeast };

absl::string_view NameOf(Cause cause);            // "illness"
absl::string_view NameOf(MilestoneKind kind);     // "pre_return_visit"
absl::string_view NameOf(Key key);                // "leave_start"

struct Text {
  std::string fr;
  std::string en;
};

// Both bounds inclusive; null is open.
struct Condition {
  Key key = Key::kLeaveStart;
  std::optional<absl::CivilDay> from;
  std::optional<absl::CivilDay> until;
};

// A length of absence for these causes, counted in inclusive calendar days or calendar months.
struct Threshold {
  std::vector<Cause> causes;
  int amount = 0;
  bool months = false;
  Comparison comparison = Comparison::kMoreThan;
  // How other sources read the same words; shown, never applied.
  std::optional<Comparison> other_reading;
};

struct Deadline {
  int days = 0;
  bool from_return_day = true;  // otherwise from the last day of leave
  bool other_reading = false;   // whether the other anchor is shown as well
};

struct Waiver {
  int window_days = 0;  // the pre-return visit took place in the last so many days before return
  bool part_time_is_measure = true;
};

struct Trial {
  int max_days = 0;
  int max_total_days = 0;
  bool saturday_counts = true;
};

struct Cap {
  int first_days = 0;
  int renewal_days = 0;
};

struct Rule {
  std::string id;
  int version = 1;
  MilestoneKind milestone = MilestoneKind::kPreReturnVisit;
  std::vector<Condition> applies;  // all of them
  std::vector<Threshold> thresholds;  // any of them
  std::optional<Deadline> deadline;
  std::optional<Waiver> waiver;
  std::optional<Trial> trial;
  std::optional<Cap> cap;
  bool prior_full_leave_required = false;
  Text articles;
  Text note;  // what sources disagree on; may be empty
  std::string source;
  std::string url;
  std::string evidence;  // read | secondary | memory
  absl::CivilDay checked;
};

struct RuleBook {
  std::vector<Rule> rules;  // by milestone, then version
  // Sentences by milestone and situation, and one for each flag.
  std::array<std::map<std::string, Text>, kMilestoneKinds> texts;
  std::map<std::string, Text> flags;
  int gap_query_days = 0;
  std::vector<std::pair<int, int>> fixed_holidays;  // month, day
  std::vector<int> easter_holidays;                 // days after Easter Sunday
};

struct RuleFile {
  std::string name;
  std::string bytes;
};

// Reads all files together; their order does not matter.
//   INVALID_ARGUMENT YAML_MALFORMED, FIELD_INVALID naming file, rule and field: an unknown field or
//   value, a rule version twice, a milestone without what its kind needs, a sentence missing or
//   with an unknown word in braces
absl::StatusOr<RuleBook> ParseRules(absl::Span<const RuleFile> files);

// The files of deploy/legal/fr, as embedded when the program was built.
std::vector<RuleFile> ShippedRules();

// The situations that a milestone's sentences cover, and the flags.
std::vector<std::string> SituationsOf(MilestoneKind kind);
const std::vector<std::string>& FlagNames();
// The words in braces that sentences may use.
const std::vector<std::string>& PlaceholderNames();

}  // namespace reprise::legal

#endif  // REPRISE_PHASE_DOMAIN_LEGAL_RULE_H_
