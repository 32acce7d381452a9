// SPDX-License-Identifier: Apache-2.0
// What an expression can come to, whatever the answers: an enclosure, never too small. It proves
// that a condition is always or never true where there are too many answers to try them all.
#ifndef REPRISE_QUESTIONNAIRE_DOMAIN_EXPRESSION_INTERVAL_H_
#define REPRISE_QUESTIONNAIRE_DOMAIN_EXPRESSION_INTERVAL_H_

#include <functional>
#include <limits>

#include "services/questionnaire/domain/expression/check.h"

namespace reprise::expression {

struct Enclosure {
  bool null = true;
  bool other = true;  // a date, or a text that is no number
  // Numbers, with booleans as 0 and 1 and texts that are numbers; none where low > high.
  double low = -std::numeric_limits<double>::infinity();
  double high = std::numeric_limits<double>::infinity();

  bool has_number() const { return low <= high; }
  bool may_be_true() const { return has_number() && (low != 0 || high != 0); }
  bool may_be_false() const { return has_number() && low <= 0 && high >= 0; }
  bool may_be_unknown() const { return null || other; }
};

Enclosure EnclosureOf(const Symbol& symbol, bool may_be_blank);

// `of_reference` encloses each answer.
Enclosure Enclose(const Expression& expression,
                  const std::function<Enclosure(const Reference&)>& of_reference);

}  // namespace reprise::expression

#endif  // REPRISE_QUESTIONNAIRE_DOMAIN_EXPRESSION_INTERVAL_H_
