// SPDX-License-Identifier: Apache-2.0
// The original and the written file side by side: which column stands where, whether each written
// cell may stand for its original, and what both read for every person.
#ifndef REPRISE_EXTRACT_DOMAIN_RISK_COMPARISON_H_
#define REPRISE_EXTRACT_DOMAIN_RISK_COMPARISON_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

#include "services/extract/domain/risk/population.h"
#include "services/extract/domain/risk/sample.h"
#include "services/extract/domain/risk/verifier_case.h"

namespace reprise::extract::risk {

inline constexpr char kOriginalFile[] = "original";
inline constexpr char kReleasedFile[] = "released";

struct Comparison {
  Sample released;               // grouped
  std::vector<Codes> originals;  // domain values of the quasi-identifiers of the released persons
  Population population;         // filled only with a subset
};

// Errors as VerifyRelease, except those of promises and limits.
absl::StatusOr<Comparison> CompareFiles(absl::string_view original_csv,
                                        absl::string_view released_csv,
                                        const VerifierCase& request);

}  // namespace reprise::extract::risk

#endif  // REPRISE_EXTRACT_DOMAIN_RISK_COMPARISON_H_
