// SPDX-License-Identifier: Apache-2.0
#include "services/phase/domain/legal/sentence.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace reprise::legal {
namespace {

constexpr const char* kEnglishMonths[] = {"January", "February", "March",     "April",
                                          "May",     "June",     "July",      "August",
                                          "September", "October", "November", "December"};

// French counts 0 and 1 in the singular.
std::string French(int count, const char* one, const char* many) {
  return absl::StrCat(count, " ", count > 1 ? many : one);
}
std::string English(int count, const char* one, const char* many) {
  return absl::StrCat(count, " ", count == 1 ? one : many);
}

Text Amount(const Threshold& threshold) {
  if (threshold.months) {
    return {.fr = absl::StrCat(threshold.amount, " mois"),
            .en = English(threshold.amount, "month", "months")};
  }
  return {.fr = French(threshold.amount, "jour", "jours"),
          .en = English(threshold.amount, "day", "days")};
}

Text Compared(const Threshold& threshold) {
  const Text amount = Amount(threshold);
  if (threshold.comparison == Comparison::kMoreThan) {
    return {.fr = absl::StrCat("de plus de ", amount.fr),
            .en = absl::StrCat("of more than ", amount.en)};
  }
  return {.fr = absl::StrCat("d'au moins ", amount.fr),
          .en = absl::StrCat("of at least ", amount.en)};
}

Text Reason(Cause cause) {
  switch (cause) {
    case Cause::kIllness:
      return {.fr = "pour maladie ou accident non professionnel",
              .en = "for non-occupational illness or accident"};
    case Cause::kWorkAccident:
      return {.fr = "pour accident du travail", .en = "for a work accident"};
    case Cause::kOccupationalDisease:
      return {.fr = "pour maladie professionnelle", .en = "for an occupational disease"};
    case Cause::kMaternity: return {.fr = "de maternité", .en = "for maternity"};
  }
  return {};
}

std::string FillOne(const std::string& pattern, const std::map<std::string, Text>& words,
                    std::string Text::*language) {
  std::string filled;
  size_t at = 0;
  while (at < pattern.size()) {
    const size_t open = pattern.find('{', at);
    const size_t close = open == std::string::npos ? open : pattern.find('}', open);
    if (close == std::string::npos) break;
    const auto word = words.find(pattern.substr(open + 1, close - open - 1));
    filled.append(pattern, at, open - at);
    filled += word == words.end() ? pattern.substr(open, close + 1 - open) : word->second.*language;
    at = close + 1;
  }
  filled.append(pattern, at, std::string::npos);
  return filled;
}

}  // namespace

void Words::Set(const std::string& name, Text text) { words_[name] = std::move(text); }

void Words::SetDate(const std::string& name, absl::CivilDay day) {
  Set(name, {.fr = absl::StrFormat("%02d/%02d/%04d", day.day(), day.month(), day.year()),
             .en = absl::StrCat(day.day(), " ", kEnglishMonths[day.month() - 1], " ", day.year())});
}

void Words::SetDays(const std::string& name, int days) {
  Set(name, {.fr = French(days, "jour", "jours"), .en = English(days, "day", "days")});
}

void Words::SetWorkingDays(const std::string& name, int days) {
  Set(name, {.fr = French(days, "jour ouvrable", "jours ouvrables"),
             .en = English(days, "working day", "working days")});
}

void Words::SetNumber(const std::string& name, int number) {
  Set(name, {.fr = absl::StrCat(number), .en = absl::StrCat(number)});
}

void Words::SetThreshold(const std::string& name, const Threshold& threshold) {
  Set(name, Compared(threshold));
}

void Words::SetRequirement(const std::string& name, const Threshold& threshold, Cause cause) {
  const Text reason = Reason(cause);
  const Text compared = Compared(threshold);
  const bool any_length =
      !threshold.months && threshold.amount == 1 && threshold.comparison == Comparison::kAtLeast;
  const std::string leave_fr = cause == Cause::kMaternity ? "un congé" : "un arrêt";
  if (any_length) {
    Set(name, {.fr = absl::StrCat(leave_fr, " ", reason.fr, ", quelle qu'en soit la durée"),
               .en = absl::StrCat("a leave ", reason.en, ", whatever its length")});
  } else {
    Set(name, {.fr = absl::StrCat(leave_fr, " ", compared.fr, " ", reason.fr),
               .en = absl::StrCat("a leave ", compared.en, " ", reason.en)});
  }
}

Text Words::Fill(const Text& pattern) const {
  return {.fr = FillOne(pattern.fr, words_, &Text::fr),
          .en = FillOne(pattern.en, words_, &Text::en)};
}

}  // namespace reprise::legal
