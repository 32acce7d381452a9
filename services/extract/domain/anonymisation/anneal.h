// SPDX-License-Identifier: Apache-2.0
// Neighbourhood search on a partition by simulated annealing: units move, swap, leave or enter the
// suppressed, and a few neighbouring classes are pooled and built anew. The number of proposals is
// the budget, so a run repeats bit for bit.
#ifndef REPRISE_EXTRACT_DOMAIN_ANONYMISATION_ANNEAL_H_
#define REPRISE_EXTRACT_DOMAIN_ANONYMISATION_ANNEAL_H_

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>
#include <vector>

#include "services/extract/domain/anonymisation/neighbours.h"
#include "services/extract/domain/anonymisation/partition.h"
#include "services/extract/domain/anonymisation/random.h"

namespace reprise::extract::anonymisation {

struct Cooling {
  double hot = 0.1;  // in units of one person's full loss
  double cold = 0.002;
  double rebuilds = 0.15;  // share of the proposals that pool and rebuild
};

template <int W>
class Annealer {
 public:
  Annealer(Partition<W>& partition, const Neighbours& neighbours, uint64_t seed)
      : partition_(partition), units_(partition.units()), neighbours_(neighbours), random_(seed) {}

  void Run(uint64_t proposals, const Cooling& cooling) {
    if (neighbours_.each() == 0) return;
    const uint32_t rebuild_below = static_cast<uint32_t>(cooling.rebuilds * 65536);
    for (uint64_t i = 0; i < proposals; ++i) {
      if (i % 256 == 0) {
        const double done = static_cast<double>(i) / static_cast<double>(proposals);
        temperature_ = cooling.hot * std::pow(cooling.cold / cooling.hot, done);
      }
      const uint32_t unit = random_.Below(static_cast<uint32_t>(units_.size()));
      const uint32_t near = neighbours_.Of(unit, random_.Below(neighbours_.each()));
      const uint32_t from = partition_.class_of(unit);
      const uint32_t to = partition_.class_of(near);
      const uint32_t kind = random_.Below(65536);
      if (kind < rebuild_below) {
        Rebuild(from, to, unit);
      } else if (from == to) {
        if (from != kSuppressedClass) Suppress(unit, from);
      } else if (from == kSuppressedClass) {
        Restore(unit, to);
      } else if (to == kSuppressedClass) {
        Suppress(unit, from);
      } else if (partition_.classes()[from].weight - units_.weight[unit] >=
                     partition_.least_size() &&
                 (kind & 1) == 0) {
        Move(unit, from, to);
      } else {
        Swap(unit, from, to);
      }
    }
  }

 private:
  using Members = std::vector<uint32_t>;

  // The most that the proposal at hand may cost.
  double Allowance() { return temperature_ > 0 ? -temperature_ * std::log(random_.Unit()) : 0; }

  static Members Without(const Members& members, uint32_t unit) {
    Members rest;
    rest.reserve(members.size());
    for (const uint32_t member : members) {
      if (member != unit) rest.push_back(member);
    }
    return rest;
  }

  // Cost of a class whose `out` is exchanged for `in` (kNone for neither); no allocation.
  static constexpr uint32_t kNone = UINT32_MAX;
  double CostAfter(const UnitClass<W>& c, uint32_t out, uint32_t in) const {
    Key<W> first, spread;
    bool started = false;
    uint64_t weight = c.weight;
    if (in != kNone) {
      first = units_.key[in];
      weight += units_.weight[in];
      started = true;
    }
    for (const uint32_t member : c.members) {
      if (member == out) {
        weight -= units_.weight[member];
      } else if (!started) {
        first = units_.key[member];
        started = true;
      } else {
        spread = spread | (units_.key[member] ^ first);
      }
    }
    return started ? weight * partition_.Loss(first, spread) : 0;
  }

  bool ValidAfter(const UnitClass<W>& c, uint32_t out, uint32_t in) {
    uint64_t weight = c.weight;
    if (out != kNone) weight -= units_.weight[out];
    if (in != kNone) weight += units_.weight[in];
    if (weight < partition_.least_size()) return false;
    scratch_ = out == kNone ? c.members : Without(c.members, out);
    if (in != kNone) scratch_.push_back(in);
    return partition_.Valid(scratch_, weight);
  }

  void Replace(uint32_t index, uint32_t out, uint32_t in) {
    Members members = out == kNone ? partition_.classes()[index].members
                                   : Without(partition_.classes()[index].members, out);
    if (in != kNone) members.push_back(in);
    if (index == kSuppressedClass) {
      partition_.PutSuppressed(std::move(members));
    } else {
      partition_.Put(index, partition_.Make(std::move(members)));
    }
  }

  void Move(uint32_t unit, uint32_t from, uint32_t to) {
    const UnitClass<W>& a = partition_.classes()[from];
    const UnitClass<W>& b = partition_.classes()[to];
    // What `b` gains is cheap to count, and `a` cannot save more than it costs.
    const double allowed = Allowance() - (partition_.CostWith(b, unit) - b.cost) + a.cost;
    if (allowed < 0 || CostAfter(a, unit, kNone) > allowed || !ValidAfter(a, unit, kNone) ||
        !ValidAfter(b, kNone, unit))
      return;
    Replace(from, unit, kNone);
    Replace(to, kNone, unit);
  }

  void Swap(uint32_t unit, uint32_t from, uint32_t to) {
    const UnitClass<W>& a = partition_.classes()[from];
    const UnitClass<W>& b = partition_.classes()[to];
    const uint32_t other = b.members[random_.Below(static_cast<uint32_t>(b.members.size()))];
    const double allowed = Allowance() + a.cost + b.cost - CostAfter(a, unit, other);
    if (allowed < 0 || CostAfter(b, other, unit) > allowed || !ValidAfter(a, unit, other) ||
        !ValidAfter(b, other, unit))
      return;
    Replace(from, unit, other);
    Replace(to, other, unit);
  }

