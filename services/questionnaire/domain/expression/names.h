// SPDX-License-Identifier: Apache-2.0
// Looks a reference up among the items of a form, and tells what is wrong with it.
#ifndef REPRISE_QUESTIONNAIRE_DOMAIN_EXPRESSION_NAMES_H_
#define REPRISE_QUESTIONNAIRE_DOMAIN_EXPRESSION_NAMES_H_

#include <optional>
#include <string>

#include "services/questionnaire/domain/expression/check.h"

namespace reprise::expression {

struct Named {
  ResultType type = ResultType::kAny;
  const Symbol* symbol = nullptr;  // null where unknown; of `symbols`
  std::optional<Problem> problem;
};

Named Find(const Symbols& symbols, const Reference& reference, Place place);

// The type of the item's answer; of one box for kBoxes.
ResultType TypeOf(const Symbol& symbol);
// Whether every code is a number (then answers are numbers).
bool CodesAreNumbers(const Symbol& symbol);
// Whether a literal equals one of the codes, as the language compares.
bool HasCode(const Symbol& symbol, const Term& literal);
std::string NearestCode(const Symbol& symbol, const Term& literal);

}  // namespace reprise::expression

#endif  // REPRISE_QUESTIONNAIRE_DOMAIN_EXPRESSION_NAMES_H_
