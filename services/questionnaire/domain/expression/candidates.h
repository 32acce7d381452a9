// SPDX-License-Identifier: Apache-2.0
// Which answers to try for an item so that branching is judged on all that matters: every code of a
// choice; for a number or date that is only compared with constants, each constant and one value
// from each gap between them. Where that is everything, trying them all decides.
#ifndef REPRISE_QUESTIONNAIRE_DOMAIN_EXPRESSION_CANDIDATES_H_
#define REPRISE_QUESTIONNAIRE_DOMAIN_EXPRESSION_CANDIDATES_H_

#include <map>
#include <set>
#include <string>
#include <vector>

#include "services/questionnaire/domain/expression/check.h"

namespace reprise::expression {

// How expressions use one answer.
struct Uses {
  std::set<double> numbers;      // constants it is compared with
  std::set<int32_t> days;        // the same, dates
  std::set<std::string> texts;   // the same, texts
  bool only_compared = true;     // with constants and blankness, nothing else
  bool ordered = false;          // by < and the like, or between, or band
};

// Adds what `expression` does with each of its references. Constants elsewhere in the expression
// count for references that are not only compared.
void AddUses(const Expression& expression, std::map<Reference, Uses>& uses);

struct Candidates {
  std::vector<Value> values;  // never empty
  bool exhaustive = false;    // no other answer could make a difference
};

Candidates CandidatesOf(const Symbol& symbol, const Uses& uses, bool may_be_blank);

}  // namespace reprise::expression

#endif  // REPRISE_QUESTIONNAIRE_DOMAIN_EXPRESSION_CANDIDATES_H_
