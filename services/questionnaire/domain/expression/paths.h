// SPDX-License-Identifier: Apache-2.0
// Judges a condition over the answer paths of a form: every combination of answers, with hidden
// items blank and computed ones computed. Constraints are not used, so what is called possible may
// in truth be refused; what is called impossible is.
#ifndef REPRISE_QUESTIONNAIRE_DOMAIN_EXPRESSION_PATHS_H_
#define REPRISE_QUESTIONNAIRE_DOMAIN_EXPRESSION_PATHS_H_

#include <map>
#include <string>
#include <vector>

#include "services/questionnaire/domain/expression/check.h"

namespace reprise::expression {

struct Form {
  std::map<std::string, const FormItem*> items;
  std::map<std::string, size_t> ranks;  // of items that can be judged, dependencies first
  const Symbols* symbols = nullptr;     // the form's own items and those elsewhere
  int evaluations = 0;
};

enum class Verdict : uint8_t {
  kSometimes,  // true on one path and not on another
  kAlways,
  kNever,      // false or null on every path
  kUndecided,  // too many answers to try, and the enclosure leaves it open
  kNotJudged,  // depends on an item that has errors or stands in a circle
};

Verdict Judge(const Form& form, const Expression& condition);

}  // namespace reprise::expression

#endif  // REPRISE_QUESTIONNAIRE_DOMAIN_EXPRESSION_PATHS_H_
