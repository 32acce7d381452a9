// SPDX-License-Identifier: Apache-2.0
#include "services/questionnaire/domain/schedule/completeness.h"

#include <algorithm>
#include <tuple>

#include "absl/strings/str_cat.h"

namespace reprise::questionnaire {
namespace {

absl::CivilDay AddMonths(absl::CivilDay day, int months) {
  const absl::CivilMonth month = absl::CivilMonth(day) + months;
  const absl::CivilDay last = absl::CivilDay(month + 1) - 1;
  return absl::CivilDay(month) + (std::min(day.day(), last.day()) - 1);
}

void Count(const Occasion& occasion, const CountedPerson& person, absl::TimeZone zone, CompletenessCount& count) {
  ++count.participants;
  switch (StateOf(occasion, person.today)) {
    case State::kSubmitted: ++(IsOutOfWindow(occasion, zone) ? count.out_of_window : count.in_window); break;
    case State::kOpen:
    case State::kInProgress: ++count.open; break;
    case State::kMissed: ++count.missed; break;
    case State::kCancelled: ++count.cancelled; break;
    case State::kScheduled: ++(occasion.window.has_value() ? count.later : count.anchor_unknown); break;
  }
}

}  // namespace

std::optional<Window> WindowOf(const ScheduledForm& form, const CountedPerson& person) {
  const auto anchor = person.anchors.find(form.anchor);
  if (anchor == person.anchors.end()) return std::nullopt;
  const absl::CivilDay target = AddMonths(anchor->second, form.offset_months) + form.offset_days;
  return Window{.open_date = target - form.before_days, .target_date = target, .close_date = target + form.after_days};
}

std::vector<CompletenessCount> CountByForm(const std::vector<CountedPerson>& people,
                                           const std::vector<ScheduledForm>& forms, const OpenedForms& opened) {
  std::map<int, std::vector<const ScheduledForm*>> of_version;
  for (const ScheduledForm& form : forms) of_version[form.protocol_version].push_back(&form);
  std::map<std::string, absl::TimeZone> zones;
  std::map<std::tuple<std::string, std::string, Respondent>, CompletenessCount> counts;
  for (const CountedPerson& person : people) {
    const auto [zone, is_new] = zones.try_emplace(person.time_zone);
    if (is_new) absl::LoadTimeZone(person.time_zone, &zone->second);
    for (const ScheduledForm* const form : of_version[person.protocol_version]) {
      Occasion occasion{.scheduled = true, .window = WindowOf(*form, person), .end_date = person.end_date};
      Respondent respondent = form->respondent;
      const auto at = opened.find(
          absl::StrCat(person.participant_id, "/", form->instrument_version_id, "/", form->timepoint));
      if (at != opened.end()) {
        occasion.instance_id = at->first;
        occasion.submit_time = at->second.submit_time;
        occasion.answered_date = at->second.answered_date;
        respondent = at->second.respondent;
      }
      CompletenessCount& count = counts[{form->timepoint, form->instrument_id, respondent}];
      if (count.participants == 0) count.position = form->position;
      count.position = std::min(count.position, form->position);
      count.required = count.required || form->required;
      if (!form->instrument_version_id.empty()) count.instrument_version_id = form->instrument_version_id;
      Count(occasion, person, zone->second, count);
    }
  }
  std::vector<CompletenessCount> list;
  for (auto& [key, count] : counts) {
    std::tie(count.timepoint, count.instrument_id, count.respondent) = key;
    list.push_back(std::move(count));
  }
  std::stable_sort(list.begin(), list.end(), [](const auto& a, const auto& b) { return a.position < b.position; });
  return list;
}

}  // namespace reprise::questionnaire
