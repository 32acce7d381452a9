// SPDX-License-Identifier: Apache-2.0
#include "services/platform/rpc/wire_status.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"

#include "services/platform/error/error.h"

namespace reprise::rpc {
namespace {

TEST(WireStatusTest, KeepsCodeReasonMetadataAndViolations) {
  const absl::Status sent = error::Invalid("ANSWERS_INVALID", "Some answers cannot be accepted.",
                                           {{"answers[i1]", "ANSWER_MISSING", "An answer is required."}});
  const absl::Status got = FromGrpc(ToGrpc(sent));
  EXPECT_EQ(got.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(got.message(), sent.message());
  const error::Detail detail = error::DetailOf(got);
  EXPECT_EQ(detail.reason, "ANSWERS_INVALID");
  ASSERT_EQ(detail.violations.size(), 1u);
  EXPECT_EQ(detail.violations[0].path, "answers[i1]");
  EXPECT_EQ(detail.violations[0].reason, "ANSWER_MISSING");
  EXPECT_TRUE(FromGrpc(ToGrpc(absl::OkStatus())).ok());
}

// 8 KiB of metadata is what a client takes, in base64.
TEST(WireStatusTest, NeverOutgrowsWhatGrpcCarries) {
  std::vector<error::Violation> many;
  for (int i = 0; i < 1000; ++i) {
    many.push_back({absl::StrCat("answers[", i, "]"), "ANSWER_OUT_OF_RANGE", "Outside the range."});
  }
  const std::string endless(100000, 'x');
  for (const absl::Status& status :
       {error::Invalid("ANSWERS_INVALID", "Many.", many),
        error::InvalidField(endless, "LANGUAGE_UNKNOWN", endless),
        error::Make(absl::StatusCode::kNotFound, "X_NOT_FOUND", endless, {{"id", endless}})}) {
    const grpc::Status wire = ToGrpc(status);
    EXPECT_LT(wire.error_details().size() * 4 / 3 + 3 * wire.error_message().size(), 8000u);
    const error::Detail detail = error::DetailOf(FromGrpc(wire));
    EXPECT_EQ(detail.reason, error::ReasonOf(status));
  }
  const error::Detail detail = error::DetailOf(FromGrpc(ToGrpc(error::Invalid("R", "Many.", many))));
  ASSERT_GT(detail.violations.size(), 20u);
  EXPECT_EQ(detail.violations[0].path, "answers[0]");
  EXPECT_EQ(detail.violations.back().reason, "MORE_FAULTS");
}

TEST(WireStatusTest, CutsBetweenCharacters) {
  std::string text(299, 'x');
  text += "é and more";
  const grpc::Status wire = ToGrpc(error::Make(absl::StatusCode::kNotFound, "R", text));
  EXPECT_EQ(wire.error_message(), std::string(299, 'x') + "...");
}

}  // namespace
}  // namespace reprise::rpc
