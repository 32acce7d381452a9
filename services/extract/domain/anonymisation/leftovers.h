// SPDX-License-Identifier: Apache-2.0
// Where units go that no class of a first partition took.
#ifndef REPRISE_EXTRACT_DOMAIN_ANONYMISATION_LEFTOVERS_H_
#define REPRISE_EXTRACT_DOMAIN_ANONYMISATION_LEFTOVERS_H_

#include <limits>
#include <utility>
#include <vector>

#include "services/extract/domain/anonymisation/partition.h"

namespace reprise::extract::anonymisation {

// The class that `unit` joins most cheaply and validly and what that adds; kSuppressedClass and
// infinity where none is.
template <int W>
std::pair<uint32_t, double> CheapestClass(Partition<W>& partition, uint32_t unit, double below) {
  uint32_t chosen = kSuppressedClass;
  double best = below;
  for (uint32_t c = 1; c < partition.classes().size(); ++c) {
    const UnitClass<W>& to = partition.classes()[c];
    if (to.members.empty()) continue;
    const double extra = partition.CostWith(to, unit) - to.cost;
    if (extra >= best) continue;
    std::vector<uint32_t> members = to.members;
    members.push_back(unit);
    if (!partition.Valid(members, to.weight + partition.units().weight[unit])) continue;
    best = extra;
    chosen = c;
  }
  return {chosen, best};
}

// Puts units that fit nowhere into one class that swallows others, twice as many at each try, until
// it is valid.
template <int W>
void SwallowUntilValid(Partition<W>& partition, std::vector<uint32_t> homeless) {
  size_t wanted = 1, swallowed = 0;
  for (uint32_t c = 1; c < partition.classes().size() && !homeless.empty(); ++c) {
    if (partition.classes()[c].members.empty()) continue;
    const std::vector<uint32_t> members = partition.classes()[c].members;
    homeless.insert(homeless.end(), members.begin(), members.end());
    partition.Put(c, {});
    if (++swallowed < wanted && c + 1 < partition.classes().size()) continue;
    wanted *= 2;
    UnitClass<W> made = partition.Make(homeless);
    if (!partition.Valid(made.members, made.weight)) continue;
    partition.Add(std::move(made));
    return;
  }
  if (!homeless.empty()) partition.Add(partition.Make(std::move(homeless)));
}

// Places every unit of `left` into the class where it costs least, or suppresses it where that is
// allowed and cheaper. Merges classes where nothing else is valid.
template <int W>
void PlaceLeftovers(Partition<W>& partition, std::vector<uint32_t> left) {
  const Units<W>& units = partition.units();
  constexpr double kNever = std::numeric_limits<double>::infinity();
  // Beyond this many comparisons the leftovers are most of the data: they stay together.
  constexpr double kMostComparisons = 2e7;
  if (static_cast<double>(left.size()) * static_cast<double>(partition.classes().size()) >
          kMostComparisons &&
      !partition.sizes_only()) {
    SwallowUntilValid(partition, std::move(left));
    return;
  }
  std::vector<uint32_t> suppressed = partition.classes()[kSuppressedClass].members;
  uint64_t gone = partition.classes()[kSuppressedClass].weight;
  std::vector<uint32_t> homeless;
  for (const uint32_t unit : left) {
    const bool may_go = gone + units.weight[unit] <= partition.limit();
    const uint32_t chosen =
        CheapestClass(partition, unit, may_go ? units.weight[unit] : kNever).first;
    if (chosen != kSuppressedClass) {
      std::vector<uint32_t> members = partition.classes()[chosen].members;
      members.push_back(unit);
      partition.Put(chosen, partition.Make(std::move(members)));
    } else if (may_go) {
      suppressed.push_back(unit);
      gone += units.weight[unit];
    } else {
      homeless.push_back(unit);
    }
  }
  partition.PutSuppressed(std::move(suppressed));
  if (!homeless.empty()) SwallowUntilValid(partition, std::move(homeless));
}

// A class that is "*" throughout counts as suppressed once written. Where the limit does not allow
// that, its units find other classes.
template <int W>
void DissolveAllTop(Partition<W>& partition) {
  std::vector<uint32_t> left;
  uint64_t weight = partition.classes()[kSuppressedClass].weight;
  std::vector<uint32_t> all_top;
  for (uint32_t c = 1; c < partition.classes().size(); ++c) {
    const UnitClass<W>& one = partition.classes()[c];
    if (one.members.empty() || one.cost <= static_cast<double>(one.weight)) continue;
    all_top.push_back(c);
    weight += one.weight;
    left.insert(left.end(), one.members.begin(), one.members.end());
  }
  if (all_top.empty() || weight <= partition.limit() || left.size() == partition.units().size()) {
    return;
  }
  for (const uint32_t c : all_top) partition.Put(c, {});
  PlaceLeftovers(partition, std::move(left));
}

}  // namespace reprise::extract::anonymisation

#endif  // REPRISE_EXTRACT_DOMAIN_ANONYMISATION_LEFTOVERS_H_
