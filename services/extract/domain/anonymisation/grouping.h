// SPDX-License-Identifier: Apache-2.0
// Counting of equal masked keys. Groups come out dense, in order of first appearance; the table is
// reused without being cleared.
#ifndef REPRISE_EXTRACT_DOMAIN_ANONYMISATION_GROUPING_H_
#define REPRISE_EXTRACT_DOMAIN_ANONYMISATION_GROUPING_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "services/extract/domain/anonymisation/keys.h"

namespace reprise::extract::anonymisation {

// Equal keys with their counts; `population` is empty without a subset.
template <int W>
struct Groups {
  std::vector<Key<W>> key;
  std::vector<uint32_t> count;
  std::vector<uint32_t> population;

  size_t size() const { return key.size(); }
  void Clear() {
    key.clear();
    count.clear();
    population.clear();
  }
  size_t Bytes() const { return key.size() * (sizeof(Key<W>) + 4 + (population.empty() ? 0 : 4)); }
};

template <int W>
class GroupTable {
 public:
  // Groups `source` by its keys under `mask` into `out`. With `group_of`, also each entry's group.
  void Group(const Groups<W>& source, const Key<W>& mask, Groups<W>& out,
             std::vector<uint32_t>* group_of = nullptr) {
    out.Clear();
    Reserve(source.size());
    if (group_of != nullptr) group_of->resize(source.size());
    const bool population = !source.population.empty();
    for (size_t i = 0; i < source.size(); ++i) {
      const uint32_t group = Find(source.key[i] & mask, out, population);
      out.count[group] += source.count[i];
      if (population) out.population[group] += source.population[i];
      if (group_of != nullptr) (*group_of)[i] = group;
    }
  }

 private:
  struct Slot {
    Key<W> key;
    uint32_t epoch = 0;
    uint32_t group = 0;
  };

  uint32_t Find(const Key<W>& key, Groups<W>& out, bool population) {
    for (size_t at = key.Hash() & used_;; at = (at + 1) & used_) {
      Slot& slot = slots_[at];
      if (slot.epoch != epoch_) {
        slot = {key, epoch_, static_cast<uint32_t>(out.key.size())};
        out.key.push_back(key);
        out.count.push_back(0);
        if (population) out.population.push_back(0);
        return slot.group;
      }
      if (slot.key == key) return slot.group;
    }
  }

  // The part in use stays as small as the source allows, so that it stays in the cache.
  void Reserve(size_t entries) {
    size_t capacity = 64;
    while (capacity < entries * 2) capacity *= 2;
    if (slots_.size() < capacity) slots_.resize(capacity);
    used_ = capacity - 1;
    if (++epoch_ == 0) {
      for (Slot& slot : slots_) slot.epoch = 0;
      epoch_ = 1;
    }
  }

  std::vector<Slot> slots_;
  size_t used_ = 0;
  uint32_t epoch_ = 0;
};

}  // namespace reprise::extract::anonymisation

#endif  // REPRISE_EXTRACT_DOMAIN_ANONYMISATION_GROUPING_H_
