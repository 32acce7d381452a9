// SPDX-License-Identifier: Apache-2.0
#include "clients/cli/cli.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "clients/cli/files.h"
#include "services/platform/error/error.h"

namespace reprise::cli {
namespace {

TEST(CliTest, TheStatusOfTheBodyIsTheOutcome) {
  Cli cli;
  CLI::App* verb = cli.app.add_subcommand("refuse", "always");
  cli.OnRun(verb, [] {
    return error::InvalidField("n", "NUMBER_MALFORMED", "A whole number is required.");
  });
  cli.app.parse("refuse");
  EXPECT_EQ(ExitCodeOf(cli.outcome), 2);
  EXPECT_EQ(Describe(cli.outcome), "reprise: n: A whole number is required. [NUMBER_MALFORMED]\n");
}

TEST(CliTest, SeveralFaultyFieldsStandOneALine) {
  EXPECT_EQ(Describe(error::Invalid("ANSWERS_INVALID", "Some answers cannot be accepted.",
                                    {{"answers[i1]", "ANSWER_OUT_OF_RANGE", "0 to 3 is required."},
                                     {"answers[i2]", "ANSWERS_INVALID", "It is required."}})),
            "reprise: Some answers cannot be accepted. [ANSWERS_INVALID]\n"
            "  answers[i1]: 0 to 3 is required. [ANSWER_OUT_OF_RANGE]\n"
            "  answers[i2]: It is required.\n");
}

TEST(CliTest, WhoIsNotLoggedInIsToldHow) {
  EXPECT_EQ(
      Describe(error::Make(absl::StatusCode::kUnauthenticated, "SESSION_INVALID", "It ended.")),
      "reprise: It ended. [SESSION_INVALID]\n  Log in with `reprise login NAME`.\n");
  EXPECT_EQ(Describe(error::Make(absl::StatusCode::kUnauthenticated, "LOGIN_REFUSED", "No.")),
            "reprise: No. [LOGIN_REFUSED]\n");
}

TEST(CliTest, EachClassOfErrorsHasItsExitCode) {
  const struct {
    absl::StatusCode code;
    int exit_code;
  } cases[] = {
      {absl::StatusCode::kOk, 0},
      {absl::StatusCode::kInternal, 1},
      {absl::StatusCode::kInvalidArgument, 2},
      {absl::StatusCode::kUnauthenticated, 3},
      {absl::StatusCode::kPermissionDenied, 4},
      {absl::StatusCode::kNotFound, 5},
      {absl::StatusCode::kAlreadyExists, 6},
      {absl::StatusCode::kFailedPrecondition, 7},
      {absl::StatusCode::kAborted, 8},
      {absl::StatusCode::kUnavailable, 9},
      {absl::StatusCode::kDeadlineExceeded, 9},
      {absl::StatusCode::kUnknown, 1},
  };
  for (const auto& c : cases) EXPECT_EQ(ExitCodeOf(absl::Status(c.code, "")), c.exit_code);
}

TEST(FilesTest, WhatIsWrittenIsReadAndNothingIsLeftBeside) {
  const std::string path = ::testing::TempDir() + "/files_test.txt";
  ASSERT_TRUE(WriteFile(path, "").ok());
  EXPECT_EQ(*ReadFile(path), "");
  ASSERT_TRUE(WriteFile(path, "été\n").ok());
  EXPECT_EQ(*ReadFile(path), "été\n");
  EXPECT_EQ(error::ReasonOf(WriteFile("/nonexistent/x", "y")), "FILE_UNWRITABLE");
  EXPECT_EQ(error::ReasonOf(ReadFile(path + ".absent").status()), "FILE_NOT_FOUND");
}

}  // namespace
}  // namespace reprise::cli
