// SPDX-License-Identifier: Apache-2.0
// Plan, hierarchy and visit rows on any bytes, parted by 0xFF.
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "services/extract/domain/preparation/prepare.h"

namespace preparation = reprise::extract::preparation;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  std::vector<std::string> parts(1);
  for (size_t i = 0; i < size; ++i) {
    if (data[i] == 0xFF)
      parts.emplace_back();
    else
      parts.back().push_back(static_cast<char>(data[i]));
  }
  parts.resize(3);
  const auto key = preparation::ExtractKey::FromBytes("0123456789abcdef");
  auto plan = preparation::ReadPlan(parts[0]);
  if (!plan.ok()) {
    plan = preparation::ReadPlan(
        R"({"study":"s","participant":"i","visit_date":"d","anchor_date":"r","k":2,"variables":[
      {"name":"a","tails":true},{"name":"j","rare":true},{"name":"w","take":"relative_day"},{"name":"p","take":"by_visit"}]})");
  }
  std::map<std::string, preparation::Chains> hierarchies;
  for (const auto& variable : plan->variables) {
    auto chains = preparation::ReadChains(parts[1], variable.name, plan->delimiter);
    if (chains.ok()) hierarchies[variable.name] = *std::move(chains);
  }
  (void)preparation::Prepare(parts[2], *plan, hierarchies, *key);
  return 0;
}
