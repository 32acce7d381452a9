// SPDX-License-Identifier: Apache-2.0
// Method A, full-domain generalisation: one level per attribute, violating classes suppressed
// whole. Best-first branch and bound over the lattice, exact for every metric and every model.
#ifndef REPRISE_EXTRACT_DOMAIN_ANONYMISATION_OPTIMAL_H_
#define REPRISE_EXTRACT_DOMAIN_ANONYMISATION_OPTIMAL_H_

#include "absl/status/statusor.h"

#include "services/extract/domain/anonymisation/model.h"
#include "services/extract/domain/anonymisation/recoding.h"
#include "services/extract/domain/anonymisation/records.h"

namespace reprise::extract::anonymisation {

// `most_nodes` limits the nodes taken from the queue, 0 for no limit; when it stops the search, the
// best node found is returned with the bound that is proven (Recoding::lower_bound).
//   FAILED_PRECONDITION NOTHING_RELEASABLE: no node is feasible, or the best suppresses everyone.
//   FAILED_PRECONDITION METHOD_UNSUITED: see keys.h.
absl::StatusOr<Recoding> SolveOptimal(const Case& request, const Records& records,
                                      uint64_t most_nodes);

}  // namespace reprise::extract::anonymisation

#endif  // REPRISE_EXTRACT_DOMAIN_ANONYMISATION_OPTIMAL_H_
