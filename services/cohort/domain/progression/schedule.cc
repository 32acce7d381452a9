// SPDX-License-Identifier: Apache-2.0
#include "services/cohort/domain/progression/schedule.h"

#include <algorithm>

namespace reprise::cohort {
namespace {

bool HadLeaveLongerThan(const CourseFacts& facts, int months, absl::CivilDay today) {
  return std::any_of(facts.leaves.begin(), facts.leaves.end(), [&](const LeaveRun& leave) {
    return std::min(leave.end.value_or(today), today) >= AddMonths(leave.start, months);
  });
}

Offer OfferOf(const ComponentRule& rule, absl::CivilDay anchor, const CourseFacts& facts, absl::CivilDay today) {
  const absl::CivilDay opens = AddMonths(anchor, rule.from_months) + rule.from_days;
  const absl::CivilDay closes = AddMonths(anchor, rule.until_months) + rule.until_days;
  const bool in_window =
      std::any_of(facts.deliveries.begin(), facts.deliveries.end(), [&](const Delivery& delivery) {
        return delivery.component == rule.component && opens <= delivery.date && delivery.date <= closes;
      });
  return {.component = rule.component,
          .closes = closes,
          .applicable = rule.leave_longer_than_months == 0 ||
                        HadLeaveLongerThan(facts, rule.leave_longer_than_months, today),
          .in_window = in_window};
}

}  // namespace

absl::CivilDay AddMonths(absl::CivilDay day, int months) {
  const absl::CivilMonth month = absl::CivilMonth(day) + months;
  const absl::CivilDay last = absl::CivilDay(month + 1) - 1;
  return std::min(absl::CivilDay(month) + (day.day() - 1), last);
}

void Schedule(const Rules& rules, const CourseFacts& facts, Course& course) {
  for (const QuestionnaireRule& rule : rules.questionnaires) {
    const auto anchor = facts.anchors.find(rule.anchor);
    if (rule.protocol_version != course.person.protocol_version || anchor == facts.anchors.end()) continue;
    course.questionnaires.push_back({.timepoint = rule.timepoint,
                                     .closes = AddMonths(anchor->second, rule.months) + rule.days,
                                     .submitted = facts.submitted.count({rule.timepoint, rule.instrument}) > 0});
  }
  for (const ComponentRule& rule : rules.components) {
    const auto anchor = facts.anchors.find(rule.anchor);
    if (rule.protocol_version != course.person.protocol_version || anchor == facts.anchors.end()) continue;
    course.components.push_back(OfferOf(rule, anchor->second, facts, course.person.today));
  }
  if (const auto t0 = facts.anchors.find("T0"); t0 != facts.anchors.end()) {
    course.t0 = t0->second;
    course.t0_and_a_year = AddMonths(t0->second, 12);
  }
}

}  // namespace reprise::cohort
