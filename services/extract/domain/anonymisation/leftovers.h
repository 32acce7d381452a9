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

// Places every unit of `left` into the class where it costs least, or suppresses it where that is
// allowed and cheaper. Merges classes where nothing else is valid.
template <int W>
void PlaceLeftovers(Partition<W>& partition, std::vector<uint32_t> left) {
  const Units<W>& units = partition.units();
  constexpr double kNever = std::numeric_limits<double>::infinity();
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
  // Whoever fits nowhere swallows classes until they are valid together.
  for (uint32_t c = 1; c < partition.classes().size() && !homeless.empty(); ++c) {
    if (partition.classes()[c].members.empty()) continue;
    const std::vector<uint32_t> members = partition.classes()[c].members;
    homeless.insert(homeless.end(), members.begin(), members.end());
    partition.Put(c, {});
    UnitClass<W> made = partition.Make(homeless);
    if (!partition.Valid(made.members, made.weight)) continue;
    partition.Add(std::move(made));
    homeless.clear();
  }
  if (!homeless.empty()) partition.Add(partition.Make(std::move(homeless)));
}

}  // namespace reprise::extract::anonymisation

#endif  // REPRISE_EXTRACT_DOMAIN_ANONYMISATION_LEFTOVERS_H_
