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
  EXPECT_EQ(Describe(cli.outcome),
            "reprise: A whole number is required. [NUMBER_MALFORMED]\n"
            "  n: A whole number is required.\n");
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
