// SPDX-License-Identifier: Apache-2.0
// Hierarchies that need not be written by hand: intervals of whole numbers, calendar periods,
// prefixes. The values are those of a column; every result ends in "*" and is valid in the sense of
// hierarchy.h.
#ifndef REPRISE_EXTRACT_DOMAIN_ANONYMISATION_BUILDERS_H_
#define REPRISE_EXTRACT_DOMAIN_ANONYMISATION_BUILDERS_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

#include "services/extract/domain/anonymisation/model.h"

namespace reprise::extract::anonymisation {

struct IntervalSteps {
  int64_t origin = 0;           // some interval starts here at every level
  std::vector<int64_t> widths;  // ascending, each a multiple of the one before, at least 2
  // Values below and above are one open group each, "<25" and ">=75", from the first level on; both
  // on a boundary of the widest interval, or unset (INT64_MIN, INT64_MAX).
  int64_t bottom = INT64_MIN;
  int64_t top = INT64_MAX;
};

// Whole numbers into "lo-hi" intervals, both ends included. The domain is every value given.
//   INVALID_ARGUMENT HIERARCHY_STEPS_INVALID: widths that do not nest, a value that is no whole
//   number, bounds off the grid, no values.
absl::StatusOr<Hierarchy> BuildIntervals(absl::string_view attribute,
                                         std::vector<std::string> values,
                                         const IntervalSteps& steps);

enum class Period { kMonth, kQuarter, kHalf, kYear };

// Calendar values "YYYY-MM-DD" or "YYYY-MM" into the periods named, ascending: "2022-09",
// "2022-Q3", "2022-H2", "2022". INVALID_ARGUMENT HIERARCHY_STEPS_INVALID: another form, no such
// day, periods that do not ascend or are finer than the values.
absl::StatusOr<Hierarchy> BuildDates(absl::string_view attribute, std::vector<std::string> values,
                                     const std::vector<Period>& periods);

// Codes cut to ever shorter prefixes (numbers of characters, descending), written with one "*" for
// each character cut: 13053, 1305*, 130**. INVALID_ARGUMENT HIERARCHY_STEPS_INVALID: lengths that
// do not descend or are below 1, a value shorter than the longest prefix.
absl::StatusOr<Hierarchy> BuildPrefixes(absl::string_view attribute,
                                        std::vector<std::string> values,
                                        const std::vector<int>& lengths);

}  // namespace reprise::extract::anonymisation

#endif  // REPRISE_EXTRACT_DOMAIN_ANONYMISATION_BUILDERS_H_
