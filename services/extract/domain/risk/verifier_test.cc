// SPDX-License-Identifier: Apache-2.0
#include "services/extract/domain/risk/verifier.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "absl/strings/str_cat.h"

#include "services/extract/domain/risk/oracle_case.h"
#include "services/platform/error/error.h"

namespace reprise::extract::risk {
namespace {

class OracleTest : public ::testing::TestWithParam<const char*> {};

TEST_P(OracleTest, RecountsTheExactFieldsOfTheAnchorsOutput) {
  const OracleCase oracle = LoadOracle(GetParam());
  const auto checked = VerifyRelease(oracle.data, oracle.arx_output, oracle.request);
  ASSERT_TRUE(checked.ok()) << checked.status();
  const auto& expected = oracle.expected;
  EXPECT_EQ(checked->figures.suppressed_records, expected["suppressed_records"].get<size_t>());
  EXPECT_EQ(checked->figures.classes, expected["classes"].get<size_t>());
  EXPECT_EQ(checked->figures.min_class, expected["min_class"].get<uint32_t>());
  std::map<uint32_t, uint32_t> histogram;
  for (const auto& [size, classes] : expected["class_size_histogram"].items()) {
    histogram[static_cast<uint32_t>(std::stoul(size))] = classes.get<uint32_t>();
  }
  EXPECT_EQ(checked->figures.class_size_histogram, histogram);
  EXPECT_NEAR(checked->figures.prosecutor_highest_risk,
              expected["prosecutor_highest_risk"].get<double>(), 1e-9);
  EXPECT_NEAR(checked->figures.average_risk, expected["average_risk"].get<double>(), 1e-9);
  EXPECT_NEAR(checked->loss.loss_arithmetic_mean, expected["loss_arithmetic_mean"].get<double>(),
              1e-9);
  EXPECT_NEAR(checked->loss.loss_geometric_mean, expected["loss_geometric_mean"].get<double>(),
              1e-9);
  ASSERT_EQ(checked->loss.per_qi_loss.size(), expected["per_qi_loss"].size());
  for (const auto& [name, loss] : checked->loss.per_qi_loss) {
    EXPECT_NEAR(loss, expected["per_qi_loss"][name].get<double>(), 1e-9) << name;
  }
  for (const auto& [name, level] : expected["transformation"].items()) {
    ASSERT_TRUE(checked->transformation.contains(name)) << name;
    EXPECT_EQ(checked->transformation.at(name), level.get<int>()) << name;
  }
  EXPECT_EQ(checked->promises.size(), oracle.request.promises.size());
}

INSTANTIATE_TEST_SUITE_P(Anchors, OracleTest,
                         ::testing::Values("P01", "P02", "P03", "P04", "P05", "P06", "P07", "P08",
                                           "P09"));

// The promise itself raised: the anchor's file no longer keeps it.
struct Raised {
  const char* name;
  const char* oracle;
  const char* promise;
  bool holds;
};

TEST(PromiseTest, IsJudgedOnTheWrittenClasses) {
  for (const Raised& raised :
       {Raised{"k reached exactly", "P01", "k:4", true}, Raised{"k", "P01", "k:5", false},
        // Third class of the l-diversity paper's 4-anonymous table: all have Cancer.
        Raised{"homogeneous class", "P01", "dl:condition:2", false},
        Raised{"distinct", "P02", "dl:condition:3", true},
        Raised{"distinct raised", "P02", "dl:condition:4", false},
        // Worst class of P02 is {2, 1, 1}: entropy 1.5 bits, l at most 2^1.5; 2 < c (1 + 1) for l
        // = 2.
        Raised{"entropy reached exactly", "P02", "el:condition:2.82842712474619", true},
        Raised{"entropy raised", "P02", "el:condition:2.8285", false},
        Raised{"recursive", "P02", "rl:condition:1.01:2", true},
        Raised{"recursive is strict", "P02", "rl:condition:1:2", false},
        Raised{"ordered lowered", "P03", "to:salary:0.1", false},
        Raised{"average reached exactly", "P09", "avg:0.08", true},
        Raised{"average lowered", "P09", "avg:0.0799", false},
        Raised{"no uniques", "P09", "su:0", true},
        Raised{"no population uniques", "P09", "pu:0:3e8", true},
        // The class of four Cancers against 5 of 12: log2(12/5) = 1.2630.
        Raised{"delta-disclosure", "P01", "dd:condition:1.27", true},
        Raised{"delta-disclosure lowered", "P01", "dd:condition:1.26", false},
        // (1 - 5/12) / (5/12) = 1.4, and -ln(5/12) = .8755 is the stricter bound.
        Raised{"enhanced beta-likeness", "P01", "bl:condition:2", false}}) {
    OracleCase oracle = LoadOracle(raised.oracle);
    oracle.request.promises = {ReadPromise(raised.promise, "models[0]").value()};
    const std::string& column = oracle.request.promises[0].attribute;
    oracle.request.sensitive.clear();
    if (!column.empty()) oracle.request.sensitive.push_back(column);
    const auto checked = VerifyRelease(oracle.data, oracle.arx_output, oracle.request);
    EXPECT_EQ(checked.ok(), raised.holds) << raised.name << ": " << checked.status();
    EXPECT_EQ(error::ReasonOf(checked.status()), raised.holds ? "" : "RELEASE_MODEL_VIOLATED")
        << raised.name;
  }
}

// Five people, two of them 20 years old; hierarchies of two and three levels.
VerifierCase SmallCase(const std::string& models) {
  VerifierCase request = ReadCase(absl::StrCat(R"({"qis":["age","job"],"models":[)", models,
                                               R"(],"suppression_limit":0.4,"sensitive":["rtw"]})"))
                             .value();
  request.trees.emplace(
      "age", LabelTree::Read("20;20-29;*\n25;20-29;*\n31;30-39;*\n34;30-39;*\n", "age").value());
  request.trees.emplace("job", LabelTree::Read("nurse;*\ncook;*\n", "job").value());
  return request;
}
constexpr char kSmall[] =
    "age;job;rtw\n20;nurse;full\n20;cook;none\n25;nurse;full\n31;cook;none\n34;cook;full\n";

TEST(VerifierTest, AcceptsCellSuppressionAndMixedLevels) {
  // Job closed for the two youngest, ages of one level for them and another for the rest.
  const auto checked = VerifyRelease(
      kSmall, "age;job;rtw\n20;*;full\n20;*;none\n*;*;full\n30-39;cook;none\n30-39;cook;full\n",
      SmallCase("\"k:2\""));
  ASSERT_TRUE(checked.ok()) << checked.status();
  EXPECT_EQ(checked->figures.suppressed_records, 1u);
  EXPECT_EQ(checked->figures.classes, 2u);
  // age: 0, 0, 1, 1/3, 1/3; job: 1, 1, 1, 0, 0.
  EXPECT_NEAR(checked->loss.per_qi_loss[0].second, (1 + 2.0 / 3) / 5, 1e-12);
  EXPECT_NEAR(checked->loss.per_qi_loss[1].second, 3.0 / 5, 1e-12);
  // age: the two twenties stand alone below "20": 0; "*": log2(5/1); "30-39": twice log2(2/1).
  // job: nurse below "*": log2(5/2) twice, cook log2(5/3) once; written as it is: 0.
  EXPECT_NEAR(checked->nonuniform_entropy,
              std::log2(5) + 2 + 2 * std::log2(2.5) + std::log2(5.0 / 3), 1e-12);
  EXPECT_FALSE(checked->transformation.contains("age"));
  EXPECT_THAT(checked->class_of_person, ::testing::ElementsAre(0, 0, kNoClass, 1, 1));
}

TEST(VerifierTest, CallsAFileOfStarsOneClassWhenItKeepsThePromise) {
  const std::string stars = "age;job;rtw\n*;*;full\n*;*;none\n*;*;full\n*;*;none\n*;*;full\n";
  const auto one = VerifyRelease(kSmall, stars, SmallCase("\"k:5\""));
  ASSERT_TRUE(one.ok()) << one.status();
  EXPECT_EQ(one->figures.suppressed_records, 0u);
  EXPECT_EQ(one->figures.min_class, 5u);
  EXPECT_EQ(one->loss.loss_arithmetic_mean, 1);
  // Six are wanted: then all five are suppressed, and two may be.
  EXPECT_EQ(error::ReasonOf(VerifyRelease(kSmall, stars, SmallCase("\"k:6\"")).status()),
            "RELEASE_SUPPRESSION_EXCEEDED");
  VerifierCase all_may_go = SmallCase("\"k:6\"");
  all_may_go.suppression_limit = 1;
  EXPECT_EQ(VerifyRelease(kSmall, stars, all_may_go)->figures.suppressed_records, 5u);
}

TEST(VerifierTest, ColumnsMayStandInAnyOrder) {
  const auto checked = VerifyRelease(
      kSmall, "rtw;job;age\nfull;*;20-29\nnone;*;20-29\nfull;*;20-29\nnone;*;30-39\nfull;*;30-39\n",
      SmallCase("\"k:2\""));
  ASSERT_TRUE(checked.ok()) << checked.status();
  EXPECT_EQ(checked->transformation, (std::map<std::string, int>{{"age", 1}, {"job", 1}}));
}

TEST(VerifierTest, CountsTheSubsetAndMatchesThePopulation) {
  VerifierCase request = SmallCase("\"k:1\",\"km:2\",\"dp:0:0.5\"");
  request.subset = {{0, 3}};
  // 20-29 covers three of the population, 30-39 two; one of each is released.
  const auto checked = VerifyRelease(kSmall, "age;job;rtw\n20-29;*;full\n30-39;*;none\n", request);
  ASSERT_TRUE(checked.ok()) << checked.status();
  EXPECT_EQ(checked->figures.persons, 2u);
  EXPECT_EQ(checked->promises[1].reached, 2);
  EXPECT_EQ(checked->promises[2].reached, 0.5);
  // A nurse of 20 to 29 stands for two, a cook of 31 for one.
  EXPECT_EQ(
      error::ReasonOf(
          VerifyRelease(kSmall, "age;job;rtw\n20-29;nurse;full\n31;cook;none\n", request).status()),
      "RELEASE_MODEL_VIOLATED");
  // The whole population written out is more than may be released.
  EXPECT_EQ(error::ReasonOf(VerifyRelease(kSmall, kSmall, request).status()),
            "RELEASE_CELL_NOT_GENERAL");
}

TEST(VerifierTest, LowerPresenceBoundForbidsThatSomebodyIsExcluded) {
  VerifierCase request = SmallCase("\"dp:0.1:1\"");
  request.subset = {{0, 1}};
  EXPECT_FALSE(VerifyRelease(kSmall, "age;job;rtw\n20-29;*;full\n20-29;*;none\n", request).ok());
  EXPECT_TRUE(VerifyRelease(kSmall, "age;job;rtw\n*;*;full\n*;*;none\n", request).ok());
  // Ages as they are; jobs closed. Of 20, 25, 31 and 34 each must be released.
  request.subset = {{0, 2, 3}};
  EXPECT_FALSE(
      VerifyRelease(kSmall, "age;job;rtw\n20;*;full\n25;*;full\n31;*;none\n", request).ok());
  // By tens the two over 30 are alike: the suppressed one of 31 may be the one of 34.
  EXPECT_TRUE(
      VerifyRelease(kSmall, "age;job;rtw\n20-29;*;full\n20-29;*;full\n*;*;none\n", request).ok());
  // Ages as they are: that of 34 is not among the released, whoever is suppressed.
  EXPECT_FALSE(
      VerifyRelease(kSmall, "age;job;rtw\n20;*;full\n25;*;full\n*;*;none\n", request).ok());
}

TEST(VerifierTest, AReportNeverCountsRowsForPersons) {
  VerifierCase request = SmallCase("\"k:2\"");
  request.person = "id";
  EXPECT_EQ(error::ReasonOf(ReadSample(kSmall, "x.csv", request).status()), "DATA_COLUMN_MISSING");
  const auto sample =
      ReadSample("id;age;job;rtw\na;*;nurse;full\na;*;nurse;full\n", "x.csv", request);
  EXPECT_EQ(sample->persons, 1u);
}

TEST(VerifierTest, CountsPersonsWhereOneHasSeveralRows) {
  const std::string data = "id;age;job;rtw\na;20;nurse;full\na;20;nurse;full\nb;25;cook;none\n";
  VerifierCase request = SmallCase("\"k:2\"");
  request.person = "id";
  request.withheld = {"id"};
  const auto checked =
      VerifyRelease(data, "age;job;rtw\n20-29;*;full\n20-29;*;full\n20-29;*;none\n", request);
  ASSERT_TRUE(checked.ok()) << checked.status();
  EXPECT_EQ(checked->figures.persons, 2u);
  EXPECT_EQ(error::ReasonOf(
                VerifyRelease(data, "age;job;rtw\n20;*;full\n20-29;*;full\n20-29;*;none\n", request)
                    .status()),
            "RELEASE_PERSON_SPLIT");
  EXPECT_EQ(error::ReasonOf(VerifyRelease(data, data, request).status()),
            "RELEASE_COLUMN_WITHHELD");
}

struct BadInput {
  const char* name;
  const char* original;
  const char* reason;
  const char* path;
};

TEST(VerifierTest, NamesFileRowOfAnUnreadableOriginal) {
  for (const BadInput& bad :
       {BadInput{"value outside its hierarchy", "age;job;rtw\n20;nurse;full\n99;cook;none\n",
                 "DATA_VALUE_UNKNOWN", "original:3"},
        BadInput{"group label as a value", "age;job;rtw\n20-29;nurse;full\n", "DATA_VALUE_UNKNOWN",
                 "original:2"},
        BadInput{"quasi-identifier is not a column", "years;job;rtw\n20;nurse;full\n",
                 "DATA_COLUMN_MISSING", "original:1"},
        BadInput{"empty", "", "DATA_EMPTY", "original:1"},
        BadInput{"duplicate column", "age;age;rtw\n", "DATA_COLUMN_DUPLICATE", "original:1"},
        BadInput{"unnamed column", "age;job;\n", "DATA_COLUMN_UNNAMED", "original:1"},
        BadInput{"open quote", "age;job;rtw\n20;\"nurse;full\n", "DATA_MALFORMED", "original:2"}}) {
    const auto checked =
        VerifyRelease(bad.original, "age;job;rtw\n*;*;full\n*;*;none\n", SmallCase("\"k:1\""));
    const error::Detail detail = error::DetailOf(checked.status());
    // The column checks come before the rows, so a renamed column may show in the release first.
    if (detail.violations.empty()) {
      EXPECT_EQ(detail.reason, "RELEASE_COLUMN_UNKNOWN") << bad.name;
      continue;
    }
    EXPECT_EQ(detail.reason, bad.reason) << bad.name;
    EXPECT_EQ(detail.violations[0].path, bad.path) << bad.name;
  }
}

}  // namespace
}  // namespace reprise::extract::risk
