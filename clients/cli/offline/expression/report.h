// SPDX-License-Identifier: Apache-2.0
// What `reprise expression check` tells about one expression.
#ifndef REPRISE_CLI_OFFLINE_EXPRESSION_REPORT_H_
#define REPRISE_CLI_OFFLINE_EXPRESSION_REPORT_H_

#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

#include "services/questionnaire/domain/expression/check.h"

namespace reprise::cli {

struct Report {
  std::string text;      // canonical text, type, names, one line a problem
  absl::Status outcome;  // INVALID_ARGUMENT EXPRESSION_REFUSED where a problem is an error
};

// `a:number,b:choice(1|2)` as the symbols of a form.
//   INVALID_ARGUMENT NAMES_MALFORMED, EXPRESSION_SYNTAX
absl::StatusOr<expression::Symbols> ParseSymbols(absl::string_view names);

// Without `names`, every name is taken to exist.
absl::StatusOr<Report> CheckText(absl::string_view text, const std::optional<std::string>& names);

}  // namespace reprise::cli

#endif  // REPRISE_CLI_OFFLINE_EXPRESSION_REPORT_H_
