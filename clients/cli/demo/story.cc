// SPDX-License-Identifier: Apache-2.0
#include "clients/cli/demo/story.h"

#include <algorithm>

#include "absl/algorithm/container.h"

#include "clients/cli/demo/course.h"

namespace reprise::cli::demo {
namespace {

// Reasons for exclusion are not equally frequent: early ones of the document more than late ones.
std::vector<std::string> FailedCriteria(const Plan& plan, Dice& dice) {
  std::vector<std::string> codes;
  for (const auto& criterion : plan.document->criteria()) {
    if (criterion.stages().empty() || absl::c_linear_search(criterion.stages(), plan.stage)) {
      codes.push_back(criterion.code());
    }
  }
  std::vector<std::string> failed;
  const double skew = dice.Uniform();
  failed.push_back(codes[static_cast<size_t>(skew * skew * static_cast<double>(codes.size()))]);
  if (dice.Chance(0.2)) {
    const std::string& second = dice.Pick(codes);
    if (second != failed[0]) failed.push_back(second);
  }
  return failed;
}

// Years that the criteria admit, else 18 to 55.
Day BirthOf(const Plan& plan, Dice& dice, Day consent) {
  int low = 27;
  int high = 54;
  for (const auto& criterion : plan.document->criteria()) {
    if (criterion.max_age() == 0) continue;
    low = std::max(low, criterion.min_age());
    high = std::min(high, criterion.max_age() - 1);
  }
  // Breast cancer of working age is a matter of the later years of it.
  const int age = std::max(dice.Between(low, high), dice.Between(low, high));
  return Day(consent.year() - age, 1, 1) - dice.Between(1, 300);
}

}  // namespace

Story Tell(const Plan& plan, size_t site, int number, bool consents) {
  Dice dice(plan.seed, site, static_cast<uint64_t>(number));
  Story story;
  // Recruitment grows over the first quarter of the period, as it does.
  const double share = std::sqrt(dice.Uniform());
  story.screened = plan.opens + static_cast<int>(share * static_cast<double>(plan.closes - plan.opens));
  if (!consents) {
    const double eligible_only = plan.rates.eligible * (1 - plan.rates.consent);
    if (!dice.Chance(eligible_only)) {
      story.failed = FailedCriteria(plan, dice);
      return story;
    }
    if (!plan.document->decline_reasons().empty() && dice.Chance(0.9)) {
      story.decline = plan.document->decline_reasons(
          dice.Between(0, plan.document->decline_reasons_size() - 1)).code();
    }
    return story;
  }
  Participation participation;
  participation.consent = std::min(story.screened + dice.Between(0, 14), plan.today);
  participation.enrolled = std::min(participation.consent + dice.Between(0, 3), plan.today);
  story.identity = Invent(dice, BirthOf(plan, dice, participation.consent));
  TellCourse(plan, dice, participation);
  story.participation = std::move(participation);
  return story;
}

}  // namespace reprise::cli::demo
