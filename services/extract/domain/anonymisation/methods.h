// SPDX-License-Identifier: Apache-2.0
// Methods B, C and D. None of them takes a population beside the released records: what a class
// means there is defined for one coding a column only.
#ifndef REPRISE_EXTRACT_DOMAIN_ANONYMISATION_METHODS_H_
#define REPRISE_EXTRACT_DOMAIN_ANONYMISATION_METHODS_H_

#include "absl/status/statusor.h"

#include "services/extract/domain/anonymisation/model.h"
#include "services/extract/domain/anonymisation/recoding.h"
#include "services/extract/domain/anonymisation/records.h"
#include "services/extract/domain/anonymisation/solve.h"

namespace reprise::extract::anonymisation {

// All return a canonical recoding that satisfies the case.
//   FAILED_PRECONDITION NOTHING_RELEASABLE, METHOD_UNSUITED

// B: one base level a column, single cells set to "*". Coordinate descent over base levels,
// annealing below.
absl::StatusOr<Recoding> SolveCells(const Case& request, const Records& records,
                                    const Effort& effort);
// C: classes of their own labels each; peeling and annealing.
absl::StatusOr<Recoding> SolveLocal(const Case& request, const Records& records,
                                    const Effort& effort);
// D: hierarchical Mondrian, without search; for data too large for the others.
absl::StatusOr<Recoding> SolveMondrian(const Case& request, const Records& records);

}  // namespace reprise::extract::anonymisation

#endif  // REPRISE_EXTRACT_DOMAIN_ANONYMISATION_METHODS_H_
