// SPDX-License-Identifier: Apache-2.0
#include "services/extract/domain/risk/grouping.h"

#include <algorithm>

#include "absl/container/flat_hash_map.h"

namespace reprise::extract::risk {
namespace {

constexpr uint64_t kDirectCells = uint64_t{1} << 22;

// New group numbers in order of first appearance, through any look-up that starts at kNoClass.
template <typename Lookup>
uint32_t Renumber(std::vector<uint32_t>& class_of, const Codes& column, Lookup lookup) {
  uint32_t next = 0;
  for (size_t row = 0; row < class_of.size(); ++row) {
    if (class_of[row] == kNoClass) continue;
    uint32_t& group = lookup(class_of[row], column.of[row]);
    if (group == kNoClass) group = next++;
    class_of[row] = group;
  }
  return next;
}

}  // namespace

std::map<uint32_t, uint32_t> Grouping::Histogram() const {
  std::map<uint32_t, uint32_t> histogram;
  for (const uint32_t s : size) ++histogram[s];
  return histogram;
}

uint32_t Grouping::Smallest() const {
  return size.empty() ? 0 : *std::min_element(size.begin(), size.end());
}

uint32_t Refine(std::vector<uint32_t>& class_of, uint32_t classes, const Codes& column) {
  const uint64_t cells = uint64_t{classes} * column.distinct;
  if (cells <= kDirectCells) {
    std::vector<uint32_t> group(cells, kNoClass);
    return Renumber(class_of, column, [&](uint32_t old, uint32_t code) -> uint32_t& {
      return group[uint64_t{old} * column.distinct + code];
    });
  }
  absl::flat_hash_map<uint64_t, uint32_t> group;
  group.reserve(classes);
  return Renumber(class_of, column, [&](uint32_t old, uint32_t code) -> uint32_t& {
    return group.try_emplace((uint64_t{old} << 32) | code, kNoClass).first->second;
  });
}

Grouping GroupRows(size_t rows, absl::Span<const Codes* const> columns,
                   const std::vector<bool>& left_out) {
  Grouping out;
  out.class_of.assign(rows, 0);
  bool any = rows > 0;
  if (!left_out.empty()) {
    any = false;
    for (size_t row = 0; row < rows; ++row) {
      if (left_out[row])
        out.class_of[row] = kNoClass;
      else
        any = true;
    }
  }
  uint32_t classes = any ? 1 : 0;
  for (const Codes* column : columns) classes = Refine(out.class_of, classes, *column);
  out.size.assign(classes, 0);
  out.first_row.assign(classes, 0);
  for (size_t row = 0; row < rows; ++row) {
    const uint32_t group = out.class_of[row];
    if (group == kNoClass) continue;
    if (out.size[group]++ == 0) out.first_row[group] = static_cast<uint32_t>(row);
  }
  return out;
}

}  // namespace reprise::extract::risk
