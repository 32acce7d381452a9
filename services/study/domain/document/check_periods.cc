// SPDX-License-Identifier: Apache-2.0
// Days that follow each other: openings, validities, ages, windows of components.
#include <algorithm>

#include "absl/strings/str_cat.h"

#include "services/study/domain/document/faults.h"

namespace reprise::study {
namespace {

void CheckOrder(const Spot& spot, const char* first, const char* last, Faults& faults) {
  const auto from = DayOf(*spot.node, first);
  const auto until = DayOf(*spot.node, last);
  if (from.has_value() && until.has_value() && *until < *from) {
    faults.AddField(spot, last, "PERIOD_REVERSED", absl::StrCat("The last day lies before `", first, "`."));
  }
}

void CheckAges(const Spot& criterion, Faults& faults) {
  const int64_t min = WholeOf(*criterion.node, "min_age").value_or(0);
  const int64_t max = WholeOf(*criterion.node, "max_age").value_or(0);
  if (max < min || (max == 0) != (min == 0)) {
    faults.AddField(criterion, "max_age", "PERIOD_REVERSED",
                    "A criterion of age has a youngest and an oldest age, the oldest not below the youngest.");
  }
}

// Whether the window ends before it begins, for at least one anchor: a month has 28 to 31 days.
bool IsReversed(const YamlNode& component) {
  const auto number = [&](const char* field) { return WholeOf(component, field).value_or(0); };
  const int64_t months = number("until_months") - number("from_months");
  const int64_t days = number("until_days") - number("from_days");
  if (std::max({std::abs(number("until_months")), std::abs(number("from_months")), std::abs(number("until_days")),
                std::abs(number("from_days"))}) > 100000) {
    return false;  // NUMBER_OUT_OF_RANGE says it
  }
  return months * (months >= 0 ? 28 : 31) + days < 0;
}

bool ShareAStage(const YamlNode& a, const YamlNode& b) {
  const std::vector<std::string> of_a = TextsOf(a, "stages");
  const std::vector<std::string> of_b = TextsOf(b, "stages");
  return of_a.empty() || of_b.empty() || std::any_of(of_a.begin(), of_a.end(), [&](const std::string& stage) {
           return std::find(of_b.begin(), of_b.end(), stage) != of_b.end();
         });
}

bool Overlap(const YamlNode& a, const YamlNode& b) {
  const auto a_from = DayOf(a, "valid_from"), b_from = DayOf(b, "valid_from");
  if (!a_from.has_value() || !b_from.has_value()) return false;
  const auto a_until = DayOf(a, "valid_until"), b_until = DayOf(b, "valid_until");
  return (!a_until.has_value() || *b_from <= *a_until) && (!b_until.has_value() || *a_from <= *b_until);
}

}  // namespace

void CheckPeriods(const Spot& root, Faults& faults) {
  for (const char* const list : {"sites", "stages"}) {
    for (const Spot& spot : Spots(root, list)) CheckOrder(spot, "opens_on", "closes_on", faults);
  }
  for (const Spot& form : Spots(root, "consent_forms")) CheckOrder(form, "valid_from", "valid_until", faults);
  for (const Spot& criterion : Spots(root, "criteria")) CheckAges(criterion, faults);
  for (const Spot& component : Spots(root, "components")) {
    if (!IsReversed(*component.node)) continue;
    faults.AddField(component, "until_months", "WINDOW_REVERSED", "The window may end before it begins.");
  }
}

void CheckConsentForms(const Spot& root, Faults& faults) {
  const std::vector<Spot> forms = Spots(root, "consent_forms");
  for (size_t i = 0; i < forms.size(); ++i) {
    for (size_t j = 0; j < i; ++j) {
      const YamlNode& a = *forms[j].node;
      const YamlNode& b = *forms[i].node;
      if (TextOf(a, "code") != TextOf(b, "code") || TextOf(a, "version") == TextOf(b, "version")) continue;
      if (!ShareAStage(a, b) || !Overlap(a, b)) continue;
      faults.AddField(forms[i], "valid_from", "CONSENT_FORMS_OVERLAP",
                      absl::StrCat("Version ", TextOf(a, "version"), " of the form, line ", a.line,
                                   ", is valid on a day of this one."));
    }
  }
}

void CheckSchedules(const Spot& root, Faults& faults) {
  const std::vector<Spot> all = Spots(root, "questionnaires");
  for (size_t i = 0; i < all.size(); ++i) {
    for (size_t j = 0; j < i; ++j) {
      const YamlNode& a = *all[j].node;
      const YamlNode& b = *all[i].node;
      if (TextOf(a, "timepoint") != TextOf(b, "timepoint") || TextOf(a, "instrument") != TextOf(b, "instrument") ||
          TextOf(a, "instrument").empty() || !ShareAStage(a, b)) {
        continue;
      }
      faults.AddField(all[i], "instrument", "QUESTIONNAIRE_TWICE",
                      absl::StrCat("The instrument stands at this timepoint in line ", a.line, " already."));
    }
  }
}

}  // namespace reprise::study
