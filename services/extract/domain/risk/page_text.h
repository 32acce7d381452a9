// SPDX-License-Identifier: Apache-2.0
// Every text of the risk page in the languages of the platform, and numbers as each writes them.
#ifndef REPRISE_EXTRACT_DOMAIN_RISK_PAGE_TEXT_H_
#define REPRISE_EXTRACT_DOMAIN_RISK_PAGE_TEXT_H_

#include <map>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/optional.h"

namespace reprise::extract::risk {

enum class Language { kFrench, kEnglish };

// "fr" or "en"; nullopt for anything else.
absl::optional<Language> LanguageOf(absl::string_view code);

struct Texts {
  std::string code, title, intro;
  std::string verdict_kept, verdict_broken, verdict_none, verified, not_verified;
  std::string file_heading, persons, suppressed, classes, smallest_class, person_unit;
  std::string promises_heading, model, reached, holds, yes, no;
  std::string risk_heading, risk_intro, attacker, highest, average;
  std::string prosecutor, prosecutor_note, journalist, journalist_bound, journalist_expected;
  std::string marketer, marketer_note, below_threshold;
  std::string sizes_heading, sizes_axis, sizes_caption, sizes_safe, sizes_small;
  std::string unique_heading, sample_uniques, estimates, population_missing, not_identified;
  std::string minimal_heading, minimal_intro, minimal_none, variables, combinations, share,
      searched;
  std::string sensitive_heading, sensitive_intro, column, values, distinct, entropy, t_equal,
      t_ordered, t_hierarchical, homogeneous;
  std::string loss_heading, loss_intro, loss, closed_cells, loss_missing, mean_loss, loss_caption;
  std::string tables_heading, tables_intro, closed, total, unsafe_table, left_out;
  std::map<std::string, std::string> models;  // by kind; {0}, {1} are its numbers
  std::string limits_heading;
  std::vector<std::string> limits;
};

const Texts& TextsFor(Language language);
const Texts& EnglishTexts();
const Texts& FrenchTexts();

// `template_text` with {0}, {1} ... replaced.
std::string Fill(const std::string& template_text, const std::vector<std::string>& values);
// 12 345 or 12,345.
std::string Whole(uint64_t value, Language language);
// `digits` after the decimal comma or point.
std::string Decimal(double value, int digits, Language language);
// 0.0123 as "1,23 %" or "1.23%".
std::string Percent(double share, Language language);

}  // namespace reprise::extract::risk

#endif  // REPRISE_EXTRACT_DOMAIN_RISK_PAGE_TEXT_H_
