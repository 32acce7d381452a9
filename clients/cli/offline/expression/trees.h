// SPDX-License-Identifier: Apache-2.0
// Expressions as the trees that evaluators outside this program read, and test vectors for them.
#ifndef REPRISE_CLI_OFFLINE_EXPRESSION_TREES_H_
#define REPRISE_CLI_OFFLINE_EXPRESSION_TREES_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace reprise::cli {

// JSON of reprise.questionnaire.v1.Expression, indented. The errors of Parse.
absl::StatusOr<std::string> TreeOf(absl::string_view text);

// The rows of a file with case_id,expression,bindings,expected_type,expected as JSON: for each
// `id`, `expression`, its `tree`, `bindings` (event, item, code, type, value) and `expected` (type,
// value). What is expected is the file's, never computed; numbers have 15 significant digits.
//   INVALID_ARGUMENT as EvaluateVectors, and EXPECTED_MALFORMED
absl::StatusOr<std::string> TreesOfVectors(absl::string_view csv, absl::string_view file_name);

}  // namespace reprise::cli

#endif  // REPRISE_CLI_OFFLINE_EXPRESSION_TREES_H_
