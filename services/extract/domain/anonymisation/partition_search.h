// SPDX-License-Identifier: Apache-2.0
// The search behind local recoding, cell suppression and Mondrian: a first partition, then
// annealing from one or more starts; the cheapest is returned, the same whatever the number of
// threads.
#ifndef REPRISE_EXTRACT_DOMAIN_ANONYMISATION_PARTITION_SEARCH_H_
#define REPRISE_EXTRACT_DOMAIN_ANONYMISATION_PARTITION_SEARCH_H_

#include "absl/status/statusor.h"

#include "services/extract/domain/anonymisation/keys.h"
#include "services/extract/domain/anonymisation/model.h"
#include "services/extract/domain/anonymisation/recoding.h"

namespace reprise::extract::anonymisation {

struct PartitionPlan {
  // Where to begin: peeling, Mondrian, or the cheaper of the two.
  enum class First { kPeel, kMondrian, kCheaper };
  Ladders ladders;
  First first = First::kCheaper;
  uint64_t least_size = 1;  // raised to what the models need
  uint64_t proposals = 0;   // of each start
  int starts = 1;
  uint64_t seed = 1;
  int threads = 1;
};

struct PartitionResult {
  Recoding recoding;  // class numbers and labels only; not canonical
  double cost = 0;    // mean loss per person under the metric's weights
};

// FAILED_PRECONDITION METHOD_UNSUITED (keys.h).
absl::StatusOr<PartitionResult> SearchPartition(const Case& request, const Records& records,
                                                const PartitionPlan& plan);

}  // namespace reprise::extract::anonymisation

#endif  // REPRISE_EXTRACT_DOMAIN_ANONYMISATION_PARTITION_SEARCH_H_