  void Suppress(uint32_t unit, uint32_t from) {
    const UnitClass<W>& a = partition_.classes()[from];
    const uint64_t weight = units_.weight[unit];
    if (partition_.classes()[kSuppressedClass].weight + weight > partition_.limit()) return;
    const double change = CostAfter(a, unit, kNone) - a.cost + static_cast<double>(weight);
    if (change > Allowance() || !ValidAfter(a, unit, kNone)) return;
    Replace(from, unit, kNone);
    Replace(kSuppressedClass, kNone, unit);
  }

  void Restore(uint32_t unit, uint32_t to) {
    const UnitClass<W>& b = partition_.classes()[to];
    const double change = partition_.CostWith(b, unit) - b.cost - units_.weight[unit];
    if (change > Allowance() || !ValidAfter(b, kNone, unit)) return;
    Replace(kSuppressedClass, unit, kNone);
    Replace(to, kNone, unit);
  }

  // Pools the classes of a unit and of some of its neighbours and divides them anew.
  void Rebuild(uint32_t from, uint32_t to, uint32_t unit) {
    pool_classes_.clear();
    const auto add = [&](uint32_t c) {
      if (c != kSuppressedClass &&
          std::find(pool_classes_.begin(), pool_classes_.end(), c) == pool_classes_.end()) {
        pool_classes_.push_back(c);
      }
    };
    add(from);
    add(to);
    const uint32_t wanted = 2 + random_.Below(3);
    for (int tries = 0; tries < 6 && pool_classes_.size() < wanted; ++tries) {
      add(partition_.class_of(neighbours_.Of(unit, random_.Below(neighbours_.each()))));
    }
    pool_.clear();
    double before = 0;
    for (const uint32_t c : pool_classes_) {
      const UnitClass<W>& one = partition_.classes()[c];
      if (pool_.size() + one.members.size() > kMostPooled) return;
      pool_.insert(pool_.end(), one.members.begin(), one.members.end());
      before += one.cost;
    }
    if (from == kSuppressedClass) {
      pool_.push_back(unit);
      before += units_.weight[unit];
    }
    if (pool_classes_.empty() || !Divide() || after_ - before > Allowance()) return;
    if (from == kSuppressedClass) Replace(kSuppressedClass, unit, kNone);
    for (const uint32_t c : pool_classes_) partition_.Put(c, {});
    for (UnitClass<W>& made : made_) partition_.Add(std::move(made));
  }

  // Greedy classes of about the least size out of pool_; into made_ and after_. False if none is
  // valid.
  bool Divide() {
    made_.clear();
    uint64_t left = 0;
    for (const uint32_t unit : pool_) left += units_.weight[unit];
    while (left >= partition_.least_size()) {
      UnitClass<W> grown;
      TakeInto(grown, random_.Below(static_cast<uint32_t>(pool_.size())));
      while (!pool_.empty() && !partition_.Valid(grown.members, grown.weight))
        TakeInto(grown, Cheapest(grown));
      if (!partition_.Valid(grown.members, grown.weight)) {
        pool_ = grown.members;
        break;
      }
      left -= grown.weight;
      made_.push_back(std::move(grown));
    }
    if (made_.empty()) return false;
    for (const uint32_t unit : pool_) {
      size_t best = 0;
      double least = std::numeric_limits<double>::infinity();
      for (size_t c = 0; c < made_.size(); ++c) {
        const double extra = partition_.CostWith(made_[c], unit) - Cost(made_[c]);
        if (extra < least) {
          least = extra;
          best = c;
        }
      }
      Join(made_[best], unit);
    }
    after_ = 0;
    for (UnitClass<W>& made : made_) {
      made.cost = Cost(made);
      after_ += made.cost;
      if (!partition_.Valid(made.members, made.weight)) return false;
    }
    return true;
  }

  double Cost(const UnitClass<W>& c) const {
    return c.weight * partition_.Loss(units_.key[c.members[0]], c.spread);
  }

  void Join(UnitClass<W>& c, uint32_t unit) {
    c.members.push_back(unit);
    c.weight += units_.weight[unit];
    c.spread = c.spread | (units_.key[unit] ^ units_.key[c.members[0]]);
  }

  void TakeInto(UnitClass<W>& c, size_t at) {
    Join(c, pool_[at]);
    pool_[at] = pool_.back();
    pool_.pop_back();
  }

  size_t Cheapest(const UnitClass<W>& c) const {
    size_t best = 0;
    double least = std::numeric_limits<double>::infinity();
    const Key<W>& first = units_.key[c.members[0]];
    for (size_t i = 0; i < pool_.size(); ++i) {
      const Key<W> spread = c.spread | (units_.key[pool_[i]] ^ first);
      if (spread == c.spread) return i;  // nothing is cheaper than what changes nothing
      const double rate = partition_.Loss(first, spread);
      if (rate < least) {
        least = rate;
        best = i;
      }
    }
    return best;
  }

  static constexpr size_t kMostPooled = 64;

  Partition<W>& partition_;
  const Units<W>& units_;
  const Neighbours& neighbours_;
  Random random_;
  double temperature_ = 0;
  Members scratch_, pool_, pool_classes_;
  std::vector<UnitClass<W>> made_;
  double after_ = 0;
};

}  // namespace reprise::extract::anonymisation

#endif  // REPRISE_EXTRACT_DOMAIN_ANONYMISATION_ANNEAL_H_
