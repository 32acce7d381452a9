// SPDX-License-Identifier: Apache-2.0
// The command line on the oracles and on bad input: what is written, and that nothing is written by
// halves.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "clients/cli/files.h"
#include "clients/cli/verbs.h"
#include "services/platform/error/error.h"

namespace reprise::cli {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

class AnonymiseTest : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::path(::testing::TempDir()) /
              ::testing::UnitTest::GetInstance()->current_test_info()->name();
    fs::remove_all(folder_);
    fs::create_directories(folder_);
    for (const auto& file :
         fs::directory_iterator(std::string(REPRISE_TEST_DATA) + "/anonymisation/P05")) {
      fs::copy(file.path(), folder_);
    }
  }

  std::string Path(const std::string& name) const { return (folder_ / name).string(); }
  void Write(const std::string& name, const std::string& text) {
    std::ofstream(Path(name), std::ios::binary) << text;
  }

  absl::Status Run(std::vector<std::string> more, const std::string& subcommand = "") {
    Cli cli;
    AddAnonymiseVerbs(cli);
    std::vector<std::string> words = {"anonymise"};
    if (!subcommand.empty()) words.push_back(subcommand);
    for (const char* word :
         {"--data", "data.csv", "--case", "case.json", "--report", "report.json"}) {
      words.push_back(word[0] == '-' ? word : Path(word));
    }
    words.insert(words.end(), {"--hierarchies", folder_.string()});
    if (subcommand.empty()) words.insert(words.end(), {"--output", Path("out.csv")});
    words.insert(words.end(), more.begin(), more.end());
    std::reverse(words.begin(), words.end());
    cli.app.parse(words);
    return cli.outcome;
  }

  json Report() const { return json::parse(*ReadFile(Path("report.json"))); }
  bool Written() const { return fs::exists(Path("out.csv")); }

  fs::path folder_;
};

TEST_F(AnonymiseTest, TheReportHasTheExactFieldsOfTheOracle) {
  ASSERT_TRUE(Run({"--method", "optimal"}).ok());
  const json report = Report(), expected = json::parse(*ReadFile(Path("expected.json")));
  for (const char* field :
       {"transformation", "suppressed_records", "classes", "min_class", "class_size_histogram"}) {
    EXPECT_EQ(report[field], expected[field]) << field;
  }
  for (const char* field : {"loss_arithmetic_mean", "loss_geometric_mean", "arx_score",
                            "prosecutor_highest_risk", "average_risk", "lattice_size"}) {
    EXPECT_NEAR(report[field].get<double>(), expected[field].get<double>(), 1e-6) << field;
  }
  for (const auto& [qi, loss] : expected["per_qi_loss"].items()) {
    EXPECT_NEAR(report["per_qi_loss"][qi].get<double>(), loss.get<double>(), 1e-6);
  }
  EXPECT_EQ(report["method"], "optimal");
  EXPECT_TRUE(report["proven_optimal"].get<bool>());
  EXPECT_TRUE(report["verified"].get<bool>());
  for (const char* field : {"seed", "solver_cpu_ms", "encode_cpu_ms", "checks"})
    EXPECT_TRUE(report.contains(field));
  EXPECT_EQ(*ReadFile(Path("out.csv")), *ReadFile(Path("arx_output.csv")));
}

TEST_F(AnonymiseTest, EveryMethodWritesARelease) {
  for (const char* method : {"cells", "local", "mondrian", "portfolio"}) {
    fs::remove(Path("out.csv"));
    ASSERT_TRUE(Run({"--method", method, "--budget", "2000", "--seed", "7", "--threads", "2"}).ok())
        << method;
    EXPECT_TRUE(Written());
    EXPECT_LE(Report()["suppressed_records"].get<int>(), 15);  // floor(0.05 * 300)
    EXPECT_GE(Report()["min_class"].get<int>(), 5);
  }
}

TEST_F(AnonymiseTest, CostsNameEveryVariableAndWriteNoRelease) {
  ASSERT_TRUE(Run({"--method", "optimal"}, "costs").ok());
  EXPECT_EQ(Report()["costs"].size(), 14u);  // the request, five left out, eight coarsened
  EXPECT_FALSE(Written());
}

