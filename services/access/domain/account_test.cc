// SPDX-License-Identifier: Apache-2.0
// What makes an account, and how long its guessers wait.
#include "services/access/domain/account.h"

#include <gtest/gtest.h>

#include "services/platform/error/error.h"

namespace reprise::access {
namespace {

TEST(CheckNewAccountTest, KnowsLoginNames) {
  struct Case {
    const char* name;
    const char* reason;
  };
  for (const Case& c : {Case{"nadia", ""}, Case{"ab", "LOGIN_NAME_MALFORMED"}, Case{"-nadia", "LOGIN_NAME_MALFORMED"},
                        Case{"Nadia", "LOGIN_NAME_MALFORMED"}, Case{"participant-", "LOGIN_NAME_RESERVED"},
                        Case{"participant-7", "LOGIN_NAME_RESERVED"}, Case{"participant", ""},
                        Case{"participants-office", ""}}) {
    SCOPED_TRACE(c.name);
    const absl::Status status = CheckNewAccount({.user_id = {}, .login_name = c.name, .display_name = "Somebody",
                                                 .language = "fr", .participant_id = {}, .disabled_time = {},
                                                 .made_time = {}},
                                                "horse battery staple");
    const auto detail = error::DetailOf(status);
    EXPECT_EQ(detail.violations.empty() ? "" : detail.violations[0].reason, c.reason);
    EXPECT_EQ(status.ok(), *c.reason == '\0');
  }
}

TEST(LoginDelayTest, DoublesAfterFiveFailuresUpToFiveMinutes) {
  struct Case {
    int failures;
    absl::Duration delay;
  };
  for (const Case& c : {Case{0, absl::ZeroDuration()}, Case{5, absl::ZeroDuration()},
                        Case{6, absl::Seconds(2)}, Case{7, absl::Seconds(4)}, Case{8, absl::Seconds(8)},
                        Case{13, absl::Seconds(256)}, Case{14, absl::Minutes(5)},
                        Case{1000000, absl::Minutes(5)}}) {
    EXPECT_EQ(LoginDelay(c.failures), c.delay) << c.failures;
  }
}

TEST(AddressDelayTest, DoublesAfterFiftyFailuresUpToHalfAMinute) {
  struct Case {
    int failures;
    absl::Duration delay;
  };
  for (const Case& c : {Case{0, absl::ZeroDuration()}, Case{50, absl::ZeroDuration()}, Case{51, absl::Seconds(2)},
                        Case{54, absl::Seconds(16)}, Case{55, absl::Seconds(30)}, Case{1000000, absl::Seconds(30)}}) {
    EXPECT_EQ(AddressDelay(c.failures), c.delay) << c.failures;
  }
}

}  // namespace
}  // namespace reprise::access
