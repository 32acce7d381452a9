// SPDX-License-Identifier: Apache-2.0
#include "services/cohort/domain/monitoring/response_style.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "services/platform/status.h"

namespace reprise::monitoring {

absl::StatusOr<ResponseStyle> ResponseStyleOf(absl::Span<const Recorded> responses) {
  REPRISE_ASSIGN_OR_RETURN(const Present present, PresentOf(responses, "responses"));
  ResponseStyle style;
  if (!responses.empty()) {
    style.missing_share =
        static_cast<double>(present.missing) / static_cast<double>(responses.size());
  }
  int64_t run = 0;
  for (size_t i = 0; i < present.values.size(); ++i) {
    run = i > 0 && present.values[i] == present.values[i - 1] ? run + 1 : 1;
    style.longest_run = std::max(style.longest_run, run);
  }
  style.distinct =
      static_cast<int64_t>(std::set<double>(present.values.begin(), present.values.end()).size());
  if (const auto variance = SampleVariance(present.values))
    style.variability = std::sqrt(*variance);
  return style;
}

}  // namespace reprise::monitoring
