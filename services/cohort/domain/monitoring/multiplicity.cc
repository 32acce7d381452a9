// SPDX-License-Identifier: Apache-2.0
#include "services/cohort/domain/monitoring/multiplicity.h"

#include <algorithm>

#include "absl/strings/str_cat.h"

#include "services/cohort/domain/monitoring/errors.h"

namespace reprise::monitoring {

absl::StatusOr<AdjustedP> Adjust(absl::Span<const Recorded> p) {
  std::vector<size_t> order;
  for (size_t i = 0; i < p.size(); ++i) {
    if (!p[i].has_value()) continue;
    if (!(*p[i] >= 0 && *p[i] <= 1)) return ProbabilityInvalid(absl::StrCat("p[", i, "]"));
    order.push_back(i);
  }
  std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) { return *p[a] < *p[b]; });
  const auto m = static_cast<double>(order.size());
  AdjustedP adjusted{.benjamini_hochberg = std::vector<Recorded>(p.size()),
                     .holm = std::vector<Recorded>(p.size())};
  double highest = 0;
  for (size_t rank = 0; rank < order.size(); ++rank) {
    highest = std::max(highest, (m - static_cast<double>(rank)) * *p[order[rank]]);
    adjusted.holm[order[rank]] = std::min(highest, 1.0);
  }
  double lowest = 1;
  for (size_t rank = order.size(); rank-- > 0;) {
    lowest = std::min(lowest, m / static_cast<double>(rank + 1) * *p[order[rank]]);
    adjusted.benjamini_hochberg[order[rank]] = lowest;
  }
  return adjusted;
}

}  // namespace reprise::monitoring