TEST_F(AnonymiseTest, BadInputIsRefusedAndNothingIsWritten) {
  const std::string data = *ReadFile(Path("data.csv"));
  const std::string header = data.substr(0, data.find('\n') + 1);
  struct Bad {
    const char* name;
    const char* file;
    std::string text;
    const char* reason;
  };
  const Bad rows[] = {
      {"value missing from its hierarchy", "hierarchy_edu.csv", "ISCED2;low;*\n",
       "VALUE_NOT_IN_HIERARCHY"},
      {"hierarchy not monotone", "hierarchy_edu.csv", "a;x;1;*\nb;x;2;*\n",
       "HIERARCHY_NOT_MONOTONE"},
      {"quasi-identifier is no column", "case.json",
       R"({"qis": ["age", "shoe"], "models": ["k:5"]})", "COLUMN_MISSING"},
      {"hierarchy absent", "case.json", R"({"qis": ["age", "stage"], "models": ["k:5"]})",
       "FILE_NOT_FOUND"},
      {"column of the case missing", "data.csv", "age;edu\n40;ISCED2\n", "COLUMN_MISSING"},
      {"k above n", "case.json", R"({"qis": ["age"], "models": ["k:301"]})", "NOTHING_RELEASABLE"},
      {"empty file", "data.csv", "", "CSV_EMPTY"},
      {"no records", "data.csv", header, "DATA_WITHOUT_ROWS"},
      {"duplicate columns", "data.csv", "age;" + data, "CSV_COLUMN_DUPLICATE"},
      {"broken UTF-8", "data.csv", data + "\xC3\x28;x\n", "TEXT_NOT_UTF8"},
      {"no subset", "case.json", R"({"qis": ["age"], "models": ["km:5"]})", "CASE_INVALID"},
  };
  for (const Bad& bad : rows) {
    SetUp();
    Write(bad.file, bad.text);
    const absl::Status status = Run({"--method", "optimal"});
    EXPECT_EQ(error::ReasonOf(status), bad.reason) << bad.name;
    EXPECT_FALSE(Written()) << bad.name;
    for (const auto& file : fs::directory_iterator(folder_)) {
      EXPECT_THAT(file.path().string(), ::testing::Not(::testing::HasSubstr(".part"))) << bad.name;
    }
  }
}

TEST_F(AnonymiseTest, WhatCannotBeReleasedIsReportedWithTheReason) {
  Write("case.json", R"({"qis": ["age", "edu"], "models": ["k:301"]})");
  EXPECT_EQ(ExitCodeOf(Run({})), 7);
  EXPECT_THAT(Report()["message"].get<std::string>(), ::testing::HasSubstr("301 persons"));
  EXPECT_FALSE(Report()["solution"].get<bool>());
  EXPECT_EQ(Report()["reason"], "NOTHING_RELEASABLE");
}

TEST_F(AnonymiseTest, WhatIsReadIsNotWrittenOver) {
  const std::string data = *ReadFile(Path("data.csv"));
  Cli cli;
  AddAnonymiseVerbs(cli);
  std::vector<std::string> words = {
      "anonymise", "--data",   Path("data.csv"),   "--case",   Path("case.json"), "--hierarchies",
      folder_,     "--output", Path("./data.csv"), "--report", Path("r.json")};
  std::reverse(words.begin(), words.end());
  cli.app.parse(words);
  EXPECT_EQ(error::ReasonOf(cli.outcome), "OPTION_CONFLICT");
  EXPECT_EQ(*ReadFile(Path("data.csv")), data);
  EXPECT_THROW(Run({"--budget", "-1"}).IgnoreError(), CLI::ParseError);
  EXPECT_THROW(Run({"--seed", "-1"}).IgnoreError(), CLI::ParseError);
}

TEST_F(AnonymiseTest, MissingOptionsAreNamedTogether) {
  Cli cli;
  AddAnonymiseVerbs(cli);
  cli.app.parse(std::vector<std::string>{"anonymise"});
  EXPECT_EQ(error::DetailOf(cli.outcome).violations.size(), 5u);
  EXPECT_EQ(ExitCodeOf(cli.outcome), 2);
}

}  // namespace
}  // namespace reprise::cli
