// SPDX-License-Identifier: Apache-2.0
// case.json and subset_rows.txt: what is asked of a release.
#ifndef REPRISE_EXTRACT_DOMAIN_ANONYMISATION_CASE_H_
#define REPRISE_EXTRACT_DOMAIN_ANONYMISATION_CASE_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

#include "services/extract/domain/anonymisation/model.h"

namespace reprise::extract::anonymisation {

// Fields: id, title, qis, models, suppression_limit, metric, sensitive, and optionally roles
// ({"column": "direct"|"quasi"|"sensitive"|"neutral"|"free_text"}), person, subset (or subset_rows,
// subset_file), delimiter; others are ignored. INVALID_ARGUMENT CASE_INVALID naming the field: not
// JSON, wrong type, no QI, a QI twice or with two roles, an unknown model or metric, a limit
// outside [0, 1].
absl::StatusOr<Case> ParseCase(absl::string_view json);

// One model's text, for example "rl:rtw:3:3". INVALID_ARGUMENT CASE_INVALID at `path`.
absl::StatusOr<PrivacyModel> ParseModel(absl::string_view text, absl::string_view path);

std::string MetricName(Metric metric);

// One 0-based row number a line, in any order. INVALID_ARGUMENT SUBSET_INVALID: not a number, not a
// row of the data, twice, or none at all.
absl::StatusOr<Subset> ParseSubset(absl::string_view text, absl::string_view file, size_t rows);

// Whether the model needs a population beside the released rows.
bool NeedsPopulation(const Case& request);

}  // namespace reprise::extract::anonymisation

#endif  // REPRISE_EXTRACT_DOMAIN_ANONYMISATION_CASE_H_
