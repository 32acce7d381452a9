// SPDX-License-Identifier: Apache-2.0
// Every refusal of the planning statistics: what is wrong with one field, as a violation that names
// it, and a collector that hands all faulty fields of a call back at once (INVALID_ARGUMENT).
//   Checks checks;
//   checks.OpenProportion("p1", p1);
//   REPRISE_RETURN_IF_ERROR(checks.ToStatus());
#ifndef REPRISE_COHORT_DOMAIN_STATISTICS_ERRORS_H_
#define REPRISE_COHORT_DOMAIN_STATISTICS_ERRORS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

#include "services/platform/error/error.h"

namespace reprise::statistics {

// The largest count taken: up to here the distribution functions keep nine digits.
inline constexpr int64_t kMaxCount = 1'000'000'000'000;

error::Violation NotFinite(absl::string_view field);  // NUMBER_NOT_FINITE
error::Violation ProportionAsPercent(absl::string_view field,
                                     double value);  // PROPORTION_AS_PERCENT
error::Violation OutOfRange(absl::string_view field, double value,
                            absl::string_view range);                 // OUT_OF_RANGE
error::Violation NotPositive(absl::string_view field, double value);  // NOT_POSITIVE
error::Violation Negative(absl::string_view field, double value);     // NEGATIVE
error::Violation CountTooLarge(absl::string_view field);              // COUNT_TOO_LARGE
error::Violation CountAboveTotal(absl::string_view field, int64_t value,
                                 absl::string_view total_field,
                                 int64_t total);  // COUNT_ABOVE_TOTAL
error::Violation ValuesEqual(absl::string_view field, absl::string_view other);  // VALUES_EQUAL
error::Violation NotBelow(absl::string_view field, absl::string_view other);     // NOT_BELOW
error::Violation ValuesTooClose(absl::string_view field,
                                absl::string_view other);          // VALUES_TOO_CLOSE
error::Violation PowerNotAboveAlpha(absl::string_view field);      // POWER_NOT_ABOVE_ALPHA
error::Violation NoEffect(absl::string_view field, double value);  // NO_EFFECT
error::Violation MethodUnknown(absl::string_view field, absl::string_view value,
                               absl::string_view known);  // METHOD_UNKNOWN
error::Violation LengthMismatch(absl::string_view field, size_t length, absl::string_view other,
                                size_t other_length);     // LENGTH_MISMATCH
error::Violation NoCentre(absl::string_view field);       // NO_CENTRE
error::Violation ZeroExposure(absl::string_view field);   // ZERO_EXPOSURE
error::Violation ExactTooLarge(absl::string_view field);  // EXACT_TOO_LARGE
error::Violation StepsMismatch(absl::string_view field);  // STEPS_MISMATCH

// INVALID_ARGUMENT: one violation gives its own reason and sentence, several
// PLANNING_INPUT_INVALID.
absl::Status Refused(const std::vector<error::Violation>& violations);

// Collects the violations of one call. Not thread-safe.
class Checks {
 public:
  void OpenProportion(absl::string_view field, double value);    // 0 < value < 1
  void ClosedProportion(absl::string_view field, double value);  // 0 <= value <= 1
  void Positive(absl::string_view field, double value);
  void NotNegative(absl::string_view field, double value);
  void Count(absl::string_view field, int64_t value, int64_t least = 0);  // least .. kMaxCount
  void Part(absl::string_view field, int64_t value, absl::string_view total_field, int64_t total);
  void Range(absl::string_view field, double value, bool fine, absl::string_view range);
  void Effect(absl::string_view field, double value);  // finite and not 0
  // alpha and power in (0,1), sides 1 or 2, and power above alpha / sides.
  void Test(absl::string_view alpha_field, double alpha, int64_t sides, double power);

  void Add(error::Violation violation) { violations_.push_back(std::move(violation)); }
  bool ok() const { return violations_.empty(); }
  absl::Status ToStatus() const;

 private:
  bool Finite(absl::string_view field, double value);
  std::vector<error::Violation> violations_;
};

}  // namespace reprise::statistics

#endif  // REPRISE_COHORT_DOMAIN_STATISTICS_ERRORS_H_
