// SPDX-License-Identifier: Apache-2.0
#include "clients/cli/online/arguments.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "clients/cli/files.h"
#include "services/platform/error/error.h"

namespace reprise::cli {
namespace {

TEST(ArgumentsTest, InstantsAreDaysOfAZoneOrWhole) {
  absl::TimeZone reunion;
  ASSERT_TRUE(absl::LoadTimeZone("Indian/Reunion", &reunion));  // UTC+4, no summer time
  const struct {
    const char* text;
    const char* expected;  // empty: refused
  } cases[] = {
      {"2026-02-01", "2026-01-31T20:00:00+00:00"},
      {"2026-02-01T08:30:00+01:00", "2026-02-01T07:30:00+00:00"},
      {"2026-02-01T08:30:00Z", "2026-02-01T08:30:00+00:00"},
      {"2026-02-30", ""},
      {"2026-2-1", ""},
      {"01/02/2026", ""},
      {"2026-02", ""},
      {"infinite-future", ""},
      {"", ""},
      {"now", ""},
  };
  for (const auto& c : cases) {
    const auto time = ParseInstant(c.text, "--from", reunion);
    EXPECT_EQ(time.ok() ? absl::FormatTime(absl::RFC3339_full, *time, absl::UTCTimeZone()) : "",
              c.expected)
        << c.text;
    if (time.ok()) continue;
    EXPECT_EQ(error::DetailOf(time.status()).violations.at(0).path, "--from") << c.text;
  }
}

TEST(ArgumentsTest, EveryRoleHasAName) {
  EXPECT_EQ(RoleNames().size(), 7u);
  EXPECT_EQ(RoleOf("occupational_physician"), access::v1::ROLE_OCCUPATIONAL_PHYSICIAN);
  EXPECT_EQ(RoleOf("nurse"), access::v1::ROLE_UNSPECIFIED);
  for (const std::string& name : RoleNames())
    EXPECT_NE(RoleOf(name), access::v1::ROLE_UNSPECIFIED) << name;
}

TEST(ArgumentsTest, APasswordFileIsItsFirstLine) {
  const std::string path = ::testing::TempDir() + "/password";
  const struct {
    const char* bytes;
    const char* expected;
  } cases[] = {
      {"été 2026\n", "été 2026"}, {"a b\r\nc\n", "a b"}, {"x", "x"}, {"\nx", ""}, {"", ""}};
  for (const auto& c : cases) {
    ASSERT_TRUE(WriteFile(path, c.bytes).ok());
    EXPECT_EQ(ReadPassword(path, "").value_or(""), c.expected);
    if (*c.expected != '\0') continue;
    EXPECT_EQ(error::ReasonOf(ReadNewPassword(path, "").status()), "PASSWORD_MISSING");
  }
  EXPECT_EQ(error::ReasonOf(ReadPassword(path + ".absent", "").status()), "FILE_NOT_FOUND");
}

}  // namespace
}  // namespace reprise::cli
