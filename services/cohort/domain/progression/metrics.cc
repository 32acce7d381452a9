// SPDX-License-Identifier: Apache-2.0
// What each metric counts; the definitions in words stand in docs/cohort.md.
#include <algorithm>
#include <cmath>

#include "services/cohort/domain/progression/board.h"

namespace reprise::cohort {
namespace {

// 365.25 / 12.
constexpr double kDaysInMonth = 30.4375;

bool IsEnrolled(const Course& course) { return DateOf(course.person, EventKind::kEnrolled).has_value(); }

// Whoever is followed: allocated, or enrolled where nobody is allocated.
bool IsFollowed(const Course& course, const Evidence& evidence) {
  return evidence.has_arms ? course.person.arm.has_value() : IsEnrolled(course);
}

std::optional<absl::CivilDay> DeathOf(const Course& course) {
  return DateOf(course.person, EventKind::kDeceased);
}

// Whether she died before the last day; whoever died on it or later could have done what was due.
bool DiedBefore(const Course& course, absl::CivilDay last) {
  const auto death = DeathOf(course);
  return death.has_value() && *death < last;
}

bool IsPast(const Course& course, absl::CivilDay last) { return last < course.person.today; }

template <typename Counts>
Count Over(const Evidence& evidence, Counts counts) {
  Count count;
  for (const Course& course : evidence.courses) counts(course, count);
  return count;
}

void AddIf(Count& count, bool due, bool done) {
  count.denominator += due;
  count.numerator += due && done;
}

// By participant: everything of the timepoint is due and not cut short by death.
Count Retention(const Evidence& evidence, absl::string_view timepoint) {
  return Over(evidence, [&](const Course& course, Count& count) {
    bool any = false, all_past = true, all_submitted = true;
    for (const Due& due : course.questionnaires) {
      if (due.timepoint != timepoint) continue;
      any = true;
      all_past = all_past && IsPast(course, due.closes) && !DiedBefore(course, due.closes);
      all_submitted = all_submitted && due.submitted;
    }
    AddIf(count, IsFollowed(course, evidence) && any && all_past, all_submitted);
  });
}

// By questionnaire.
Count QuestionnaireReturn(const Evidence& evidence, absl::string_view timepoint) {
  return Over(evidence, [&](const Course& course, Count& count) {
    for (const Due& due : course.questionnaires) {
      if (due.timepoint != timepoint) continue;
      AddIf(count, IsFollowed(course, evidence) && IsPast(course, due.closes) && !DiedBefore(course, due.closes),
            due.submitted);
    }
  });
}

Count Ascertainability(const Evidence& evidence) {
  return Over(evidence, [&](const Course& course, Count& count) {
    const bool due = IsFollowed(course, evidence) && course.t0.has_value() &&
                     IsPast(course, course.t0_and_a_year + (kRunDays - 1));
    AddIf(count, due, due && IsAscertainable(*course.t0, course.t0_and_a_year, course.work, DeathOf(course)));
  });
}

Count Fidelity(const Evidence& evidence, absl::string_view component) {
  return Over(evidence, [&](const Course& course, Count& count) {
    if (!course.person.arm.has_value() || !course.intervention_arm) return;
    for (const Offer& offer : course.components) {
      if (!component.empty() && offer.component != component) continue;
      AddIf(count, offer.applicable && IsPast(course, offer.closes) && !DiedBefore(course, offer.closes),
            offer.in_window);
    }
  });
}

Count Contamination(const Evidence& evidence) {
  return Over(evidence, [&](const Course& course, Count& count) {
    AddIf(count, course.person.arm.has_value() && !course.intervention_arm, course.contaminated);
  });
}

}  // namespace

std::optional<Count> CountOf(absl::string_view metric, absl::string_view of, const Evidence& evidence) {
  const FlowCounts& flow = evidence.flow;
  if (metric == "ELIGIBILITY") return Count{flow.eligible, flow.screened};
  if (metric == "CONSENT") return Count{flow.consented, flow.consented + flow.declined};
  if (metric == "RANDOMISATION") return Count{flow.randomised, flow.consented};
  if (metric == "RECRUITMENT_RATE") {
    return Count{evidence.has_arms ? flow.randomised : flow.enrolled,
                 std::llround(1000 * static_cast<double>(evidence.open_days) / kDaysInMonth)};
  }
  if (metric == "T0_KNOWN") {
    return Over(evidence, [](const Course& course, Count& count) {
      AddIf(count, IsEnrolled(course), course.t0.has_value());
    });
  }
  if (metric == "WITHDRAWAL") {
    return Over(evidence, [](const Course& course, Count& count) {
      AddIf(count, IsEnrolled(course), DateOf(course.person, EventKind::kWithdrawn).has_value());
    });
  }
  if (metric == "RETENTION") return Retention(evidence, of);
  if (metric == "QUESTIONNAIRE_RETURN") return QuestionnaireReturn(evidence, of);
  if (metric == "ASCERTAINABILITY") return Ascertainability(evidence);
  if (metric == "FIDELITY") return Fidelity(evidence, of);
  if (metric == "CONTAMINATION") return Contamination(evidence);
  return std::nullopt;
}

}  // namespace reprise::cohort
