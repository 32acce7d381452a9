// SPDX-License-Identifier: Apache-2.0
// The only place that reads the clock, and calendar days as text. Instants are absl::Time;
// calendar days are absl::CivilDay and never turn into instants without a site's time zone.
#ifndef REPRISE_PLATFORM_TIME_CLOCK_H_
#define REPRISE_PLATFORM_TIME_CLOCK_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"

namespace reprise {

// Thread-safe.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual absl::Time Now() = 0;
};

class SystemClock : public Clock {
 public:
  absl::Time Now() override;
};

// `YYYY-MM-DD`, years 1 to 9999, the day valid for its month; otherwise INVALID_ARGUMENT
// DATE_MALFORMED naming `path`.
absl::StatusOr<absl::CivilDay> ParseDate(absl::string_view text, absl::string_view path);
std::string FormatDate(absl::CivilDay day);

// `2026-11-21T23:01:58.220832Z`: UTC, cut to microseconds. `time` lies in the years 1 to 9999.
std::string FormatInstant(absl::Time time);

}  // namespace reprise

#endif  // REPRISE_PLATFORM_TIME_CLOCK_H_
