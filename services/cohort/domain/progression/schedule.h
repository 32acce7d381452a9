// SPDX-License-Identifier: Apache-2.0
// Which questionnaires and components are due to a participant, from the protocol of her consent and
// what was recorded about her until the instant. Months are added as the calendar has them:
// 31 October and 4 months is 28 February.
#ifndef REPRISE_COHORT_DOMAIN_PROGRESSION_SCHEDULE_H_
#define REPRISE_COHORT_DOMAIN_PROGRESSION_SCHEDULE_H_

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/time/civil_time.h"

#include "services/cohort/domain/progression/board.h"

namespace reprise::cohort {

// A required questionnaire of the stage in one version of the protocol.
struct QuestionnaireRule {
  int protocol_version = 0;
  std::string timepoint = {};
  std::string instrument = {};  // id@version
  std::string anchor = {};
  int months = 0;
  int days = 0;  // to the last day of the window
};

struct ComponentRule {
  int protocol_version = 0;
  std::string component = {};
  std::string anchor = {};
  int from_months = 0, from_days = 0, until_months = 0, until_days = 0;
  int leave_longer_than_months = 0;  // 0: for everybody
};

struct Delivery {
  std::string component = {};
  absl::CivilDay date = {};
};

// A run of leave; no end: going on.
struct LeaveRun {
  absl::CivilDay start = {};
  std::optional<absl::CivilDay> end = {};
};

struct CourseFacts {
  std::map<std::string, absl::CivilDay> anchors = {};
  std::set<std::pair<std::string, std::string>> submitted = {};  // timepoint, instrument
  std::vector<Delivery> deliveries = {};
  std::vector<LeaveRun> leaves = {};
};

struct Rules {
  std::vector<QuestionnaireRule> questionnaires = {};
  std::vector<ComponentRule> components = {};
};

// The same day so many months later, or the month's last.
absl::CivilDay AddMonths(absl::CivilDay day, int months);

// Fills in `questionnaires` and `components` of a course; those without a known anchor are not due.
void Schedule(const Rules& rules, const CourseFacts& facts, Course& course);

}  // namespace reprise::cohort

#endif  // REPRISE_COHORT_DOMAIN_PROGRESSION_SCHEDULE_H_
