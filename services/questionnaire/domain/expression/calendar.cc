// SPDX-License-Identifier: Apache-2.0
#include "services/questionnaire/domain/expression/calendar.h"

#include "absl/time/civil_time.h"

namespace reprise::expression {

int FullYears(int32_t from, int32_t to) {
  const absl::CivilDay epoch(1970, 1, 1);
  const absl::CivilDay start = epoch + from;
  const absl::CivilDay end = epoch + to;
  // CivilDay normalises 29 February of a common year to 1 March, which is the rule wanted.
  const absl::CivilDay anniversary(end.year(), start.month(), start.day());
  return static_cast<int>(end.year() - start.year()) - (anniversary > end ? 1 : 0);
}

}  // namespace reprise::expression
