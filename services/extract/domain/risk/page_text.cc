// SPDX-License-Identifier: Apache-2.0
#include "services/extract/domain/risk/page_text.h"

#include <cmath>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_replace.h"

namespace reprise::extract::risk {
namespace {

constexpr char kNarrowSpace[] = "\u202F";

}  // namespace

absl::optional<Language> LanguageOf(absl::string_view code) {
  if (code == "fr") return Language::kFrench;
  if (code == "en") return Language::kEnglish;
  return absl::nullopt;
}

const Texts& TextsFor(Language language) {
  return language == Language::kFrench ? FrenchTexts() : EnglishTexts();
}

std::string Fill(const std::string& template_text, const std::vector<std::string>& values) {
  std::string text = template_text;
  for (size_t i = 0; i < values.size(); ++i) {
    text = absl::StrReplaceAll(text, {{absl::StrCat("{", i, "}"), values[i]}});
  }
  return text;
}

std::string Whole(uint64_t value, Language language) {
  const std::string digits = absl::StrCat(value);
  std::string text;
  for (size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0)
      text += language == Language::kFrench ? kNarrowSpace : ",";
    text += digits[i];
  }
  return text;
}

std::string Decimal(double value, int digits, Language language) {
  if (!std::isfinite(value)) return "∞";
  std::string text = absl::StrFormat("%.*f", digits, value);
  if (language == Language::kFrench) text = absl::StrReplaceAll(text, {{".", ","}});
  return text;
}

std::string Percent(double share, Language language) {
  const double percent = 100 * share;
  const int digits = percent != 0 && std::fabs(percent) < 10 ? 2 : 1;
  // A small share must not read as none.
  const bool tiny = percent > 0 && percent < 0.005;
  const std::string number =
      tiny ? absl::StrCat("< ", Decimal(0.01, 2, language)) : Decimal(percent, digits, language);
  return absl::StrCat(number,
                      language == Language::kFrench ? absl::StrCat(kNarrowSpace, "%") : "%");
}

}  // namespace reprise::extract::risk
