// SPDX-License-Identifier: Apache-2.0
#include "services/extract/domain/anonymisation/solve.h"

#include <algorithm>
#include <utility>

#include "services/extract/domain/anonymisation/errors.h"
#include "services/extract/domain/anonymisation/optimal.h"
#include "services/platform/error/error.h"
#include "services/platform/status.h"

namespace reprise::extract::anonymisation {

absl::StatusOr<Method> ParseMethod(absl::string_view name) {
  if (name == "optimal") return Method::kOptimal;
  if (name == "cells") return Method::kCells;
  if (name == "local") return Method::kLocal;
  if (name == "mondrian") return Method::kMondrian;
  if (name == "portfolio") return Method::kPortfolio;
  return error::InvalidField("method", "METHOD_UNKNOWN",
                             "Known methods: optimal, cells, local, mondrian, portfolio.");
}

absl::StatusOr<std::vector<Recoding>> Solve(const Case& request, const Records& records, Method method,
                                            const Effort& effort) {
  (void)method;
  REPRISE_ASSIGN_OR_RETURN(Recoding recoding, SolveOptimal(request, records, effort.budget));
  Canonicalise(request, records, recoding);
  return std::vector<Recoding>{std::move(recoding)};
}

}  // namespace reprise::extract::anonymisation
