// SPDX-License-Identifier: Apache-2.0
// The rules between one earlier release and the request.
#ifndef REPRISE_EXTRACT_DOMAIN_GUARD_PAIR_H_
#define REPRISE_EXTRACT_DOMAIN_GUARD_PAIR_H_

#include <utility>
#include <vector>

#include "services/extract/domain/guard/guard.h"
#include "services/extract/domain/guard/join.h"

namespace reprise::extract::guard {

struct PairResult {
  std::vector<Finding> findings;  // at most one a rule (and column)
  // Pairs of the request's classes whose merging would help, as numbers.
  std::vector<std::pair<uint32_t, uint32_t>> merges;
};

// An intersection, or a set of possible values, that is no smaller than one of the two releases
// shows by itself gives nothing further away and breaks no rule.
PairResult CheckPair(const Beside& pair, const Numbered& request, const Rules& rules);

}  // namespace reprise::extract::guard

#endif  // REPRISE_EXTRACT_DOMAIN_GUARD_PAIR_H_
