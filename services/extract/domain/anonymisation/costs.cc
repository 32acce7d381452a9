// SPDX-License-Identifier: Apache-2.0
#include "services/extract/domain/anonymisation/costs.h"

#include <utility>

#include "services/extract/domain/anonymisation/grouping.h"
#include "services/extract/domain/anonymisation/keys.h"
#include "services/platform/error/error.h"
#include "services/platform/status.h"

namespace reprise::extract::anonymisation {
namespace {

// Uniques and average risk of the input on its quasi-identifiers.
absl::Status CountInput(const Records& records, Cost& cost) {
  REPRISE_ASSIGN_OR_RETURN(const KeySpace space, MakeKeySpace(records, FullLadders(records), 0));
  WithWords(space.words, [&](auto words) {
    constexpr int kWords = decltype(words)::value;
    Groups<kWords> tuples{PackKeys<kWords>(space, records, {}), records.count, {}};
    Key<kWords> all;
    for (uint64_t& word : all.word) word = ~uint64_t{0};
    GroupTable<kWords> table;
    Groups<kWords> classes;
    table.Group(tuples, all, classes);
    double occupied = 0, uniques = 0;
    for (const uint32_t count : classes.count) {
      occupied += count > 0 ? 1 : 0;
      uniques += count == 1 ? 1 : 0;
    }
    cost.unique_share = uniques / static_cast<double>(records.persons);
    cost.average_risk_before = occupied / static_cast<double>(records.persons);
  });
  return absl::OkStatus();
}

absl::StatusOr<Cost> CostOf(const Case& request, const Records& records, Method method,
                            const Effort& effort, Cost cost, size_t attributes) {
  REPRISE_RETURN_IF_ERROR(CountInput(records, cost));
  const absl::StatusOr<std::vector<Recoding>> found = Solve(request, records, method, effort);
  if (!found.ok()) {
    if (error::ReasonOf(found.status()) == "NOTHING_RELEASABLE") return cost;
    return found.status();
  }
  cost.releasable = true;
  cost.summary = Summarise(request, records, found->front());
  double sum = static_cast<double>(attributes - records.attributes());
  for (const double loss : cost.summary.per_qi_loss) sum += loss;
  cost.loss_of_request = sum / static_cast<double>(attributes);
  return cost;
}

}  // namespace

absl::StatusOr<std::vector<Cost>> VariableCosts(const Case& request, const Records& records,
                                                Method method, const Effort& effort) {
  std::vector<Cost> costs;
  const auto add = [&](const Records& variant, Cost cost) -> absl::Status {
    Case asked = request;
    if (cost.left_out) std::erase(asked.qis, cost.attribute);
    REPRISE_ASSIGN_OR_RETURN(Cost counted, CostOf(asked, variant, method, effort, std::move(cost),
                                                  records.attributes()));
    costs.push_back(std::move(counted));
    return absl::OkStatus();
  };
  REPRISE_RETURN_IF_ERROR(add(records, {}));
  for (const std::string& qi : request.qis) {
    for (size_t a = 0; a < records.attributes(); ++a) {
      if (records.qis[a]->attribute != qi) continue;
      Cost cost;
      cost.attribute = qi;
      for (int level = 1; level + 1 < records.qis[a]->levels(); ++level) {
        cost.level = level;
        Hierarchy coarser;
        const Records variant = Coarsened(records, a, level, coarser);
        REPRISE_RETURN_IF_ERROR(add(variant, cost));
      }
      if (records.attributes() == 1) continue;
      cost.level = 0;
      cost.left_out = true;
      REPRISE_RETURN_IF_ERROR(add(WithoutAttribute(records, a), cost));
    }
  }
  return costs;
}

}  // namespace reprise::extract::anonymisation
