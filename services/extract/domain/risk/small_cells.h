// SPDX-License-Identifier: Apache-2.0
// Frequency tables that let no small count be read or derived: cells below the threshold are
// closed, further cells are closed so that the totals do not give them back, and the interval in
// which a reader can place every closed cell is computed exactly and checked.
#ifndef REPRISE_EXTRACT_DOMAIN_RISK_SMALL_CELLS_H_
#define REPRISE_EXTRACT_DOMAIN_RISK_SMALL_CELLS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/types/optional.h"

namespace reprise::extract::risk {

// "Group of 11" of regulators (printed as 0.09, though 1/11 = 0.0909): always compared as counts.
inline constexpr uint32_t kSmallestGroup = 11;
inline bool LargeEnough(uint64_t persons, uint64_t threshold = kSmallestGroup) {
  return persons >= threshold;
}

// rows x columns of counts. One row makes a one-way table: its cells and their total.
struct FrequencyTable {
  std::vector<std::vector<uint32_t>> cells;
};

enum class CellState { kOpen, kPrimary, kSecondary };

struct ClosedCell {
  size_t row = 0, column = 0;  // row or column == number of inner ones: a total
  CellState state = CellState::kPrimary;
  // What a reader of the table can conclude; no `high` means no upper bound.
  uint32_t low = 0;
  absl::optional<uint32_t> high;
};

struct TableProtection {
  std::vector<ClosedCell> closed;  // by row, then column
  uint64_t secondary_sum = 0;      // persons in cells closed only for others' sake
  // Every primary cell may, for all the reader knows, reach the threshold, and be zero.
  bool safe = true;
};

struct CellRules {
  uint32_t threshold = kSmallestGroup;
  bool close_zeros = false;      // whether a count of zero is closed as well
  bool totals_published = true;  // row, column and grand totals; they may be closed like cells
};

// Deterministic. A table that cannot be made safe comes back with everything closed and safe false.
TableProtection ProtectTable(const FrequencyTable& table, const CellRules& rules = {});

}  // namespace reprise::extract::risk

#endif  // REPRISE_EXTRACT_DOMAIN_RISK_SMALL_CELLS_H_
