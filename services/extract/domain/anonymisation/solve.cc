// SPDX-License-Identifier: Apache-2.0
#include "services/extract/domain/anonymisation/solve.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"

#include "services/extract/domain/anonymisation/errors.h"
#include "services/extract/domain/anonymisation/judge.h"
#include "services/extract/domain/anonymisation/methods.h"
#include "services/extract/domain/anonymisation/optimal.h"
#include "services/platform/error/error.h"
#include "services/platform/status.h"

namespace reprise::extract::anonymisation {

namespace {

// Keeps a huge lattice from running for hours where it only stands in.
constexpr uint64_t kInsteadNodes = 2000000;

absl::Status CheckPopulation(const Case& request, const Records& records) {
  for (const PrivacyModel& model : request.models) {
    if (model.kind == PrivacyModel::Kind::kDeltaPresence && records.population.empty()) {
      return CaseError("models", "Delta-presence needs a subset of the data to be released.");
    }
  }
  return absl::OkStatus();
}

// One coding a column is also a local recoding, and whole rows "*" are suppressed cells: where the
// other searches find nothing, or do not suit the case (k-map, delta-presence), the lattice may.
absl::StatusOr<Recoding> FullDomainInstead(const Case& request, const Records& records,
                                           Method method) {
  REPRISE_ASSIGN_OR_RETURN(Recoding found, SolveOptimal(request, records, kInsteadNodes));
  if (method == Method::kPortfolio) return found;
  found.method = method == Method::kCells   ? "cells"
                 : method == Method::kLocal ? "local"
                                            : "mondrian";
  if (method != Method::kCells) found.levels.clear();
  found.proven_optimal = false;
  return found;
}

}  // namespace

absl::StatusOr<Method> ParseMethod(absl::string_view name) {
  if (name == "optimal") return Method::kOptimal;
  if (name == "cells") return Method::kCells;
  if (name == "local") return Method::kLocal;
  if (name == "mondrian") return Method::kMondrian;
  if (name == "portfolio") return Method::kPortfolio;
  return error::InvalidField("method", "METHOD_UNKNOWN",
                             "Known methods: optimal, cells, local, mondrian, portfolio.");
}

absl::StatusOr<std::vector<Recoding>> Solve(const Case& request, const Records& records,
                                            Method method, const Effort& effort) {
  REPRISE_RETURN_IF_ERROR(CheckPopulation(request, records));
  if (const Judge judge(request, records); judge.least_size() > records.persons) {
    return NothingReleasableError(absl::StrCat("the models ask for classes of at least ",
                                               judge.least_size(), " persons, and there are ",
                                               records.persons, "."));
  }
  std::vector<Recoding> found;
  absl::Status refused;
  const auto take = [&](absl::StatusOr<Recoding> one) {
    if (one.ok()) found.push_back(*std::move(one));
    if (!one.ok()) refused = one.status();
  };
  const bool all = method == Method::kPortfolio;
  if (all || method == Method::kLocal) take(SolveLocal(request, records, effort));
  if (all || method == Method::kCells) take(SolveCells(request, records, effort));
  if (all || method == Method::kMondrian) take(SolveMondrian(request, records));
  if (method == Method::kOptimal) take(SolveOptimal(request, records, effort.budget));
  if (found.empty() && method != Method::kOptimal) {
    take(FullDomainInstead(request, records, method));
  }
  if (found.empty()) return refused;
  if (found.size() == 1) return found;
  std::vector<std::pair<double, size_t>> order;
  for (size_t i = 0; i < found.size(); ++i)
    order.push_back({Summarise(request, records, found[i]).score, i});
  std::sort(order.begin(), order.end());
  std::vector<Recoding> sorted;
  for (const auto& [score, i] : order) sorted.push_back(std::move(found[i]));
  return sorted;
}

}  // namespace reprise::extract::anonymisation
