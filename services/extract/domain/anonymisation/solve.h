// SPDX-License-Identifier: Apache-2.0
// One entry to all methods: optimal, cells, local, mondrian, and portfolio, which runs the last
// three and keeps the best. Where a method finds nothing or does not suit the case, one coding a
// column stands in, which is a special case of all.
#ifndef REPRISE_EXTRACT_DOMAIN_ANONYMISATION_SOLVE_H_
#define REPRISE_EXTRACT_DOMAIN_ANONYMISATION_SOLVE_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

#include "services/extract/domain/anonymisation/model.h"
#include "services/extract/domain/anonymisation/recoding.h"
#include "services/extract/domain/anonymisation/records.h"

namespace reprise::extract::anonymisation {

enum class Method { kOptimal, kCells, kLocal, kMondrian, kPortfolio };

struct Effort {
  uint64_t budget = 0;  // iterations of the search (nodes for `optimal`); 0: the method's default
  uint64_t seed = 1;
  int threads = 1;  // never changes the result
};

// INVALID_ARGUMENT METHOD_UNKNOWN.
absl::StatusOr<Method> ParseMethod(absl::string_view name);

// Canonical recodings that satisfy the case by the solver's own count, best first: one for a single
// method, for the portfolio one for each that found any.
//   FAILED_PRECONDITION NOTHING_RELEASABLE, METHOD_UNSUITED
absl::StatusOr<std::vector<Recoding>> Solve(const Case& request, const Records& records,
                                            Method method, const Effort& effort);

}  // namespace reprise::extract::anonymisation

#endif  // REPRISE_EXTRACT_DOMAIN_ANONYMISATION_SOLVE_H_
