// SPDX-License-Identifier: Apache-2.0
#include "services/extract/domain/risk/population.h"

#include <algorithm>
#include <bit>
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

// Levels at which the label stands, as bits; those beyond the 64th are not told.
uint64_t LevelsOf(const LabelTree& tree, uint32_t label) {
  uint32_t below = 0;
  while (!tree.Generalises(label, below)) ++below;
  uint64_t levels = 0;
  for (size_t level = 0; level < std::min<size_t>(tree.levels(), 64); ++level) {
    if (tree.Ancestor(below, level) == label) levels |= uint64_t{1} << level;
  }
  return levels;
}

// The coarsest levels that may be those of a full-domain coding; empty where codings are mixed.
Levels UniformLevels(const Sample& sample) {
  Levels out;
  for (const SampleColumn& column : sample.qis) {
    uint64_t common = UINT64_MAX >> (64 - std::min<size_t>(column.tree->levels(), 64));
    for (const uint32_t first : sample.classes.first_row)
      common &= LevelsOf(*column.tree, column.codes.of[first]);
    if (common == 0) return {};
    out.push_back(static_cast<uint32_t>(std::bit_width(common) - 1));
  }
  return out;
}

// Whether somebody of the population whom no class covers is unlike every suppressed person. With
// one coding for all they are alike where it makes them so, with mixed codings always.
bool SomebodyExcluded(const Sample& sample, const Population& population, const Grouping& tuples,
                      const std::vector<bool>& covered) {
  const Levels levels = UniformLevels(sample);
  const auto key_of = [&](size_t person) {
    return levels.empty() ? std::string() : KeyAt(sample, population, person, levels);
  };
  absl::flat_hash_set<std::string> suppressed;
  for (size_t person = 0; person < population.persons; ++person) {
    if (population.suppressed[person]) suppressed.insert(key_of(person));
  }
  for (size_t t = 0; t < tuples.size.size(); ++t) {
    if (!covered[t] && !suppressed.contains(key_of(tuples.first_row[t]))) return true;
  }
  return false;
}

}  // namespace

Matches MatchPopulation(const Sample& sample, const Population& population) {
  std::vector<const Codes*> columns;
  for (const Codes& codes : population.qis) columns.push_back(&codes);
  const Grouping tuples = GroupRows(population.persons, columns);
  Matches out;
  out.of_class.assign(sample.classes.size.size(), 0);
  std::vector<bool> covered(tuples.size.size(), false);
  for (const auto& [levels, classes] : ByLevels(sample)) {
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
  out.somebody_excluded = SomebodyExcluded(sample, population, tuples, covered);
  return out;
}

}  // namespace reprise::extract::risk
