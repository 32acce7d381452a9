// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "absl/strings/str_replace.h"

#include "services/platform/convert/wire_time.h"
#include "tests/house/cohort_trial.h"

namespace reprise::cohort {
namespace {

using absl::StatusCode;
using house::NewId;
using house::Person;
using reprise::testing::HasViolation;
using reprise::testing::IsOk;
using reprise::testing::StatusIs;
using Result = v1::ProgressionResult;

class GetProgressionBoardTest : public TrialTest {
 protected:
  static absl::StatusOr<v1::ProgressionBoard> Board(const Person& who, const Trial& trial, const std::string& stage,
                                                    const std::string& as_of = "") {
    v1::GetProgressionBoardRequest request;
    request.set_study_id(trial.study_id);
    request.set_stage(stage);
    if (!as_of.empty()) {
      absl::Time time;
      EXPECT_TRUE(absl::ParseTime(absl::RFC3339_full, as_of, &time, nullptr));
      *request.mutable_as_of_time() = convert::ToProto(time);
    }
    return Call<v1::ProgressionBoard>(who, "reprise.cohort.v1.CohortService/GetProgressionBoard", request);
  }
  static std::string Fraction(const v1::ProgressionBoard& board, const std::string& rule) {
    for (const Result& result : board.results()) {
      if (result.rule() == rule) return absl::StrCat(result.numerator(), "/", result.denominator());
    }
    return "none";
  }
  static void Milestone(const std::string& participant, int version, const std::string& day, const std::string& at) {
    database().Sql(absl::StrCat("INSERT INTO phase.milestone VALUES ('", participant, "', 'ACTIVE_TREATMENT_END', ",
                                version, ", '", day, "', '", version == 1 ? "" : "Misread.", "', '",
                                people().coline.user_id, "', '", at, "T12:00Z')"));
  }
  static void Deliver(const std::string& participant, const std::string& component, const std::string& day,
                      const std::string& flags = "") {
    database().Sql(absl::StrCat("INSERT INTO phase.delivery VALUES ('", NewId(), "', '", participant, "', '", component,
                                "', '1', '", day, "', 'PARTICIPANT', '{", flags, "}', '", people().coline.user_id,
                                "', '", day, "T12:00Z')"));
  }
  static void Allocated(const std::string& participant, const std::string& arm, const std::string& list_id) {
    static int sequence = 0;
    database().Sql(absl::StrCat("INSERT INTO cohort.allocation VALUES ('", participant, "', '", list_id, "', 'all', ",
                                ++sequence, ", '", arm, "', '{}', '2025-03-11', '", people().coline.user_id,
                                "', '2025-03-11T12:00Z')"));
  }
};

TEST_F(GetProgressionBoardTest, IsRefusedWithoutTheRightAStageOrAProtocol) {
  const Trial trial = NewTrial();
  EXPECT_THAT(Board(people().chelsea, trial, "PILOT"), StatusIs(StatusCode::kPermissionDenied, "PERMISSION_MISSING"));
  EXPECT_THAT(Board(people().bob, trial, ""), HasViolation("stage", "FIELD_REQUIRED"));
  EXPECT_THAT(Board(people().bob, trial, "NONE"), HasViolation("stage", "STAGE_UNKNOWN"));
  EXPECT_THAT(Board(people().bob, trial, "PILOT", "2024-06-01T00:00:00Z"),
              StatusIs(StatusCode::kFailedPrecondition, "PROTOCOL_MISSING"));
  EXPECT_THAT(Board(people().bob, NewTrial(false), "PILOT"),
              StatusIs(StatusCode::kFailedPrecondition, "PROTOCOL_MISSING"));
}

TEST_F(GetProgressionBoardTest, JudgesAStageByItsRules) {
  const Trial trial = NewTrial();
  const auto list = CreateList(people().dora, trial, "PILOT");
  ASSERT_THAT(list, IsOk());
  std::vector<std::string> p;
  for (int i = 0; i < 4; ++i) p.push_back(Consented(trial, trial.lyon_id, "PILOT", "2025-03-10"));
  Allocated(p[0], "INTERVENTION", list->list_id());
  Allocated(p[1], "INTERVENTION", list->list_id());
  Allocated(p[2], "CONTROL", list->list_id());
  Milestone(p[0], 1, "2025-03-20", "2025-03-21");
  Milestone(p[1], 1, "2025-03-20", "2025-03-21");
  Milestone(p[2], 1, "2025-03-20", "2025-03-21");
  Submit(p[0], "T0+4m", "2025-07-20T12:00Z");
  Submit(p[2], "T0+4m", "2025-09-20T12:00Z");
  Deliver(p[0], "GUIDE", "2025-03-15");
  Deliver(p[1], "GUIDE", "2025-05-15");  // out of its window
  Deliver(p[2], "GUIDE", "2025-03-15", "CONTROL_ARM");

  const auto board = Board(people().bob, trial, "PILOT", "2025-09-01T00:00:00Z");
  ASSERT_THAT(board, IsOk());
  ASSERT_EQ(board->results_size(), 7);
  EXPECT_EQ(Fraction(*board, "P1"), "4/4");
  EXPECT_EQ(Fraction(*board, "P2"), "4/4");
  EXPECT_EQ(board->results(0).light(), Result::LIGHT_GREEN);
  // Wilson of 4/4 begins at 4 / (4 + 1.96 squared) = 0.510.
  EXPECT_NEAR(board->results(1).lower(), 0.5101, 1e-4);
  EXPECT_EQ(board->results(1).light(), Result::LIGHT_GREEN);
  // LYO and STE from 1 January to 1 September 02:00 in Paris: 2 * 244 days; OLD had closed.
  EXPECT_EQ(Fraction(*board, "P3"), "3/16033");
  EXPECT_EQ(board->results(2).light(), Result::LIGHT_RED);
  EXPECT_EQ(Fraction(*board, "P4"), "3/4");
  // The window closed on 17 August; the third was submitted after the instant.
  EXPECT_EQ(Fraction(*board, "P5"), "1/3");
  EXPECT_EQ(Fraction(*board, "P6"), "1/2");
  EXPECT_EQ(Fraction(*board, "P7"), "1/1");
  EXPECT_EQ(board->overall(), Result::LIGHT_RED);
  EXPECT_EQ(board->signed_date().year(), 2024);
  EXPECT_FALSE(board->results(0).post_hoc());
  EXPECT_TRUE(board->complete());

  EXPECT_EQ(Fraction(*Board(people().bob, trial, "PILOT"), "P5"), "2/3");
  // Nobody's window had closed yet, and no T0 was recorded.
  const auto early = Board(people().bob, trial, "PILOT", "2025-03-20T00:00:00Z");
  EXPECT_EQ(Fraction(*early, "P5"), "0/0");
  EXPECT_EQ(Fraction(*early, "P4"), "0/4");
  EXPECT_FALSE(early->results(4).has_estimate());
  EXPECT_EQ(early->results(4).light(), Result::LIGHT_UNSPECIFIED);
  // Scenario 19: nothing of it in the main stage.
  EXPECT_EQ(Fraction(*Board(people().bob, trial, "MAIN"), "M1"), "0/0");
}

TEST_F(GetProgressionBoardTest, KnowsACorrectionOfT0OnlyFromItsRecordingOn) {
  const Trial trial = NewTrial();
  const auto list = CreateList(people().dora, trial, "PILOT");
  const std::string participant = Consented(trial, trial.lyon_id, "PILOT", "2025-03-10");
  Allocated(participant, "CONTROL", list->list_id());
  Milestone(participant, 1, "2025-03-20", "2025-03-21");
  Milestone(participant, 2, "2025-12-20", "2025-10-01");  // the window moves to 2026
  EXPECT_EQ(Fraction(*Board(people().bob, trial, "PILOT", "2025-09-30T00:00:00Z"), "P5"), "0/1");
  EXPECT_EQ(Fraction(*Board(people().bob, trial, "PILOT", "2025-10-02T00:00:00Z"), "P5"), "0/0");
}

TEST_F(GetProgressionBoardTest, KeepsComponentsForLongLeavesOutOfShortOnes) {
  const Trial trial = NewTrial();
  ApplyProtocol(trial, 2, absl::StrReplaceAll(kProtocol, {{"\"of\": \"GUIDE\"", "\"of\": \"CATCH_UP\""}}));
  const auto list = CreateList(people().dora, trial, "PILOT");
  struct Case {
    const char* end;
    bool delivered;
  };
  // Leave from 1 February 2025: ten months are full on 1 December.
  for (const Case& c : {Case{"2025-11-30", false}, Case{"2025-12-01", false}, Case{"2026-03-01", true}}) {
    const std::string participant = Consented(trial, trial.lyon_id, "PILOT", "2025-03-10");
    Allocated(participant, "INTERVENTION", list->list_id());
    for (const auto& [start, end] : {std::pair{"2025-02-01", "2025-06-30"}, std::pair{"2025-07-01", c.end}}) {
      database().Sql(absl::StrCat("INSERT INTO phase.leave VALUES ('", NewId(), "', '", participant, "', '", start,
                                  "', '", start, "', '", end, "', 'INITIAL', 'ILLNESS', false, '",
                                  people().coline.user_id, "', '", start, "T12:00Z')"));
    }
    if (c.delivered) Deliver(participant, "CATCH_UP", "2025-12-15");
  }
  EXPECT_EQ(Fraction(*Board(people().bob, trial, "PILOT", "2026-03-01T00:00:00Z"), "P6"), "1/2");
}

TEST_F(GetProgressionBoardTest, MarksARuleThatWasChangedAfterTheFirstEnrolment) {
  const Trial trial = NewTrial();
  const std::string changed = absl::StrReplaceAll(kProtocol, {{"\"green\": 0.15", "\"green\": 0.1"}});
  ApplyProtocol(trial, 2, changed, true);
  ApplyProtocol(trial, 3, changed);
  const auto board = Board(people().bob, trial, "PILOT");
  ASSERT_THAT(board, IsOk());
  EXPECT_TRUE(board->results(0).post_hoc());
  EXPECT_FALSE(board->results(1).post_hoc());
}

TEST_F(GetProgressionBoardTest, WithholdsFiguresByArmFromThoseWhoSeeSomeSites) {
  const Trial trial = NewTrial();
  Consented(trial, trial.lyon_id, "PILOT");
  Consented(trial, trial.saint_etienne_id, "PILOT");
  const auto board = Board(people().simone, trial, "PILOT");
  ASSERT_THAT(board, IsOk());
  EXPECT_FALSE(board->complete());
  EXPECT_THAT(board->sites_visible(), ::testing::ElementsAre("STE"));
  EXPECT_EQ(Fraction(*board, "P1"), "1/1");
  EXPECT_TRUE(board->results(5).withheld());
  EXPECT_TRUE(board->results(6).withheld());
  EXPECT_FALSE(board->results(0).withheld());
}

}  // namespace
}  // namespace reprise::cohort
