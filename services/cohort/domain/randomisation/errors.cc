// SPDX-License-Identifier: Apache-2.0
#include "services/cohort/domain/randomisation/errors.h"

#include <utility>

#include "absl/strings/str_cat.h"

namespace reprise::randomisation {

error::Violation DesignFault(std::string path, std::string message) {
  return {.path = std::move(path), .reason = "DESIGN_INVALID", .message = std::move(message)};
}

absl::Status DesignInvalid(const std::vector<error::Violation>& faults) {
  return error::Invalid("DESIGN_INVALID", "The randomisation design is not valid.", faults);
}

absl::Status DesignUnreadable(absl::string_view path, absl::string_view message) {
  return error::InvalidField(path, "DESIGN_UNREADABLE", message);
}

absl::Status SeedMalformed(absl::string_view path) {
  return error::InvalidField(path, "SEED_MALFORMED",
                             "A seed is 256 bits written as 64 hexadecimal digits.");
}

absl::Status LabelMalformed(absl::string_view path) {
  return error::InvalidField(path, "LABEL_MALFORMED",
                             "A stratum label is UTF-8 text of 1 to 10000 bytes without control "
                             "characters, such as CENTRE=1|AGE=<50, or all.");
}

absl::Status LevelUnknown(absl::string_view path, absl::string_view message) {
  return error::InvalidField(path, "LEVEL_UNKNOWN", message);
}

absl::Status HistoryMismatch() {
  return error::InvalidField("history", "HISTORY_MISMATCH",
                             "The counts of the history belong to another design: arms, factors "
                             "and levels must be the same, and no count below 0.");
}

absl::Status UniformOutOfRange() {
  return error::InvalidField("u", "UNIFORM_OUT_OF_RANGE",
                             "The uniform number must be at least 0 and below 1.");
}

absl::Status NumberOutOfRange(absl::string_view path, int64_t low, int64_t high) {
  return error::InvalidField(
      path, "NUMBER_OUT_OF_RANGE",
      absl::StrCat("A whole number from ", low, " to ", high, " is required."));
}

absl::Status MethodUnsuitable(absl::string_view message) {
  return error::InvalidField("method", "METHOD_UNSUITABLE", message);
}

absl::Status ClustersInvalid(absl::string_view path, absl::string_view message) {
  return error::InvalidField(path, "CLUSTERS_INVALID", message);
}

absl::Status TooFewAllocations(int64_t admissible, int64_t required) {
  return error::Make(
      absl::StatusCode::kFailedPrecondition, "TOO_FEW_ALLOCATIONS",
      absl::StrCat("Only ", admissible, " allocations are balanced enough, and ", required,
                   " are required for the choice among them to be random; loosen "
                   "the cut or drop a covariate."),
      {{"admissible", absl::StrCat(admissible)}, {"required", absl::StrCat(required)}});
}

absl::Status SimulationInvalid(absl::string_view path, absl::string_view message) {
  return error::InvalidField(path, "SIMULATION_INVALID", message);
}

absl::Status LogUnreadable(absl::string_view message) {
  return error::InvalidField("log:1", "LOG_UNREADABLE", message);
}

absl::Status SequenceUnknown() {
  return error::Make(absl::StatusCode::kNotFound, "SEQUENCE_UNKNOWN",
                     "The correction names an allocation that was never made.");
}

}  // namespace reprise::randomisation
