// SPDX-License-Identifier: Apache-2.0
#include "services/platform/error/error.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace reprise::error {
namespace {

TEST(ErrorTest, CarriesReasonAndMetadata) {
  const absl::Status status = Make(absl::StatusCode::kFailedPrecondition, "SITE_CLOSED",
                                   "The site is closed.", {{"state", "CLOSED"}});
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(ReasonOf(status), "SITE_CLOSED");
  EXPECT_EQ(DetailOf(status).metadata.at("state"), "CLOSED");
}

TEST(ErrorTest, NamesEveryFaultyField) {
  const absl::Status status = Invalid("ANSWERS_INVALID", "Two answers are faulty.",
                                      {{"answers[Q1]", "ANSWER_MISSING", "Required."},
                                       {"answers[Q3]", "ANSWER_OUT_OF_RANGE", "0 to 4."}});
  const Detail detail = DetailOf(status);
  ASSERT_EQ(detail.violations.size(), 2u);
  EXPECT_EQ(detail.violations[1].path, "answers[Q3]");
  EXPECT_EQ(detail.violations[1].reason, "ANSWER_OUT_OF_RANGE");
  EXPECT_EQ(detail.violations[1].message, "0 to 4.");
}

TEST(ErrorTest, AStatusOfOthersHasNoReason) {
  EXPECT_EQ(ReasonOf(absl::InternalError("from elsewhere")), "");
}

TEST(ErrorTest, PathsNest) {
  EXPECT_EQ(Under("answers[Q3]", {.path = "value", .reason = "", .message = ""}).path,
            "answers[Q3].value");
  EXPECT_EQ(Under("answers", {.path = "[2]", .reason = "", .message = ""}).path, "answers[2]");
}

}  // namespace
}  // namespace reprise::error
