// SPDX-License-Identifier: Apache-2.0
// The past of a trial as minimisation needs it: how many participants each arm has at each level
// of each factor, and in all. A decision costs the same after ten participants and ten thousand.
#ifndef REPRISE_COHORT_DOMAIN_RANDOMISATION_HISTORY_H_
#define REPRISE_COHORT_DOMAIN_RANDOMISATION_HISTORY_H_

#include <algorithm>
#include <cstdint>
#include <vector>

#include "absl/types/span.h"

#include "services/cohort/domain/randomisation/design.h"

namespace reprise::randomisation {

inline constexpr int32_t kMaxParticipants = 10'000'000;

class HistoryCounts {
 public:
  // All zero.
  explicit HistoryCounts(const Design& design) : arms_(design.arms.size()) {
    size_t rows = 1;  // row 0: the totals
    for (const Factor& factor : design.factors) {
      offsets_.push_back(rows);
      rows += factor.levels.size();
    }
    rows_ = rows;
    cells_.resize(rows * arms_);
  }

  // `by` is 1 for a new participant, -1 for what a corrected stratum takes back. Requires levels
  // and arm of the design.
  void Add(absl::Span<const int> levels, int arm, int32_t by = 1) {
    cells_[static_cast<size_t>(arm)] += by;
    for (size_t i = 0; i < offsets_.size(); ++i) {
      cells_[(offsets_[i] + static_cast<size_t>(levels[i])) * arms_ + static_cast<size_t>(arm)] +=
          by;
    }
  }
  // A count as a database keeps it; `Set` and `SetTotal` together must tell one history.
  void Set(size_t factor, int level, int arm, int32_t count) {
    cells_[(offsets_[factor] + static_cast<size_t>(level)) * arms_ + static_cast<size_t>(arm)] =
        count;
  }
  void SetTotal(int arm, int32_t count) { cells_[static_cast<size_t>(arm)] = count; }

  // Counts by arm.
  const int32_t* Totals() const { return cells_.data(); }
  const int32_t* Level(size_t factor, int level) const {
    return cells_.data() + (offsets_[factor] + static_cast<size_t>(level)) * arms_;
  }
  void Clear() { std::fill(cells_.begin(), cells_.end(), 0); }

  // Whether it was made for a design of this shape, with every count from 0 to kMaxParticipants
  // and the levels of each factor adding up to the totals.
  bool Fits(const Design& design) const;

 private:
  size_t arms_;
  size_t rows_ = 1;
  std::vector<size_t> offsets_;
  std::vector<int32_t> cells_;
};

}  // namespace reprise::randomisation

#endif  // REPRISE_COHORT_DOMAIN_RANDOMISATION_HISTORY_H_
