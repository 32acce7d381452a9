// SPDX-License-Identifier: Apache-2.0
#include "services/cohort/domain/randomisation/history.h"

namespace reprise::randomisation {

bool HistoryCounts::Fits(const Design& design) const {
  if (arms_ != design.arms.size() || offsets_.size() != design.factors.size()) return false;
  size_t row = 1;
  for (size_t i = 0; i < offsets_.size(); ++i) {
    if (offsets_[i] != row) return false;
    row += design.factors[i].levels.size();
  }
  if (row != rows_) return false;
  for (const int32_t count : cells_) {
    if (count < 0 || count > kMaxParticipants) return false;
  }
  for (size_t i = 0; i < offsets_.size(); ++i) {
    for (size_t k = 0; k < arms_; ++k) {
      int64_t sum = 0;
      for (size_t level = 0; level < design.factors[i].levels.size(); ++level) {
        sum += Level(i, static_cast<int>(level))[k];
      }
      if (sum != Totals()[k]) return false;
    }
  }
  return true;
}

}  // namespace reprise::randomisation
