// SPDX-License-Identifier: Apache-2.0
#include "services/extract/domain/anonymisation/solve.h"

#include <algorithm>
#include <utility>

#include "services/extract/domain/anonymisation/errors.h"
#include "services/extract/domain/anonymisation/methods.h"
#include "services/extract/domain/anonymisation/optimal.h"
#include "services/platform/error/error.h"
#include "services/platform/status.h"

namespace reprise::extract::anonymisation {

namespace {

// The portfolio falls back on the lattice; a limit keeps a huge one from running for hours.
constexpr uint64_t kPortfolioNodes = 2000000;

absl::Status CheckPopulation(const Case& request, const Records& records) {
  for (const PrivacyModel& model : request.models) {
    if (model.kind == PrivacyModel::Kind::kDeltaPresence && records.population.empty()) {
      return CaseError("models", "Delta-presence needs a subset of the data to be released.");
    }
  }
  return absl::OkStatus();
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
  // The optimum over whole columns is the last resort of a portfolio: local codings include it.
  if (method == Method::kOptimal || (all && found.empty())) {
    take(SolveOptimal(request, records,
                      method == Method::kOptimal ? effort.budget : kPortfolioNodes));
  }
  if (found.empty()) return refused;
  std::vector<std::pair<double, size_t>> order;
  for (size_t i = 0; i < found.size(); ++i)
    order.push_back({Summarise(request, records, found[i]).score, i});
  std::sort(order.begin(), order.end());
  std::vector<Recoding> sorted;
  for (const auto& [score, i] : order) sorted.push_back(std::move(found[i]));
  return sorted;
}

}  // namespace reprise::extract::anonymisation
