// SPDX-License-Identifier: Apache-2.0
#include "services/extract/domain/risk/risk_measures.h"

#include <algorithm>
#include <functional>
#include <map>

#include "services/extract/domain/risk/uniqueness.h"

namespace reprise::extract::risk {
namespace {

RiskMeasures Measure(const std::vector<uint32_t>& class_sizes,
                     const std::function<double(size_t)>& risk_of_class) {
  RiskMeasures out;
  double persons = 0;
  for (size_t c = 0; c < class_sizes.size(); ++c) {
    const double risk = risk_of_class(c);
    out.highest = std::max(out.highest, risk);
    out.average += risk * class_sizes[c];
    persons += class_sizes[c];
  }
  if (persons > 0) out.average /= persons;
  return out;
}

}  // namespace

RiskMeasures Prosecutor(const std::vector<uint32_t>& class_sizes) {
  return Measure(class_sizes, [&](size_t c) { return 1.0 / class_sizes[c]; });
}

RiskMeasures Journalist(const std::vector<uint32_t>& class_sizes,
                        const std::vector<uint64_t>& population_sizes) {
  return Measure(class_sizes,
                 [&](size_t c) { return 1.0 / static_cast<double>(population_sizes[c]); });
}

RiskMeasures JournalistExpected(const std::vector<uint32_t>& class_sizes, double population) {
  double persons = 0;
  for (const uint32_t size : class_sizes) persons += size;
  const double fraction = persons / std::max(population, std::max(persons, 1.0));
  std::map<uint32_t, double> risk;  // classes of one size share it
  for (const uint32_t size : class_sizes) {
    if (!risk.contains(size)) risk[size] = ExpectedJournalistRisk(size, fraction);
  }
  return Measure(class_sizes, [&](size_t c) { return risk[class_sizes[c]]; });
}

size_t PersonsInGroupsBelow(const std::vector<uint32_t>& class_sizes, uint64_t threshold) {
  size_t persons = 0;
  for (const uint32_t size : class_sizes) persons += size < threshold ? size : 0;
  return persons;
}

}  // namespace reprise::extract::risk
