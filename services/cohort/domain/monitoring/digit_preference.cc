// SPDX-License-Identifier: Apache-2.0
#include "services/cohort/domain/monitoring/digit_preference.h"

#include "absl/strings/str_cat.h"

#include "services/cohort/domain/monitoring/distribution.h"
#include "services/cohort/domain/monitoring/errors.h"

namespace reprise::monitoring {

absl::StatusOr<DigitPreference> DigitPreferenceOf(absl::Span<const int64_t> counts) {
  if (counts.size() != 10) return LengthsDiffer("digit_counts", 10, counts.size());
  double total = 0;
  for (size_t i = 0; i < counts.size(); ++i) {
    if (counts[i] < 0) return CountInvalid(absl::StrCat("digit_counts[", i, "]"));
    total += static_cast<double>(counts[i]);
  }
  DigitPreference result;
  if (total == 0) return result;
  const double expected = total / 10;
  double chi_square = 0;
  for (const int64_t count : counts) {
    const double off = static_cast<double>(count) - expected;
    chi_square += off * off / expected;
  }
  result.chi_square = chi_square;
  result.p = ChiSquareTail(chi_square, result.df);
  return result;
}

}  // namespace reprise::monitoring
