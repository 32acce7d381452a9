// SPDX-License-Identifier: Apache-2.0
#include "services/extract/domain/anonymisation/keys.h"

#include <algorithm>
#include <numeric>

#include "services/extract/domain/anonymisation/errors.h"
#include "services/extract/domain/anonymisation/hierarchy.h"
#include "services/platform/status.h"

namespace reprise::extract::anonymisation {
namespace {

// Number of each value's group among its siblings, for the group at `rung` within that at `rung +
// 1`.
std::vector<uint32_t> ChildNumbers(const Hierarchy& hierarchy, int level, int level_above) {
  std::vector<uint32_t> of_label(hierarchy.labels.size(), UINT32_MAX);
  std::vector<uint32_t> children(hierarchy.labels.size(), 0);
  std::vector<uint32_t> number(hierarchy.size());
  for (size_t v = 0; v < hierarchy.size(); ++v) {
    uint32_t& known = of_label[hierarchy.label_of[level][v]];
    if (known == UINT32_MAX) known = children[hierarchy.label_of[level_above][v]]++;
    number[v] = known;
  }
  return number;
}

int WidthOf(const std::vector<uint32_t>& numbers) {
  return absl::bit_width(*std::max_element(numbers.begin(), numbers.end()));
}

void FillLoss(const Hierarchy& hierarchy, KeyField& field) {
  const size_t size = size_t{1} << field.bits;
  field.loss.assign(field.level.size() * size, 0.0);
  for (size_t v = hierarchy.size(); v-- > 0;) {
    const size_t path = field.digits[v];
    for (size_t rung = 0; rung < field.level.size(); ++rung) {
      field.loss[(rung << field.bits) | path] =
          hierarchy.Loss(hierarchy.label_of[field.level[rung]][v]);
    }
  }
}

KeyField MakeField(const Hierarchy& hierarchy, const std::vector<int>& levels) {
  KeyField field;
  field.level = levels;
  field.digits.assign(hierarchy.size(), 0);
  field.mask.assign(levels.size(), 0);
  // Digits from the finest rung up, so that coarser ones stand higher.
  for (size_t rung = 0; rung + 1 < levels.size(); ++rung) {
    const std::vector<uint32_t> number = ChildNumbers(hierarchy, levels[rung], levels[rung + 1]);
    const int width = WidthOf(number);
    for (size_t v = 0; v < hierarchy.size(); ++v)
      field.digits[v] |= uint64_t{number[v]} << field.bits;
    for (int i = 1; i <= width; ++i)
      field.rung_of_width[field.bits + i] = static_cast<uint8_t>(rung + 1);
    const uint64_t digit = ((uint64_t{1} << width) - 1) << field.bits;
    for (size_t finer = 0; finer <= rung; ++finer) field.mask[finer] |= digit;
    field.bits += width;
  }
  if (field.bits <= 26) FillLoss(hierarchy, field);
  return field;
}

// Attributes never straddle two words. False when they do not fit.
bool Arrange(KeySpace& space, uint32_t joint_sensitives) {
  std::vector<int> used(kMostWords, 0);
  const auto find = [&](int bits) {
    for (int word = 0; word < kMostWords; ++word) {
      if (used[word] + bits <= 64) return word;
    }
    return -1;
  };
  std::vector<size_t> order(space.fields.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(),
                   [&](size_t x, size_t y) { return space.fields[x].bits > space.fields[y].bits; });
  for (const size_t a : order) {
    KeyField& field = space.fields[a];
    if (field.bits > 26 || (field.word = find(field.bits)) < 0) return false;
    field.shift = used[field.word] % 64;
    used[field.word] += field.bits;
    for (uint64_t& mask : field.mask) mask <<= field.shift;
    for (uint64_t& digits : field.digits) digits <<= field.shift;
  }
  if (joint_sensitives > 0) {
    const int bits = absl::bit_width(joint_sensitives);
    if ((space.sensitive_word = find(bits)) < 0) return false;
    space.sensitive_shift = used[space.sensitive_word] % 64;
    space.sensitive_mask = ((uint64_t{1} << bits) - 1) << space.sensitive_shift;
    used[space.sensitive_word] += bits;
  }
  for (int word = 0; word < kMostWords; ++word) {
    if (used[word] > 0) space.words = word + 1;
  }
  return true;
}

}  // namespace

Ladders FullLadders(const Records& records) {
  Ladders ladders;
  for (const Hierarchy* hierarchy : records.qis) {
    ladders.emplace_back(hierarchy->levels());
    std::iota(ladders.back().begin(), ladders.back().end(), 0);
  }
  return ladders;
}

absl::StatusOr<KeySpace> MakeKeySpace(const Records& records, const Ladders& ladders,
                                      uint32_t joint_sensitives) {
  if (records.attributes() > static_cast<size_t>(kMostAttributes)) {
    return MethodUnsuitedError("any", "there are more than 64 quasi-identifiers.");
  }
  KeySpace space;
  for (size_t a = 0; a < records.attributes(); ++a) {
    if (records.qis[a]->size() > kMostHierarchyValues) {
      return MethodUnsuitedError(
          "any", "a quasi-identifier has more than 4 million values; coarsen it first.");
    }
    space.fields.push_back(MakeField(*records.qis[a], ladders[a]));
  }
  if (!Arrange(space, joint_sensitives)) {
    return MethodUnsuitedError("any", "the quasi-identifiers together have too many values.");
  }
  return space;
}

}  // namespace reprise::extract::anonymisation
