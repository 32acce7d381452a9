// SPDX-License-Identifier: Apache-2.0
#include "services/platform/time/clock.h"

#include <gtest/gtest.h>

#include "services/platform/error/error.h"

namespace reprise {
namespace {

TEST(DateTest, ReadsAndWritesCalendarDays) {
  EXPECT_EQ(*ParseDate("2028-02-29", "d"), absl::CivilDay(2028, 2, 29));
  EXPECT_EQ(FormatDate(absl::CivilDay(987, 6, 5)), "0987-06-05");
}

TEST(DateTest, RefusesDaysThatDoNotExist) {
  for (const char* text : {"2027-02-29", "2026-13-01", "2026-00-10", "2026-1-1", "01/02/2026", "",
                           "2026-10-25T", "0000-01-01", "2026-+1-01", "2026-10- 5"}) {
    EXPECT_EQ(error::ReasonOf(ParseDate(text, "d").status()), "DATE_MALFORMED") << text;
  }
}

TEST(InstantTest, IsWrittenInUtcToTheMicrosecond) {
  EXPECT_EQ(FormatInstant(absl::UnixEpoch()), "1970-01-01T00:00:00.000000Z");
  // 2001-09-09T01:46:40Z is second 1,000,000,000.
  EXPECT_EQ(FormatInstant(absl::FromUnixMicros(1000000000000042)), "2001-09-09T01:46:40.000042Z");
  EXPECT_EQ(FormatInstant(absl::FromUnixNanos(-1)), "1969-12-31T23:59:59.999999Z");
}

}  // namespace
}  // namespace reprise
