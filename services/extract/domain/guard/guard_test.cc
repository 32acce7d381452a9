// SPDX-License-Identifier: Apache-2.0
#include "services/extract/domain/guard/guard.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <ctime>
#include <fstream>
#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"

#include "services/platform/error/error.h"

namespace reprise::extract::guard {
namespace {

// `sizes` gives the classes in order; persons are numbered through. `values` are of the column rtw.
Release Make(const std::string& id, const std::vector<int>& sizes,
             const std::vector<std::string>& values = {}, int first_person = 0) {
  Release out{.id = id,
              .study = "LYO",
              .recipient = "inserm",
              .lock_id = "L1",
              .master = false,
              .variables = {{"age", 2}, {"edu", 1}},
              .persons = {},
              .classes = {},
              .sensitive = {},
              .cells = {}};
  int person = first_person;
  for (size_t c = 0; c < sizes.size(); ++c) {
    for (int i = 0; i < sizes[c]; ++i) {
      out.persons.push_back(absl::StrCat("p", person++));
      out.classes.push_back(absl::StrCat("c", c));
    }
  }
  if (!values.empty()) out.sensitive["rtw"] = values;
  return out;
}

Decision Ask(Release release, std::vector<Release> earlier, Rules rules = {}) {
  return Judge({.release = std::move(release), .rules = rules}, earlier).value();
}

std::vector<std::string> RulesOf(const Decision& decision) {
  std::vector<std::string> names;
  for (const Finding& finding : decision.findings) names.push_back(NameOf(finding.rule));
  return names;
}

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(GuardTest, AcceptsTheFirstReleaseAndTheSameAgain) {
  EXPECT_EQ(Ask(Make("E1", {5, 6}), {}).outcome, Outcome::kAccept);
  EXPECT_EQ(Ask(Make("E2", {5, 6}), {Make("E1", {5, 6})}).outcome, Outcome::kAccept);
}

TEST(GuardTest, AcceptsPersonsWhoAreAllNew) {
  EXPECT_EQ(Ask(Make("E2", {5}, {}, 100), {Make("E1", {5, 6})}).outcome, Outcome::kAccept);
}

TEST(GuardTest, RefusesOnePersonLess) {
  Release fewer = Make("E2", {5, 6});
  fewer.persons.pop_back();
  fewer.classes.pop_back();
  const Decision decision = Ask(fewer, {Make("E1", {5, 6})});
  EXPECT_EQ(decision.outcome, Outcome::kRefuse);
  EXPECT_THAT(RulesOf(decision), ElementsAre("PERSONS_LEFT", "CLASS_REMAINDER"));
  EXPECT_EQ(decision.findings[0].smallest, 1u);
  EXPECT_EQ(decision.findings[0].earlier, "E1");
}

TEST(GuardTest, RefusesOnePersonMore) {
  const Decision decision = Ask(Make("E2", {5, 7}), {Make("E1", {5, 6})});
  EXPECT_EQ(decision.outcome, Outcome::kRefuse);
  EXPECT_THAT(RulesOf(decision), Contains("PERSONS_JOINED"));
}

// Ganta et al.: both releases are 5-anonymous, but laid over each other they cut off two persons.
TEST(GuardTest, FindsTheIntersectionAttackAndOffersTheEarlierPartition) {
  const Decision decision = Ask(Make("E2", {7, 5}), {Make("E1", {5, 7})});
  EXPECT_THAT(RulesOf(decision), Contains("CLASS_INTERSECTION"));
  EXPECT_EQ(decision.findings[0].smallest, 2u);
  EXPECT_EQ(decision.outcome, Outcome::kReuse);
  EXPECT_EQ(decision.reuse, "E1");
}

TEST(GuardTest, ForeignRecipientsMayCollude) {
  Release earlier = Make("E1", {5, 7});
  earlier.recipient = "somebody else";
  EXPECT_EQ(Ask(Make("E2", {7, 5}), {earlier}).outcome, Outcome::kReuse);
}

TEST(GuardTest, OtherStudiesAreNotCompared) {
  Release earlier = Make("E1", {5, 7});
  earlier.study = "PAR";
  const Decision decision = Ask(Make("E2", {7, 5}), {earlier});
  EXPECT_EQ(decision.outcome, Outcome::kAccept);
  EXPECT_EQ(decision.compared, 0u);
}

TEST(GuardTest, AsksToCoarsenWhenAVariableIsNewToTheEarlierPartition) {
  Release wanted = Make("E2", {7, 5, 6});
  wanted.variables = {{"age", 2}, {"stage", 1}};
  const Decision decision = Ask(wanted, {Make("E1", {5, 7, 6})});
  EXPECT_EQ(decision.outcome, Outcome::kCoarsen);
  // c2 is the same six persons in both and stays as it is.
  EXPECT_THAT(decision.merge, ElementsAre(ElementsAre("c0", "c1")));
  wanted.id = "E3";
  for (std::string& name : wanted.classes) {
    if (name == "c1") name = "c0";
  }
  EXPECT_EQ(Ask(wanted, {Make("E1", {5, 7, 6})}).outcome, Outcome::kAccept);
}

TEST(GuardTest, AsksToCoarsenClassesThatAreTooSmall) {
  const Decision decision = Ask(Make("E1", {5, 3, 6}), {});
  EXPECT_EQ(decision.outcome, Outcome::kCoarsen);
  EXPECT_THAT(decision.merge, ElementsAre(ElementsAre("c0", "c1")));
}

// Both classes of ten hold two values and every intersection five persons, but only "full" is
// possible in one of them.
TEST(GuardTest, CountsTheSensitiveValuesPossibleInBoth) {
  Release first = Make("E1", {10, 10}), second = Make("E2", {10, 10});
  for (int i = 0; i < 20; ++i) {
    const int quarter = i / 5;
    first.classes[static_cast<size_t>(i)] = quarter < 2 ? "a" : "b";
    second.classes[static_cast<size_t>(i)] = quarter % 2 == 0 ? "x" : "y";
    const std::string value = quarter == 0   ? "full"
                              : quarter == 1 ? "none"
                              : quarter == 2 ? "part"
                                             : "full";
    first.sensitive["rtw"].push_back(value);
    second.sensitive["rtw"].push_back(value);
  }
  const Decision decision = Ask(second, {first});
  EXPECT_THAT(RulesOf(decision), ElementsAre("SENSITIVE_VALUES"));
  EXPECT_EQ(decision.findings[0].smallest, 1u);
  EXPECT_EQ(decision.findings[0].column, "rtw");
  EXPECT_EQ(
      Ask(second, {first}, {.k = 5, .l = 1, .smallest_count = 11, .frozen_master = true}).outcome,
      Outcome::kAccept);
}

TEST(GuardTest, SuppressedPersonsMayStaySuppressed) {
  Release first = Make("E1", {5, 2}), second = Make("E2", {5, 2});
  for (Release* release : {&first, &second}) release->classes[5] = release->classes[6] = "";
  EXPECT_EQ(Ask(second, {first}).outcome, Outcome::kAccept);
}

// A class gives up one person while five others leave elsewhere: the sets differ by enough, that
// class does not.
TEST(GuardTest, FindsThePersonMissingFromOneClass) {
  Release wanted = Make("E2", {7, 8});
  wanted.persons.erase(wanted.persons.begin());
  wanted.classes.erase(wanted.classes.begin());
  const Release earlier = Make("E1", {7, 8, 5});
  const Decision decision = Ask(wanted, {earlier});
  EXPECT_THAT(RulesOf(decision), ElementsAre("CLASS_REMAINDER"));
  EXPECT_EQ(decision.findings[0].smallest, 1u);
}

TEST(GuardTest, KnownAnswerOnDifferencedCounts) {
  std::ifstream file(std::string(REPRISE_TEST_DATA) + "/anonymisation/known_answers.json");
  const auto known = nlohmann::json::parse(file)["differencing"];
  ASSERT_EQ(known.size(), 1u);
  Release first = Make("E1", {11}), second = Make("E2", {11});
  first.cells = {{"rtw", "full", known[0]["extract_1_cell"].get<uint64_t>()}};
  second.cells = {
      {"rtw", "full", known[0]["extract_2_same_query_one_person_less"].get<uint64_t>()}};
  const Decision decision = Ask(second, {first});
  EXPECT_EQ(decision.outcome, Outcome::kRefuse);
  EXPECT_THAT(RulesOf(decision), ElementsAre("CELL_DIFFERENCE"));
  EXPECT_EQ(decision.findings[0].smallest, known[0]["difference"].get<uint64_t>());
  second.cells = {};  // kept closed
  EXPECT_EQ(Ask(second, {first}).outcome, Outcome::kAccept);
}

TEST(GuardTest, TheFrozenMasterIsProjectedUnlessThePolicySaysOtherwise) {
  Release master = Make("M", {5, 6, 7});
  master.master = true;
  Release projection = ProjectMaster(master, {"edu"}, {}).value();
  projection.id = "E2";
  projection.recipient = "chu";
  const Decision accepted = Ask(projection, {master});
  EXPECT_EQ(accepted.outcome, Outcome::kAccept);
  EXPECT_TRUE(accepted.projection);
  // Whole classes may be left out, parts of one may not.
  Release rows =
      ProjectMaster(master, {"edu"},
                    std::vector<std::string>(master.persons.begin(), master.persons.begin() + 11))
          .value();
  rows.id = "E3";
  EXPECT_EQ(Ask(rows, {master}).outcome, Outcome::kAccept);
  rows.persons.pop_back();
  rows.classes.pop_back();
  EXPECT_THAT(RulesOf(Ask(rows, {master})), Contains("CLASS_REMAINDER"));
  // Coarser, and so harmless by the rules, but not the master's partition.
  Release own = Make("E4", {11, 7});
  EXPECT_EQ(Ask(own, {master}).outcome, Outcome::kReuse);
  EXPECT_EQ(Ask(own, {master}).reuse, "M");
  EXPECT_EQ(
      Ask(own, {master}, {.k = 5, .l = 2, .smallest_count = 11, .frozen_master = false}).outcome,
      Outcome::kAccept);
  own.variables["stage"] = 0;
  EXPECT_EQ(Ask(own, {master}).outcome, Outcome::kRefuse);
}

TEST(GuardTest, TheOrderOfPersonsChangesNothing) {
  Release wanted = Make("E2", {7, 5, 6});
  wanted.variables = {{"stage", 0}};
  Release reversed = wanted;
  std::reverse(reversed.persons.begin(), reversed.persons.end());
  std::reverse(reversed.classes.begin(), reversed.classes.end());
  const Decision a = Ask(wanted, {Make("E1", {5, 7, 6})}),
                 b = Ask(reversed, {Make("E1", {5, 7, 6})});
  EXPECT_EQ(a.outcome, b.outcome);
  EXPECT_EQ(RulesOf(a), RulesOf(b));
  EXPECT_EQ(a.merge.size(), b.merge.size());
}

TEST(GuardTest, AThousandEarlierReleasesTakeLessThanASecond) {
  std::vector<Release> earlier;
  for (int i = 0; i < 1000; ++i) {
    std::vector<std::string> values;
    for (int p = 0; p < 300; ++p) values.push_back(absl::StrCat("v", p % 4));
    earlier.push_back(
        Make(absl::StrCat("E", i), std::vector<int>(static_cast<size_t>(30), 10), values));
  }
  Release same = Make("N", std::vector<int>(30, 10), earlier[0].sensitive["rtw"]);
  const std::clock_t start = std::clock();
  EXPECT_EQ(Ask(same, earlier).outcome, Outcome::kAccept);
  const double accepted = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
  EXPECT_LT(accepted, 1);
  // The worst: nothing fits, so re-use and merging are tried as well.
  Release other = Make("N", std::vector<int>(25, 12), earlier[0].sensitive["rtw"]);
  other.variables["stage"] = 0;
  const std::clock_t again = std::clock();
  EXPECT_EQ(Ask(other, earlier).outcome, Outcome::kCoarsen);
  const double coarsened = static_cast<double>(std::clock() - again) / CLOCKS_PER_SEC;
  EXPECT_LT(coarsened, 1);
  RecordProperty("accept_cpu_ms", static_cast<int>(1000 * accepted));
  RecordProperty("coarsen_cpu_ms", static_cast<int>(1000 * coarsened));
}

TEST(GuardTest, RefusesAnIdThatIsTaken) {
  EXPECT_EQ(
      error::ReasonOf(Judge({.release = Make("E1", {5}), .rules = {}}, {Make("E1", {5})}).status()),
      "RELEASE_EXISTS");
}

}  // namespace
}  // namespace reprise::extract::guard
