// SPDX-License-Identifier: Apache-2.0
// How complete the questionnaires of a stage are: people joined with their forms and counted by state. Pure.
// The join is made here, because row-level security leaves the database no good estimate of it.
#ifndef REPRISE_QUESTIONNAIRE_DOMAIN_SCHEDULE_COMPLETENESS_H_
#define REPRISE_QUESTIONNAIRE_DOMAIN_SCHEDULE_COMPLETENESS_H_

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"

#include "services/questionnaire/domain/schedule/schedule.h"

namespace reprise::questionnaire {

// A participant of the stage.
struct CountedPerson {
  std::string participant_id;
  int protocol_version = 0;
  std::string time_zone;  // of her site
  absl::CivilDay today;   // there, on the day of the count
  std::map<std::string, absl::CivilDay> anchors = {};  // those that are known, CONSENT among them
  std::optional<absl::CivilDay> end_date = {};         // Occasion::end_date
};

// What one version of the protocol schedules.
struct ScheduledForm {
  int protocol_version = 0;
  int position = 0;
  std::string timepoint;
  std::string instrument_id;
  std::string instrument_version_id;  // empty: not published
  std::string anchor;
  int offset_months = 0;
  int offset_days = 0;
  int before_days = 0;
  int after_days = 0;
  bool required = false;
  Respondent respondent = Respondent::kParticipant;
};

// What was opened, by "participant id/instrument version id/timepoint".
struct OpenedForm {
  Respondent respondent = Respondent::kParticipant;
  std::optional<absl::Time> submit_time;
  std::optional<absl::CivilDay> answered_date;
};
using OpenedForms = absl::flat_hash_map<std::string, OpenedForm>;

// One questionnaire at one timepoint; `open` also where answers are saved.
struct CompletenessCount {
  std::string timepoint;
  std::string instrument_id;
  std::string instrument_version_id;  // the newest that is scheduled and published; empty: none
  Respondent respondent = Respondent::kParticipant;
  bool required = false;
  int position = 0;
  int participants = 0;
  int in_window = 0;
  int out_of_window = 0;
  int open = 0;
  int missed = 0;
  int cancelled = 0;
  int later = 0;
  int anchor_unknown = 0;
};

// None while the anchor is not known. Months are added as the calendar has them.
std::optional<Window> WindowOf(const ScheduledForm& form, const CountedPerson& person);

// In the order of the study document; only what is scheduled for somebody.
std::vector<CompletenessCount> CountByForm(const std::vector<CountedPerson>& people,
                                           const std::vector<ScheduledForm>& forms, const OpenedForms& opened);

}  // namespace reprise::questionnaire

#endif  // REPRISE_QUESTIONNAIRE_DOMAIN_SCHEDULE_COMPLETENESS_H_
