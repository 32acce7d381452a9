// SPDX-License-Identifier: Apache-2.0
#include "services/extract/domain/anonymisation/tuple_ids.h"

#include <algorithm>
#include <utility>

namespace reprise::extract::anonymisation {
namespace {

// Dense ids of 64-bit keys, in order of first appearance.
class Ids {
 public:
  explicit Ids(size_t expected) {
    size_t capacity = 1024;
    while (capacity < expected) capacity *= 2;
    slots_.resize(capacity);
  }

  uint32_t IdOf(uint64_t key) {
    const uint64_t stored = key + 1;  // 0 marks an empty slot; keys stay below 2^63
    for (size_t at = Place(stored);; at = (at + 1) & (slots_.size() - 1)) {
      if (slots_[at].key == stored) return slots_[at].id;
      if (slots_[at].key != 0) continue;
      slots_[at] = {stored, count_++};
      if (count_ * 2 > slots_.size()) Grow();
      return count_ - 1;
    }
  }
  uint32_t count() const { return count_; }

  // Place of each id among the keys in ascending order.
  std::vector<uint32_t> Ranks() const {
    std::vector<std::pair<uint64_t, uint32_t>> sorted;
    sorted.reserve(count_);
    for (const Slot& slot : slots_) {
      if (slot.key != 0) sorted.push_back({slot.key, slot.id});
    }
    std::sort(sorted.begin(), sorted.end());
    std::vector<uint32_t> rank(count_);
    for (uint32_t i = 0; i < sorted.size(); ++i) rank[sorted[i].second] = i;
    return rank;
  }

 private:
  struct Slot {
    uint64_t key = 0;
    uint32_t id = 0;
  };
  size_t Place(uint64_t key) const {
    key *= 0x9E3779B97F4A7C15u;
    return (key ^ (key >> 29)) & (slots_.size() - 1);
  }
  void Grow() {
    std::vector<Slot> old(slots_.size() * 2);
    old.swap(slots_);
    for (const Slot& slot : old) {
      if (slot.key == 0) continue;
      size_t at = Place(slot.key);
      while (slots_[at].key != 0) at = (at + 1) & (slots_.size() - 1);
      slots_[at] = slot;
    }
  }
  std::vector<Slot> slots_;
  uint32_t count_ = 0;
};

}  // namespace

std::vector<uint32_t> TupleIds(const std::vector<Coded>& columns, size_t persons,
                               uint32_t& tuples) {
  std::vector<uint64_t> key(persons, 0);
  uint64_t radix = 1;
  const auto compress = [&] {
    Ids ids(persons / 4);
    for (uint64_t& k : key) k = ids.IdOf(k);
    const std::vector<uint32_t> rank = ids.Ranks();
    for (uint64_t& k : key) k = rank[k];
    radix = std::max<uint64_t>(1, ids.count());
  };
  for (const Coded& column : columns) {
    if (column.radix != 0 && radix > (uint64_t{1} << 62) / column.radix) compress();
    for (size_t p = 0; p < persons; ++p) key[p] = key[p] * column.radix + (*column.codes)[p];
    radix *= column.radix;
  }
  compress();
  tuples = static_cast<uint32_t>(radix);
  return {key.begin(), key.end()};
}

}  // namespace reprise::extract::anonymisation
