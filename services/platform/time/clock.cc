// SPDX-License-Identifier: Apache-2.0
#include "services/platform/time/clock.h"

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_format.h"
#include "absl/time/clock.h"

#include "services/platform/error/error.h"

namespace reprise {

absl::Time SystemClock::Now() { return absl::Now(); }

absl::StatusOr<absl::CivilDay> ParseDate(absl::string_view text, absl::string_view path) {
  const auto malformed = [&] {
    return error::InvalidField(path, "DATE_MALFORMED",
                               "A calendar day written YYYY-MM-DD is required.");
  };
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return malformed();
  for (const size_t i : {0, 1, 2, 3, 5, 6, 8, 9}) {
    if (!absl::ascii_isdigit(text[i])) return malformed();
  }
  int year = 0, month = 0, day = 0;
  if (!absl::SimpleAtoi(text.substr(0, 4), &year) || !absl::SimpleAtoi(text.substr(5, 2), &month) ||
      !absl::SimpleAtoi(text.substr(8, 2), &day)) {
    return malformed();
  }
  const absl::CivilDay civil(year, month, day);
  if (year < 1 || civil.year() != year || civil.month() != month || civil.day() != day) {
    return malformed();
  }
  return civil;
}

std::string FormatDate(absl::CivilDay day) {
  return absl::StrFormat("%04d-%02d-%02d", static_cast<int>(day.year()), day.month(), day.day());
}

std::string FormatInstant(absl::Time time) {
  const absl::TimeZone::CivilInfo at = absl::UTCTimeZone().At(time);
  return absl::StrFormat("%04d-%02d-%02dT%02d:%02d:%02d.%06dZ", at.cs.year(), at.cs.month(),
                         at.cs.day(), at.cs.hour(), at.cs.minute(), at.cs.second(),
                         absl::ToInt64Microseconds(at.subsecond));
}

}  // namespace reprise
