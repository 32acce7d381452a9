// SPDX-License-Identifier: Apache-2.0
// The verbs on real files, by exit code and by what they leave behind.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "clients/cli/verbs.h"

namespace reprise::cli {
namespace {

namespace fs = std::filesystem;

class RiskVerbsTest : public ::testing::Test {
 protected:
  RiskVerbsTest()
      : folder_(fs::temp_directory_path() / ("reprise_risk_" + std::to_string(getpid()))) {
    fs::remove_all(folder_);
    fs::create_directories(folder_ / "register");
  }
  ~RiskVerbsTest() override { fs::remove_all(folder_); }

  int Run(std::vector<std::string> arguments) {
    Cli cli;
    AddRiskVerbs(cli);
    std::reverse(arguments.begin(), arguments.end());
    cli.app.parse(arguments);
    outcome_ = cli.outcome;
    return ExitCodeOf(cli.outcome);
  }
  std::string Write(const std::string& name, const std::string& bytes) {
    std::ofstream(folder_ / name, std::ios::binary) << bytes;
    return (folder_ / name).string();
  }
  std::string Read(const std::string& name) {
    std::ifstream file(folder_ / name, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  }
  std::string At(const std::string& name) { return (folder_ / name).string(); }
  std::string Oracle(const std::string& name) {
    return std::string(REPRISE_TEST_DATA) + "/anonymisation/" + name;
  }

  fs::path folder_;
  absl::Status outcome_;
};

TEST_F(RiskVerbsTest, ReportsAndVerifiesARelease) {
  EXPECT_EQ(Run({"risk", "--data", Oracle("P05/arx_output.csv"), "--case", Oracle("P05/case.json"),
                 "--hierarchies", Oracle("P05"), "--original", Oracle("P05/data.csv"), "--report",
                 At("r.json"), "--page", At("p.html"), "--lang", "fr", "--population", "100000"}),
            0)
      << outcome_;
  const auto report = nlohmann::json::parse(Read("r.json"));
  EXPECT_EQ(report["suppressed_records"], 12);
  EXPECT_EQ(report["min_class"], 5);
  EXPECT_EQ(report["verified"], true);
  EXPECT_NEAR(report["per_qi_loss"]["edu"].get<double>(), 0.2571428571, 1e-9);
  EXPECT_THAT(Read("p.html"), ::testing::HasSubstr("<html lang=\"fr\">"));
}

TEST_F(RiskVerbsTest, ARejectedReleaseLeavesNoReport) {
  EXPECT_EQ(Run({"risk", "--data", Oracle("P05/data.csv"), "--case", Oracle("P05/case.json"),
                 "--hierarchies", Oracle("P05"), "--original", Oracle("P05/data.csv"), "--report",
                 At("r.json")}),
            7);
  EXPECT_FALSE(fs::exists(folder_ / "r.json"));
}

TEST_F(RiskVerbsTest, ReportsOnAFileAsItIsWithoutHierarchies) {
  EXPECT_EQ(Run({"risk", "--data", Oracle("P05/data.csv"), "--case", Oracle("P05/case.json"),
                 "--report", At("r.json")}),
            0);
  const auto report = nlohmann::json::parse(Read("r.json"));
  EXPECT_EQ(report["uniqueness"]["sample_uniques"], 298);
  EXPECT_FALSE(report.contains("per_qi_loss"));
  EXPECT_EQ(report["models"][0]["holds"], false);
}

TEST_F(RiskVerbsTest, BadInputEndsWithTwoOrFive) {
  const std::string request = Oracle("P05/case.json");
  EXPECT_EQ(Run({"risk", "--data", At("none.csv"), "--case", request, "--report", At("r.json")}),
            5);
  EXPECT_EQ(
      Run({"risk", "--data", Write("e.csv", ""), "--case", request, "--report", At("r.json")}), 2);
  EXPECT_EQ(Run({"risk", "--data", Oracle("P05/data.csv"), "--case", Write("c.json", "{}"),
                 "--report", At("r.json")}),
            2);
  EXPECT_EQ(Run({"risk", "--data", Oracle("P05/data.csv"), "--case", request, "--report",
                 At("r.json"), "--population", "10"}),
            2);
  EXPECT_EQ(Run({"risk", "--data", Oracle("P05/data.csv"), "--case", request, "--report",
                 At("r.json"), "--lang", "de"}),
            2);
  EXPECT_FALSE(fs::exists(folder_ / "r.json"));
}

std::string Entry(const std::string& id) {
  return R"({"id":")" + id +
         R"(","study":"LYO","recipient":"inserm","lock_id":"L1","variables":{"age":1},"classes":")" +
         id + R"(.csv","k":2})";
}

TEST_F(RiskVerbsTest, GuardsARequestAgainstTheRegister) {
  Write("register/E1.json", Entry("E1"));
  Write("register/E1.csv", "person;class\na;1\nb;1\nc;2\nd;2\ne;2\n");
  const std::string request = Write("E2.json", Entry("E2"));
  Write("E2.csv", "person;class\na;1\nb;1\nc;2\nd;2\ne;2\n");
  EXPECT_EQ(Run({"anonymise", "guard", "--register", At("register"), "--request", request,
                 "--report", At("d.json")}),
            0);
  EXPECT_EQ(nlohmann::json::parse(Read("d.json"))["outcome"], "accept");
  Write("E2.csv", "person;class\na;1\nb;1\nc;1\nd;2\ne;2\n");
  EXPECT_EQ(Run({"anonymise", "guard", "--register", At("register"), "--request", request,
                 "--report", At("d.json")}),
            7);
  const auto decision = nlohmann::json::parse(Read("d.json"));
  EXPECT_EQ(decision["outcome"], "reuse");
  EXPECT_EQ(decision["reuse"], "E1");
  EXPECT_EQ(decision["findings"][0]["rule"], "CLASS_INTERSECTION");
}

TEST_F(RiskVerbsTest, PreparesVisitRows) {
  const std::string data =
      Write("v.csv", "id;date;random;sex\n1;2026-01-01;2026-01-01;F\n1;2026-04-02;2026-01-01;F\n");
  const std::string plan = Write(
      "p.json",
      R"({"study":"LYO","participant":"id","visit_date":"date","anchor_date":"random","variables":[{"name":"sex"}]})");
  EXPECT_EQ(Run({"anonymise", "prepare", "--data", data, "--plan", plan, "--output", At("o.csv")}),
            0)
      << outcome_;
  EXPECT_THAT(Read("o.csv"),
              ::testing::MatchesRegex("pseudonym;visits;sex\n[A-Z2-7]+;M0\\+M3;F\n"));
}

}  // namespace
}  // namespace reprise::cli
