// SPDX-License-Identifier: Apache-2.0
#include "services/questionnaire/domain/schedule/schedule.h"

#include <algorithm>

#include "services/questionnaire/domain/response/errors.h"

namespace reprise::questionnaire {

State StateOf(const Occasion& occasion, absl::CivilDay today) {
  if (occasion.submit_time.has_value()) return State::kSubmitted;
  const std::optional<Window>& window = occasion.window;
  if (occasion.end_date.has_value()) {
    const bool missed_before = window.has_value() && window->close_date < *occasion.end_date;
    return missed_before ? State::kMissed : State::kCancelled;
  }
  if (window.has_value() && today > window->close_date) return State::kMissed;
  if (occasion.has_draft) return State::kInProgress;
  if (!occasion.instance_id.empty()) return State::kOpen;
  return window.has_value() && today >= window->open_date ? State::kOpen : State::kScheduled;
}

bool TakesAnswers(const Occasion& occasion, absl::CivilDay today) {
  if (occasion.end_date.has_value() || occasion.instrument_version_id.empty()) return false;
  const State state = StateOf(occasion, today);
  return state == State::kOpen || state == State::kInProgress || state == State::kMissed;
}

std::optional<absl::CivilDay> AnsweredOn(const Occasion& occasion, const absl::TimeZone& zone) {
  if (!occasion.submit_time.has_value()) return std::nullopt;
  if (occasion.answered_date.has_value()) return occasion.answered_date;
  return absl::ToCivilDay(*occasion.submit_time, zone);
}

bool IsOutOfWindow(const Occasion& occasion, const absl::TimeZone& zone) {
  const std::optional<absl::CivilDay> answered = AnsweredOn(occasion, zone);
  if (!answered.has_value() || !occasion.window.has_value()) return false;
  return *answered < occasion.window->open_date || *answered > occasion.window->close_date;
}

std::optional<absl::CivilDay> EarliestDay(const std::optional<Window>& window,
                                          std::optional<absl::CivilDay> consent_date) {
  if (!window.has_value()) return consent_date;
  if (!consent_date.has_value()) return window->open_date;
  return std::max(window->open_date, *consent_date);
}

absl::StatusOr<Occasion> OccasionFor(const std::vector<Occasion>& occasions, const Occasion& asked) {
  for (const Occasion& known : occasions) {
    if (known.timepoint != asked.timepoint || known.instrument_id != asked.instrument_id) continue;
    if (known.instrument_version_id == asked.instrument_version_id) {
      if (!known.instance_id.empty()) return InstanceExists();
      return known;
    }
    if (known.scheduled) return InstrumentVersionNotScheduled(known.instrument_version);
  }
  return asked;
}

absl::Status CheckOpening(const Occasion& occasion, absl::CivilDay today) {
  if (occasion.end_date.has_value()) return InstanceCancelled();
  if (!occasion.scheduled) return absl::OkStatus();
  if (!occasion.window.has_value()) return InstanceNotDue("ANCHOR_UNKNOWN");
  if (today < occasion.window->open_date) return InstanceNotDue("BEFORE_WINDOW");
  return absl::OkStatus();
}

absl::Status CheckAnsweredDate(absl::CivilDay answered, absl::CivilDay today,
                               std::optional<absl::CivilDay> earliest) {
  if (answered > today) return AnsweredInFuture();
  if (earliest.has_value() && answered < *earliest) return AnsweredBeforeOpening();
  return absl::OkStatus();
}

}  // namespace reprise::questionnaire
