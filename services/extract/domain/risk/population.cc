// SPDX-License-Identifier: Apache-2.0
#include "services/extract/domain/risk/population.h"

#include <map>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"

namespace reprise::extract::risk {
namespace {

using Levels = std::vector<uint32_t>;

void Append(std::string& key, uint32_t label) {
  key.append(reinterpret_cast<const char*>(&label), sizeof label);
}

// The person's labels at the given levels, as bytes.
std::string KeyAt(const Sample& sample, const Population& population, size_t person,
                  const Levels& levels) {
  std::string key;
  for (size_t q = 0; q < sample.qis.size(); ++q) {
    Append(key, sample.qis[q].tree->Ancestor(population.qis[q].of[person], levels[q]));
  }
  return key;
}

// Classes by the levels at which their labels stand: one entry for full-domain coding.
std::map<Levels, std::vector<uint32_t>> ByLevels(const Sample& sample) {
  std::map<Levels, std::vector<uint32_t>> out;
  for (uint32_t c = 0; c < sample.classes.size.size(); ++c) {
    Levels levels;
    for (const SampleColumn& column : sample.qis) {
      levels.push_back(column.tree->level(column.codes.of[sample.classes.first_row[c]]));
    }
    out[levels].push_back(c);
  }
  return out;
}

}  // namespace

Matches MatchPopulation(const Sample& sample, const Population& population) {
  std::vector<const Codes*> columns;
  for (const Codes& codes : population.qis) columns.push_back(&codes);
  const Grouping tuples = GroupRows(population.persons, columns);
  Matches out;
  out.of_class.assign(sample.classes.size.size(), 0);
  std::vector<bool> covered(tuples.size.size(), false);
  const auto by_levels = ByLevels(sample);
  for (const auto& [levels, classes] : by_levels) {
    absl::flat_hash_map<std::string, uint32_t> class_of;
    for (const uint32_t c : classes) {
      std::string key;
      for (const SampleColumn& column : sample.qis) {
        Append(key, column.codes.of[sample.classes.first_row[c]]);
      }
      class_of.emplace(std::move(key), c);
    }
    for (uint32_t t = 0; t < tuples.size.size(); ++t) {
      const auto found = class_of.find(KeyAt(sample, population, tuples.first_row[t], levels));
      if (found == class_of.end()) continue;
      out.of_class[found->second] += tuples.size[t];
      covered[t] = true;
    }
  }
  // With one coding for all, a person outside every class may still be a suppressed one if the
  // coding makes the two alike; with mixed codings any suppressed person will do.
  absl::flat_hash_set<std::string> suppressed;
  const bool uniform = by_levels.size() == 1;
  const Levels levels = uniform ? by_levels.begin()->first : Levels(sample.qis.size(), 0);
  for (size_t person = 0; person < population.persons; ++person) {
    if (!population.suppressed[person]) continue;
    suppressed.insert(uniform ? KeyAt(sample, population, person, levels) : std::string());
  }
  for (uint32_t t = 0; t < tuples.size.size(); ++t) {
    if (covered[t]) continue;
    const std::string key =
        uniform ? KeyAt(sample, population, tuples.first_row[t], levels) : std::string();
    if (!suppressed.contains(key)) out.somebody_excluded = true;
  }
  return out;
}

}  // namespace reprise::extract::risk
