// SPDX-License-Identifier: Apache-2.0
// Randomising whole clusters (practices, hospitals) at once: constrained randomisation of a fixed
// list, and the order in which clusters cross over in a stepped wedge. Same seed and list, same
// answer; the order of the list matters, so fix it (by code) before the seed is drawn.
#ifndef REPRISE_COHORT_DOMAIN_RANDOMISATION_CLUSTERS_H_
#define REPRISE_COHORT_DOMAIN_RANDOMISATION_CLUSTERS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"

#include "services/cohort/domain/randomisation/design.h"
#include "services/cohort/domain/randomisation/seed.h"

namespace reprise::randomisation {

inline constexpr int kMaxClusters = 200;

struct Cluster {
  std::string code;
  std::vector<double> covariates;  // one a name in ClusterPlan::covariates
};

struct ClusterPlan {
  std::vector<Arm> arms;
  std::vector<std::string> covariates;
  std::vector<double> weights;  // one a covariate, at least 0
  std::vector<Cluster> clusters;
  double keep_share = 0.1;       // above 0 to 1: how much of the allocations, best first, to keep
  int64_t candidates = 100'000;  // 1000 to 200000: enumerated up to here, otherwise so many drawn
  int64_t min_admissible = 100;  // at least 1
};

// The balance score of an allocation is the sum over covariates of weight times the sum over pairs
// of arms of ((mean of one arm - mean of the other) / SD of all clusters)^2, the l2 score of Raab
// and Butcher (Stat Med 2001;20:351) with standardised covariates; a constant covariate adds 0.
struct ClusterAllocation {
  std::vector<int> arms;  // index into plan.arms, one a cluster
  std::vector<int> arm_sizes;
  double score = 0;         // of the allocation chosen
  double cut = 0;           // the largest score admitted
  double median_score = 0;  // of all candidates
  int64_t candidates = 0;   // distinct allocations looked at
  bool enumerated = false;  // whether those were all there are
  int64_t admissible = 0;
  // Pairs of clusters that all admissible allocations keep together, or apart: where there are
  // any, the constraint is so tight that the analysis loses its randomisation basis.
  int64_t pairs_always_together = 0;
  int64_t pairs_never_together = 0;
};

// Sizes of arms follow the ratio; clusters left over go to arms drawn by the seed. Keeps the best
// `keep_share` of the candidates (with ties at the cut) and draws one.
//   INVALID_ARGUMENT CLUSTERS_INVALID (path), DESIGN_INVALID (arms)
//   FAILED_PRECONDITION TOO_FEW_ALLOCATIONS (fewer than min_admissible)
absl::StatusOr<ClusterAllocation> RandomiseClusters(const ClusterPlan& plan, const Seed& seed);

// The step (1 to steps) at which each cluster crosses to the intervention: the clusters in random
// order, dealt to the steps as evenly as possible, earlier steps taking what is left over.
//   INVALID_ARGUMENT CLUSTERS_INVALID (`clusters`, `steps`)
absl::StatusOr<std::vector<int>> RandomiseWedge(absl::Span<const std::string> clusters, int steps,
                                                const Seed& seed);

}  // namespace reprise::randomisation

#endif  // REPRISE_COHORT_DOMAIN_RANDOMISATION_CLUSTERS_H_
