// SPDX-License-Identifier: Apache-2.0
// Persons divided into classes, each recoded to the lowest common group of its members. A unit is
// one person, or all persons of a tuple where there are too many to tell apart. Class 0 holds the
// suppressed.
#ifndef REPRISE_EXTRACT_DOMAIN_ANONYMISATION_PARTITION_H_
#define REPRISE_EXTRACT_DOMAIN_ANONYMISATION_PARTITION_H_

#include <utility>
#include <vector>

#include "services/extract/domain/anonymisation/judge.h"
#include "services/extract/domain/anonymisation/keys.h"

namespace reprise::extract::anonymisation {

template <int W>
struct Units {
  std::vector<Key<W>> key;
  std::vector<uint32_t> tuple;
  std::vector<uint32_t> weight;  // persons
  uint64_t persons = 0;

  size_t size() const { return key.size(); }
};

// Loss a person bears in a class, from one member's key and the OR of key differences.
template <int W>
class ClassLoss {
 public:
  // `weights` sum to 1. A class that is "*" throughout counts as suppressed when it is written, so
  // it bears `all_top` instead of 1.
  ClassLoss(const KeySpace& space, const std::vector<double>& weights, double all_top)
      : all_top_(all_top) {
    for (size_t a = 0; a < space.fields.size(); ++a) {
      const KeyField& f = space.fields[a];
      Part part{f.word, f.shift, (uint64_t{1} << f.bits) - 1, {}, {}};
      for (uint64_t difference = 0; difference <= part.mask; ++difference) {
        part.row.push_back(static_cast<uint32_t>(f.rung_of_width[absl::bit_width(difference)])
                           << f.bits);
      }
      for (const double loss : f.loss) part.loss.push_back(loss * weights[a]);
      parts_.push_back(std::move(part));
    }
  }

  double operator()(const Key<W>& member, const Key<W>& spread) const {
    double sum = 0;
    for (const Part& part : parts_) {
      const size_t word = W == 1 ? 0 : static_cast<size_t>(part.word);
      const uint64_t difference = (spread.word[word] >> part.shift) & part.mask;
      const uint64_t path = (member.word[word] >> part.shift) & part.mask;
      sum += part.loss[part.row[difference] | path];
    }
    return sum > 1.0 - 1e-9 ? all_top_ : sum;
  }

 private:
  struct Part {
    int word, shift;
    uint64_t mask;
    std::vector<uint32_t> row;  // difference -> start of its rung in `loss`
    std::vector<double> loss;
  };
  std::vector<Part> parts_;
  double all_top_;
};

inline constexpr uint32_t kSuppressedClass = 0;

template <int W>
struct UnitClass {
  std::vector<uint32_t> members;
  uint64_t weight = 0;
  Key<W> spread;    // OR of the members' differences from the first
  double cost = 0;  // summed loss of its persons
};

template <int W>
class Partition {
 public:
  // All arguments outlive the partition. Everyone starts unplaced (see Place).
  Partition(const Units<W>& units, const ClassLoss<W>& loss, const Judge& judge,
            uint64_t least_size, uint64_t limit)
      : units_(&units),
        loss_(&loss),
        judge_(judge),
        least_size_(least_size),
        limit_(limit),
        classes_(1),
        class_of_(units.size(), kSuppressedClass) {}

  const Units<W>& units() const { return *units_; }
  const std::vector<UnitClass<W>>& classes() const { return classes_; }
  uint32_t class_of(uint32_t unit) const { return class_of_[unit]; }
  uint64_t limit() const { return limit_; }
  uint64_t least_size() const { return least_size_; }
  double cost() const { return cost_; }
  bool sizes_only() const { return judge_.sizes_only(); }

  double Loss(const Key<W>& member, const Key<W>& spread) const { return (*loss_)(member, spread); }

  // A class as it would be with these members.
  UnitClass<W> Make(std::vector<uint32_t> members) const {
    UnitClass<W> made;
    made.members = std::move(members);
    for (const uint32_t unit : made.members) {
      made.weight += units_->weight[unit];
      made.spread = made.spread | (units_->key[unit] ^ units_->key[made.members[0]]);
    }
    made.cost =
        made.members.empty() ? 0 : made.weight * Loss(units_->key[made.members[0]], made.spread);
    return made;
  }

  bool Valid(const std::vector<uint32_t>& members, uint64_t weight) {
    if (weight < least_size_) return false;
    if (judge_.sizes_only()) return true;
    judge_.Clear();
    for (const uint32_t unit : members) judge_.Add(units_->tuple[unit], units_->weight[unit]);
    return judge_.Holds(static_cast<uint32_t>(weight), 0);
  }

  // Adds a class; returns its index. An empty slot is used again.
  uint32_t Add(UnitClass<W> made) {
    uint32_t index;
    if (free_.empty()) {
      index = static_cast<uint32_t>(classes_.size());
      classes_.emplace_back();
    } else {
      index = free_.back();
      free_.pop_back();
    }
    Put(index, std::move(made));
    return index;
  }

  // Replaces a class; an empty one frees its slot.
  void Put(uint32_t index, UnitClass<W> made) {
    cost_ += made.cost - classes_[index].cost;
    for (const uint32_t unit : made.members) class_of_[unit] = index;
    classes_[index] = std::move(made);
    if (index != kSuppressedClass && classes_[index].members.empty()) free_.push_back(index);
  }

  // Replaces the suppressed; each person costs 1.
  void PutSuppressed(std::vector<uint32_t> members) {
    UnitClass<W> made;
    made.members = std::move(members);
    for (const uint32_t unit : made.members) made.weight += units_->weight[unit];
    made.cost = static_cast<double>(made.weight);
    Put(kSuppressedClass, std::move(made));
  }

  // Cost of a class with one more unit.
  double CostWith(const UnitClass<W>& to, uint32_t unit) const {
    const Key<W>& first = units_->key[to.members[0]];
    return (to.weight + units_->weight[unit]) *
           Loss(first, to.spread | (units_->key[unit] ^ first));
  }

 private:
  const Units<W>* units_;
  const ClassLoss<W>* loss_;
  Judge judge_;
  uint64_t least_size_;
  uint64_t limit_;
  std::vector<UnitClass<W>> classes_;
  std::vector<uint32_t> class_of_;
  std::vector<uint32_t> free_;
  double cost_ = 0;
};

}  // namespace reprise::extract::anonymisation

#endif  // REPRISE_EXTRACT_DOMAIN_ANONYMISATION_PARTITION_H_
