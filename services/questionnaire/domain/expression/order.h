// SPDX-License-Identifier: Apache-2.0
// Dependency order with every circle found on the way; EvaluationOrder and CheckForm stand on it.
#ifndef REPRISE_QUESTIONNAIRE_DOMAIN_EXPRESSION_ORDER_H_
#define REPRISE_QUESTIONNAIRE_DOMAIN_EXPRESSION_ORDER_H_

#include <map>
#include <string>
#include <vector>

#include "services/questionnaire/domain/expression/expression.h"

namespace reprise::expression {

struct Ordering {
  std::vector<std::string> order;                // without the names that stand in a circle
  std::vector<std::vector<std::string>> cycles;  // each once, no name in two
};

// A name follows those that its expressions refer to; among free ones, by name.
Ordering OrderOf(const std::map<std::string, std::vector<const Expression*>>& expressions);

}  // namespace reprise::expression

#endif  // REPRISE_QUESTIONNAIRE_DOMAIN_EXPRESSION_ORDER_H_
