// SPDX-License-Identifier: Apache-2.0
// EXPECT_THAT(call, StatusIs(absl::StatusCode::kNotFound, "SITE_NOT_FOUND")); EXPECT_THAT(call, IsOk());
// EXPECT_THAT(call, HasViolation("answers[i1]", "ANSWER_OUT_OF_RANGE")). For Status and StatusOr.
#ifndef REPRISE_PLATFORM_TESTING_MATCHERS_H_
#define REPRISE_PLATFORM_TESTING_MATCHERS_H_

#include <gmock/gmock.h>

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

#include "services/platform/error/error.h"

namespace reprise::testing {

inline const absl::Status& StatusOf(const absl::Status& status) { return status; }
template <typename T>
const absl::Status& StatusOf(const absl::StatusOr<T>& value) {
  return value.status();
}

inline std::string Describe(const absl::Status& status) {
  std::string text = status.ToString(absl::StatusToStringMode::kWithNoExtraData);
  const error::Detail detail = error::DetailOf(status);
  text += " reason " + detail.reason;
  for (const error::Violation& violation : detail.violations) {
    text += "; " + violation.path + " " + violation.reason;
  }
  return text;
}

MATCHER(IsOk, "") {
  *result_listener << Describe(StatusOf(arg));
  return StatusOf(arg).ok();
}

MATCHER_P2(StatusIs, code, reason,
           absl::StatusCodeToString(code) + " " + std::string(reason)) {
  *result_listener << Describe(StatusOf(arg));
  return StatusOf(arg).code() == code && error::ReasonOf(StatusOf(arg)) == reason;
}

MATCHER_P2(HasViolation, path, reason, std::string(path) + " " + reason) {
  *result_listener << Describe(StatusOf(arg));
  for (const error::Violation& violation : error::DetailOf(StatusOf(arg)).violations) {
    if (violation.path == path && violation.reason == reason) return true;
  }
  return false;
}

}  // namespace reprise::testing

#endif  // REPRISE_PLATFORM_TESTING_MATCHERS_H_
