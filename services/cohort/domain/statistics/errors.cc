// SPDX-License-Identifier: Apache-2.0
#include "services/cohort/domain/statistics/errors.h"

#include <cmath>

#include "absl/strings/str_cat.h"

namespace reprise::statistics {
namespace {

error::Violation Make(absl::string_view field, const char* reason, std::string sentence) {
  return {.path = std::string(field), .reason = reason, .message = std::move(sentence)};
}

}  // namespace

error::Violation NotFinite(absl::string_view field) {
  return Make(field, "NUMBER_NOT_FINITE", absl::StrCat(field, " must be a finite number."));
}

error::Violation ProportionAsPercent(absl::string_view field, double value) {
  return Make(
      field, "PROPORTION_AS_PERCENT",
      absl::StrCat(field, " is ", value, ", but a proportion between 0 and 1 is required: write ",
                   value / 100, " for ", value, " %."));
}

error::Violation OutOfRange(absl::string_view field, double value, absl::string_view range) {
  return Make(field, "OUT_OF_RANGE",
              absl::StrCat(field, " is ", value, ", but must be ", range, "."));
}

error::Violation NotPositive(absl::string_view field, double value) {
  return Make(field, "NOT_POSITIVE", absl::StrCat(field, " is ", value, ", but must be above 0."));
}

error::Violation Negative(absl::string_view field, double value) {
  return Make(field, "NEGATIVE", absl::StrCat(field, " is ", value, ", but must not be negative."));
}

error::Violation CountTooLarge(absl::string_view field) {
  return Make(field, "COUNT_TOO_LARGE",
              absl::StrCat(field, " is too large: the greatest count taken is ", kMaxCount, "."));
}

error::Violation CountAboveTotal(absl::string_view field, int64_t value,
                                 absl::string_view total_field, int64_t total) {
  return Make(field, "COUNT_ABOVE_TOTAL",
              absl::StrCat(field, " is ", value, ", but must not exceed ", total_field,
                           ", which is ", total, "."));
}

error::Violation ValuesEqual(absl::string_view field, absl::string_view other) {
  return Make(
      field, "VALUES_EQUAL",
      absl::StrCat(field, " equals ", other, ": no sample size can show a difference of 0."));
}

error::Violation NotBelow(absl::string_view field, absl::string_view other) {
  return Make(field, "NOT_BELOW", absl::StrCat(field, " must be below ", other, "."));
}

error::Violation ValuesTooClose(absl::string_view field, absl::string_view other) {
  return Make(
      field, "VALUES_TOO_CLOSE",
      absl::StrCat(field, " and ", other,
                   " are so close that more than 1000000000 participants would be needed."));
}

error::Violation PowerNotAboveAlpha(absl::string_view field) {
  return Make(field, "POWER_NOT_ABOVE_ALPHA",
              absl::StrCat(field, " must be above the error level of one side of the test."));
}

error::Violation NoEffect(absl::string_view field, double value) {
  return Make(
      field, "NO_EFFECT",
      absl::StrCat(field, " is ", value, ", which is no effect: no sample size can show it."));
}

error::Violation MethodUnknown(absl::string_view field, absl::string_view value,
                               absl::string_view known) {
  return Make(field, "METHOD_UNKNOWN",
              absl::StrCat(field, " '", value, "' is unknown; known are ", known, "."));
}

error::Violation LengthMismatch(absl::string_view field, size_t length, absl::string_view other,
                                size_t other_length) {
  return Make(field, "LENGTH_MISMATCH",
              absl::StrCat(field, " has ", length, " values, but ", other, " has ", other_length,
                           "; one value a centre is required in each."));
}

error::Violation NoCentre(absl::string_view field) {
  return Make(field, "NO_CENTRE",
              absl::StrCat(field, " names no centre; at least one is required."));
}

error::Violation ZeroExposure(absl::string_view field) {
  return Make(field, "ZERO_EXPOSURE",
              absl::StrCat(field, " is 0: without time at risk there is no rate."));
}

error::Violation ExactTooLarge(absl::string_view field) {
  return Make(field, "EXACT_TOO_LARGE",
              absl::StrCat(field,
                           " asks for an exact search, which ends at 5000 participants per arm; "
                           "use pooled, whose error is negligible there."));
}

error::Violation StepsMismatch(absl::string_view field) {
  return Make(field, "STEPS_MISMATCH",
              absl::StrCat(field,
                           " must equal clusters_per_step times (periods - 1), so that every "
                           "cluster has crossed over in the last period."));
}

absl::Status Refused(const std::vector<error::Violation>& violations) {
  if (violations.size() == 1) {
    return error::Invalid(violations[0].reason, violations[0].message, violations);
  }
  return error::Invalid("PLANNING_INPUT_INVALID",
                        absl::StrCat(violations.size(), " fields cannot be accepted."), violations);
}

bool Checks::Finite(absl::string_view field, double value) {
  if (!std::isfinite(value)) Add(NotFinite(field));
  return std::isfinite(value);
}

void Checks::OpenProportion(absl::string_view field, double value) {
  if (!Finite(field, value) || (value > 0 && value < 1)) return;
  Add(value > 1 && value <= 100 ? ProportionAsPercent(field, value)
                                : OutOfRange(field, value, "between 0 and 1, both excluded"));
}

void Checks::ClosedProportion(absl::string_view field, double value) {
  if (!Finite(field, value) || (value >= 0 && value <= 1)) return;
  Add(value > 1 && value <= 100 ? ProportionAsPercent(field, value)
                                : OutOfRange(field, value, "between 0 and 1"));
}

void Checks::Positive(absl::string_view field, double value) {
  if (Finite(field, value) && !(value > 0)) Add(NotPositive(field, value));
}

void Checks::NotNegative(absl::string_view field, double value) {
  if (Finite(field, value) && value < 0) Add(Negative(field, value));
}

void Checks::Count(absl::string_view field, int64_t value, int64_t least) {
  if (value > kMaxCount) return Add(CountTooLarge(field));
  if (value >= least) return;
  if (value < 0) return Add(Negative(field, static_cast<double>(value)));
  Add(OutOfRange(field, static_cast<double>(value), absl::StrCat("at least ", least)));
}

void Checks::Part(absl::string_view field, int64_t value, absl::string_view total_field,
                  int64_t total) {
  Count(field, value);
  Count(total_field, total);
  if (total >= 0 && value > total) Add(CountAboveTotal(field, value, total_field, total));
}

void Checks::Range(absl::string_view field, double value, bool fine, absl::string_view range) {
  if (Finite(field, value) && !fine) Add(OutOfRange(field, value, range));
}

void Checks::Effect(absl::string_view field, double value) {
  if (Finite(field, value) && value == 0) Add(NoEffect(field, value));
}

void Checks::Test(absl::string_view alpha_field, double alpha, int64_t sides, double power) {
  const size_t before = violations_.size();
  OpenProportion(alpha_field, alpha);
  OpenProportion("power", power);
  if (sides != 1 && sides != 2) Add(OutOfRange("sides", static_cast<double>(sides), "1 or 2"));
  if (violations_.size() > before) return;
  if (power <= alpha / static_cast<double>(sides)) Add(PowerNotAboveAlpha("power"));
}

absl::Status Checks::ToStatus() const {
  return violations_.empty() ? absl::OkStatus() : Refused(violations_);
}

}  // namespace reprise::statistics
