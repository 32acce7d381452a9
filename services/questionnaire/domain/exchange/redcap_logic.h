// SPDX-License-Identifier: Apache-2.0
// REDCap's logic (branching, calculations) put into our language and back. The two look alike, so
// what is common stays word for word; what means something else is told, and what cannot be said
// is refused, never approximated (docs/instruments.md, "REDCap logic").
#ifndef REPRISE_QUESTIONNAIRE_DOMAIN_EXCHANGE_REDCAP_LOGIC_H_
#define REPRISE_QUESTIONNAIRE_DOMAIN_EXCHANGE_REDCAP_LOGIC_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

#include "services/questionnaire/domain/expression/check.h"

namespace reprise::exchange {

struct Translated {
  std::string text;                   // empty where refused
  std::vector<std::string> changes;   // differences in form or meaning, a sentence each
  std::vector<std::string> refusals;  // why there is no text
  bool refused() const { return !refusals.empty(); }
};

// `symbols`: the items of the same dictionary. `condition`: a branching, whose result must be a
// condition; otherwise a calculation.
Translated FromRedcap(absl::string_view logic, const expression::Symbols& symbols, bool condition);

// Requires logic that parses. Functions that REDCap does not have are written out where that means
// the same, otherwise refused.
Translated ToRedcap(absl::string_view logic);

}  // namespace reprise::exchange

#endif  // REPRISE_QUESTIONNAIRE_DOMAIN_EXCHANGE_REDCAP_LOGIC_H_
