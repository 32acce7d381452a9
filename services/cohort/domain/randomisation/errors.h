// SPDX-License-Identifier: Apache-2.0
// Every way in which the randomisation engine refuses its input. Paths name the field as the
// design, the request or the file spells it; no message repeats a participant's value.
#ifndef REPRISE_COHORT_DOMAIN_RANDOMISATION_ERRORS_H_
#define REPRISE_COHORT_DOMAIN_RANDOMISATION_ERRORS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

#include "services/platform/error/error.h"

namespace reprise::randomisation {

// One faulty field of a design, gathered by CheckDesign.
error::Violation DesignFault(std::string path, std::string message);

// INVALID_ARGUMENT DESIGN_INVALID with all faulty fields.
absl::Status DesignInvalid(const std::vector<error::Violation>& faults);
// INVALID_ARGUMENT DESIGN_UNREADABLE: the design is not JSON of the form documented.
absl::Status DesignUnreadable(absl::string_view path, absl::string_view message);
// INVALID_ARGUMENT SEED_MALFORMED.
absl::Status SeedMalformed(absl::string_view path);
// INVALID_ARGUMENT LABEL_MALFORMED.
absl::Status LabelMalformed(absl::string_view path);
// INVALID_ARGUMENT LEVEL_UNKNOWN: a level, or a number of levels, that the design does not have.
absl::Status LevelUnknown(absl::string_view path, absl::string_view message);
// INVALID_ARGUMENT HISTORY_MISMATCH: counts that belong to another design.
absl::Status HistoryMismatch();
// INVALID_ARGUMENT UNIFORM_OUT_OF_RANGE: u outside [0, 1).
absl::Status UniformOutOfRange();
// INVALID_ARGUMENT NUMBER_OUT_OF_RANGE with the bounds in the sentence.
absl::Status NumberOutOfRange(absl::string_view path, int64_t low, int64_t high);
// INVALID_ARGUMENT METHOD_UNSUITABLE: the call does not serve the design's method.
absl::Status MethodUnsuitable(absl::string_view message);
// INVALID_ARGUMENT CLUSTERS_INVALID.
absl::Status ClustersInvalid(absl::string_view path, absl::string_view message);
// FAILED_PRECONDITION TOO_FEW_ALLOCATIONS with `admissible` and `required`.
absl::Status TooFewAllocations(int64_t admissible, int64_t required);
// INVALID_ARGUMENT SIMULATION_INVALID.
absl::Status SimulationInvalid(absl::string_view path, absl::string_view message);
// INVALID_ARGUMENT LOG_UNREADABLE: no first line that names design and commitment.
absl::Status LogUnreadable(absl::string_view message);
// NOT_FOUND SEQUENCE_UNKNOWN: a correction of an allocation that was never made.
absl::Status SequenceUnknown();

}  // namespace reprise::randomisation

#endif  // REPRISE_COHORT_DOMAIN_RANDOMISATION_ERRORS_H_
