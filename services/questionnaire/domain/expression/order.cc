// SPDX-License-Identifier: Apache-2.0
// Dependency order by Kahn's method: of the names whose dependencies are done, the first by name
// comes next, so that the order is the same whenever the form is.
#include "services/questionnaire/domain/expression/order.h"

#include <algorithm>
#include <set>

#include "services/questionnaire/domain/expression/errors.h"

namespace reprise::expression {
namespace {

using Graph = std::map<std::string, std::set<std::string>>;  // name to what it needs

Graph DependenciesOf(const std::map<std::string, std::vector<const Expression*>>& expressions) {
  Graph needs;
  for (const auto& [name, trees] : expressions) {
    std::set<std::string>& of_name = needs[name];
    for (const Expression* tree : trees) {
      for (const Reference& reference : tree->references()) {
        if (reference.event.empty() && expressions.count(reference.item) > 0) {
          of_name.insert(reference.item);
        }
      }
    }
  }
  return needs;
}

// Requires that every name of `left` needs another of it: following needs must come round.
std::vector<std::string> CycleIn(const Graph& left) {
  std::vector<std::string> path{left.begin()->first};
  std::map<std::string, size_t> seen{{path[0], 0}};
  for (;;) {
    const std::string next = *left.at(path.back()).begin();
    if (const auto found = seen.find(next); found != seen.end()) {
      return {path.begin() + static_cast<std::ptrdiff_t>(found->second), path.end()};
    }
    seen.emplace(next, path.size());
    path.push_back(next);
  }
}

}  // namespace

Ordering OrderOf(const std::map<std::string, std::vector<const Expression*>>& expressions) {
  Graph needs = DependenciesOf(expressions);
  Graph needed_by;
  std::set<std::string> ready;
  for (const auto& [name, others] : needs) {
    for (const std::string& other : others) needed_by[other].insert(name);
    if (others.empty()) ready.insert(name);
  }
  Ordering ordering;
  const auto done = [&](const std::string& name) {
    needs.erase(name);
    ready.erase(name);
    for (const std::string& later : needed_by[name]) {
      const auto found = needs.find(later);
      if (found == needs.end()) continue;
      found->second.erase(name);
      if (found->second.empty()) ready.insert(later);
    }
  };
  while (!needs.empty()) {
    if (!ready.empty()) {
      ordering.order.push_back(*ready.begin());
      done(ordering.order.back());
      continue;
    }
    ordering.cycles.push_back(CycleIn(needs));
    for (const std::string& name : ordering.cycles.back()) done(name);
  }
  return ordering;
}

absl::StatusOr<std::vector<std::string>> EvaluationOrder(
    const std::map<std::string, std::vector<const Expression*>>& expressions) {
  Ordering ordering = OrderOf(expressions);
  if (!ordering.cycles.empty()) return Cycle(ordering.cycles.front());
  return std::move(ordering.order);
}

absl::StatusOr<std::vector<std::string>> EvaluationOrder(
    const std::map<std::string, Expression>& expressions) {
  std::map<std::string, std::vector<const Expression*>> trees;
  for (const auto& [name, expression] : expressions) trees[name].push_back(&expression);
  return EvaluationOrder(trees);
}

}  // namespace reprise::expression
