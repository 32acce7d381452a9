// SPDX-License-Identifier: Apache-2.0
// Rows with the same codes in the same columns, exactly: column by column each (group, code) pair
// becomes a new group, so nothing rests on a hash of the whole tuple.
#ifndef REPRISE_EXTRACT_DOMAIN_RISK_GROUPING_H_
#define REPRISE_EXTRACT_DOMAIN_RISK_GROUPING_H_

#include <cstdint>
#include <map>
#include <vector>

#include "absl/types/span.h"

namespace reprise::extract::risk {

inline constexpr uint32_t kNoClass = UINT32_MAX;

// A dictionary-encoded column: every code is below `distinct`.
struct Codes {
  std::vector<uint32_t> of;
  uint32_t distinct = 0;
};

struct Grouping {
  std::vector<uint32_t> class_of;   // by row; kNoClass for rows left out
  std::vector<uint32_t> size;       // by class
  std::vector<uint32_t> first_row;  // by class

  // Class size -> number of classes.
  std::map<uint32_t, uint32_t> Histogram() const;
  uint32_t Smallest() const;  // 0 when there is no class
};

// Refines `class_of` (below `classes`, or kNoClass) by one more column; returns the number of
// groups.
uint32_t Refine(std::vector<uint32_t>& class_of, uint32_t classes, const Codes& column);

// Groups `rows` rows by `columns`; rows for which `left_out` is true (empty: none) get no class.
Grouping GroupRows(size_t rows, absl::Span<const Codes* const> columns,
                   const std::vector<bool>& left_out = {});

}  // namespace reprise::extract::risk

#endif  // REPRISE_EXTRACT_DOMAIN_RISK_GROUPING_H_
