// SPDX-License-Identifier: Apache-2.0
// In which state a questionnaire is: a function of its window, of today at the participant's site and
// of what is recorded; nothing of it is stored. Pure. Days are civil days of the site.
#ifndef REPRISE_QUESTIONNAIRE_DOMAIN_SCHEDULE_SCHEDULE_H_
#define REPRISE_QUESTIONNAIRE_DOMAIN_SCHEDULE_SCHEDULE_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"

namespace reprise::questionnaire {

// Both days inclusive, open_date <= target_date <= close_date.
struct Window {
  absl::CivilDay open_date;
  absl::CivilDay target_date;
  absl::CivilDay close_date;
};

// Who answers; what the team answers is never shown to the participant herself.
enum class Respondent { kParticipant, kTeam };

// One questionnaire on one occasion: scheduled by the study document, or opened besides.
struct Occasion {
  std::string instance_id = {};  // empty: scheduled and not opened
  std::string participant_id = {};
  std::string site_id = {};
  std::string instrument_version_id = {};  // empty: the scheduled version is not published
  std::string instrument_id = {};
  std::string instrument_version = {};
  std::string timepoint = {};
  bool scheduled = false;
  bool required = false;
  int position = 0;                      // in the study document
  std::optional<Window> window = {};     // none: not scheduled, or the anchor is not known
  std::optional<absl::Time> open_time = {};
  std::optional<absl::Time> submit_time = {};        // of the first version
  std::optional<absl::CivilDay> answered_date = {};  // may lack in old rows
  bool has_draft = false;
  Respondent respondent = Respondent::kParticipant;
  // First day on which nothing more is awaited of her: withdrawal from contact or more, failed
  // screening, death.
  std::optional<absl::CivilDay> end_date = {};
};

enum class State { kScheduled, kOpen, kInProgress, kSubmitted, kMissed, kCancelled };

// Submitted stays submitted whatever follows. What she missed before her participation ended stays
// missed; the rest is cancelled. A window that moved into the future after the opening does not
// close what is open.
State StateOf(const Occasion& occasion, absl::CivilDay today);

// Whether answers are taken today: awaited, or missed by somebody who still takes part, and published.
bool TakesAnswers(const Occasion& occasion, absl::CivilDay today);

// The day of the answer, from the time of submission where only that is stored; none: not submitted.
std::optional<absl::CivilDay> AnsweredOn(const Occasion& occasion, const absl::TimeZone& zone);

// Whether it was answered outside the window as it is now.
bool IsOutOfWindow(const Occasion& occasion, const absl::TimeZone& zone);

// First day on which it can have been answered; none: any.
std::optional<absl::CivilDay> EarliestDay(const std::optional<Window>& window,
                                          std::optional<absl::CivilDay> consent_date);

// What `asked` (unscheduled, not opened) is for a participant whose occasions these are: the scheduled
// one of its instrument and timepoint, or itself. ALREADY_EXISTS INSTANCE_EXISTS; FAILED_PRECONDITION
// INSTRUMENT_VERSION_NOT_SCHEDULED where another version is scheduled.
absl::StatusOr<Occasion> OccasionFor(const std::vector<Occasion>& occasions, const Occasion& asked);

// FAILED_PRECONDITION INSTANCE_CANCELLED; INSTANCE_NOT_DUE before the window and while the anchor of a
// scheduled one is not known. Late is no reason.
absl::Status CheckOpening(const Occasion& occasion, absl::CivilDay today);

// INVALID_ARGUMENT DATE_IN_FUTURE after `today`, DATE_BEFORE_OPENING before `earliest`; both name
// `answered_date`.
absl::Status CheckAnsweredDate(absl::CivilDay answered, absl::CivilDay today,
                               std::optional<absl::CivilDay> earliest);

}  // namespace reprise::questionnaire

#endif  // REPRISE_QUESTIONNAIRE_DOMAIN_SCHEDULE_SCHEDULE_H_
