// SPDX-License-Identifier: Apache-2.0
#include "services/extract/domain/risk/report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"

#include "services/extract/domain/risk/oracle_case.h"
#include "services/extract/domain/risk/page.h"
#include "services/extract/domain/risk/page_plots.h"
#include "services/extract/domain/risk/report_json.h"
#include "services/platform/error/error.h"

namespace reprise::extract::risk {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

RiskReport ReportOf(const std::string& csv, const VerifierCase& request,
                    ReportOptions options = {}) {
  return MakeReport(ReadSample(csv, "data.csv", request).value(), request, "data.csv", options)
      .value();
}

TEST(ReportTest, AgreesWithTheAnchorOnInputAndOutput) {
  const OracleCase oracle = LoadOracle("P07");
  ReportOptions options;
  options.population = 100000;
  const RiskReport input = ReportOf(oracle.data, oracle.request, options);
  EXPECT_NEAR(input.prosecutor.highest, oracle.expected["input_risk"]["highest"].get<double>(),
              1e-9);
  EXPECT_NEAR(input.prosecutor.average, oracle.expected["input_risk"]["average"].get<double>(),
              1e-9);
  EXPECT_NEAR(static_cast<double>(input.persons_in_groups_below.at(2)) / 300,
              oracle.expected["input_risk"]["sample_unique_fraction"].get<double>(), 1e-9);
  const RiskReport output = ReportOf(oracle.arx_output, oracle.request, options);
  EXPECT_NEAR(output.loss->loss_arithmetic_mean,
              oracle.expected["loss_arithmetic_mean"].get<double>(), 1e-9);
  EXPECT_EQ(output.sensitive[0].distinct_l, 3u);
  EXPECT_EQ(output.minimal_uniques.persons, 0u);
  EXPECT_LT(output.journalist.highest, output.prosecutor.highest);
  // Classes of 5, 6, 7, 8, 9: 5 + 3 x 6 + 7 + 8 + 9 of expected.json's histogram.
  EXPECT_EQ(output.persons_below_threshold, 47u);
}

TEST(ReportTest, JsonShowsNoClosedCount) {
  // 11 + 5 in one row: the 5 is closed, and with it everything that would give it back.
  std::string csv = "age;rtw\n";
  for (int i = 0; i < 11; ++i) csv += "20;full\n";
  for (int i = 0; i < 5; ++i) csv += "20;none\n";
  for (int i = 0; i < 30; ++i) csv += i % 2 == 0 ? "30;full\n" : "30;none\n";
  const RiskReport report =
      ReportOf(csv, ReadCase(R"({"qis":["age"],"sensitive":["rtw"]})").value());
  const auto json = nlohmann::json::parse(ReportJson(report));
  const auto& table = json["tables"].back();
  EXPECT_EQ(table["row_variable"], "age");
  EXPECT_EQ(table["counts"], nlohmann::json::parse("[[null,null,16],[null,null,30],[26,20,46]]"));
  EXPECT_EQ(table["safe"], true);
  for (const auto& closed : table["closed"]) EXPECT_GE(closed["interval"][1].get<int>(), 11);
  EXPECT_EQ(json["known_limits"].size(), 4u);
}

TEST(ReportTest, OptionsAreChecked) {
  const OracleCase oracle = LoadOracle("P01");
  const Sample sample = ReadSample(oracle.data, "data.csv", oracle.request).value();
  ReportOptions options;
  options.population = 5;
  EXPECT_EQ(error::ReasonOf(MakeReport(sample, oracle.request, "d", options).status()),
            "OPTION_INVALID");
  options = {};
  options.threshold = 0;
  EXPECT_EQ(error::ReasonOf(MakeReport(sample, oracle.request, "d", options).status()),
            "OPTION_INVALID");
}

TEST(ReportTest, AFileWithoutRowsIsReportedAsEmpty) {
  const RiskReport report = ReportOf(
      "age;rtw\n", ReadCase(R"({"qis":["age"],"models":["k:5"],"sensitive":["rtw"]})").value());
  EXPECT_EQ(report.figures.persons, 0u);
  EXPECT_EQ(report.figures.classes, 0u);
  EXPECT_THAT(ReportJson(report), HasSubstr("\"records\": 0"));
  EXPECT_THAT(ReportPage(report, "x", Language::kEnglish), HasSubstr("</html>"));
}

TEST(PageTest, StandsAloneInBothLanguages) {
  const OracleCase oracle = LoadOracle("P07");
  const RiskReport report = ReportOf(oracle.arx_output, oracle.request);
  for (const Language language : {Language::kFrench, Language::kEnglish}) {
    const std::string page = ReportPage(report, "release.csv", language, true);
    for (const char* request :
         {"http://", "https://", "<script", "<link", "src=", "@import", "url("}) {
      EXPECT_THAT(page, Not(HasSubstr(request)));
    }
    for (const std::string& limit : TextsFor(language).limits)
      EXPECT_THAT(page, HasSubstr(Escape(limit)));
    EXPECT_THAT(page, HasSubstr("<svg"));
    EXPECT_EQ(page.find('{', page.find("</style>")), std::string::npos) << "an unfilled place";
  }
  EXPECT_THAT(ReportPage(report, "x", Language::kFrench), HasSubstr("0,565"));
}

TEST(PageTest, TextsOfTheDataCannotBecomeMarkup) {
  const RiskReport report = ReportOf("<b>;rtw\n<script>;\n<script>;\n",
                                     ReadCase(R"({"qis":["<b>"],"sensitive":["rtw"]})").value());
  const std::string page = ReportPage(report, "<img>", Language::kEnglish);
  EXPECT_THAT(page, Not(HasSubstr("<script>")));
  EXPECT_THAT(page, Not(HasSubstr("<b>")));
  EXPECT_THAT(page, Not(HasSubstr("<img>")));
}

TEST(PageTest, BothLanguagesHaveEveryText) {
  const Texts &fr = TextsFor(Language::kFrench), &en = TextsFor(Language::kEnglish);
  EXPECT_EQ(fr.limits.size(), en.limits.size());
  ASSERT_EQ(fr.models.size(), en.models.size());
  for (const auto& [kind, text] : en.models) EXPECT_NE(fr.models.at(kind), text) << kind;
  EXPECT_EQ(Whole(1234567, Language::kFrench), "1\u202F234\u202F567");
  EXPECT_EQ(Percent(0.0729, Language::kFrench), "7,29\u202F%");
  EXPECT_EQ(Percent(0.00001, Language::kEnglish), "< 0.01%");
}

// Properties, on the synthetic trial of P05.
using Rows = std::vector<std::vector<std::string>>;

Rows Parse(const std::string& csv) {
  Rows rows;
  for (absl::string_view line : absl::StrSplit(csv, '\n', absl::SkipEmpty()))
    rows.push_back(absl::StrSplit(line, ';'));
  return rows;
}

std::string Format(const Rows& rows) {
  std::string csv;
  for (const auto& row : rows) absl::StrAppend(&csv, absl::StrJoin(row, ";"), "\n");
  return csv;
}

TEST(PropertyTest, DuplicatingEveryRecordHalvesProsecutorRisk) {
  for (const char* name : {"P01", "P04", "P05", "P07"}) {
    const OracleCase oracle = LoadOracle(name);
    for (const std::string& csv : {oracle.data, oracle.arx_output}) {
      const RiskReport once = ReportOf(csv, oracle.request);
      const RiskReport twice = ReportOf(csv + csv.substr(csv.find('\n') + 1), oracle.request);
      EXPECT_DOUBLE_EQ(twice.prosecutor.highest, once.prosecutor.highest / 2) << name;
      EXPECT_DOUBLE_EQ(twice.prosecutor.average, once.prosecutor.average / 2) << name;
    }
  }
}

TEST(PropertyTest, CoarserDataNeverRaisesRisk) {
  const OracleCase oracle = LoadOracle("P05");
  Rows rows = Parse(oracle.data);
  RiskReport before = ReportOf(oracle.data, oracle.request);
  // One column after the other, one level after the other.
  for (const std::string& qi : oracle.request.qis) {
    const LabelTree& tree = *oracle.request.Tree(qi);
    const size_t at =
        static_cast<size_t>(std::find(rows[0].begin(), rows[0].end(), qi) - rows[0].begin());
    const Rows original = Parse(oracle.data);
    for (size_t level = 1; level < tree.levels(); ++level) {
      for (size_t i = 1; i < rows.size(); ++i) {
        rows[i][at] =
            tree.text(tree.Ancestor(static_cast<uint32_t>(tree.Find(original[i][at])), level));
      }
      const RiskReport after = ReportOf(Format(rows), oracle.request);
      EXPECT_LE(after.prosecutor.highest, before.prosecutor.highest) << qi << level;
      EXPECT_LE(after.prosecutor.average, before.prosecutor.average) << qi << level;
      EXPECT_LE(after.minimal_uniques.persons, before.minimal_uniques.persons) << qi << level;
      EXPECT_GE(after.loss->loss_arithmetic_mean, before.loss->loss_arithmetic_mean) << qi << level;
      before = after;
    }
  }
  EXPECT_EQ(before.figures.classes, 1u);
}

TEST(PropertyTest, PermutingRowsAndColumnsChangesNothing) {
  const OracleCase oracle = LoadOracle("P07");
  Rows rows = Parse(oracle.data);
  const std::string as_is = ReportJson(ReportOf(oracle.data, oracle.request));
  std::reverse(rows.begin() + 1, rows.end());
  std::rotate(rows.begin() + 1, rows.begin() + 78, rows.end());
  for (auto& row : rows) std::reverse(row.begin(), row.end());
  auto a = nlohmann::json::parse(as_is);
  auto b = nlohmann::json::parse(ReportJson(ReportOf(Format(rows), oracle.request)));
  for (auto* json : {&a, &b}) {
    for (auto& model : (*json)["models"])
      model.erase("worst_row");  // where it stands, not what it is
  }
  EXPECT_EQ(a["class_size_histogram"], b["class_size_histogram"]);
  EXPECT_EQ(a["tables"], b["tables"]);
  EXPECT_EQ(a["uniqueness"], b["uniqueness"]);
  EXPECT_EQ(a["risk"], b["risk"]);
}

TEST(PropertyTest, AProjectionNeverHasASmallerClass) {
  const OracleCase oracle = LoadOracle("P05");
  const uint32_t whole = ReportOf(oracle.arx_output, oracle.request).figures.min_class;
  for (size_t left_out = 0; left_out < oracle.request.qis.size(); ++left_out) {
    VerifierCase fewer = oracle.request;
    fewer.qis.erase(fewer.qis.begin() + static_cast<long>(left_out));
    EXPECT_GE(ReportOf(oracle.arx_output, fewer).figures.min_class, whole) << left_out;
  }
}

}  // namespace
}  // namespace reprise::extract::risk
