// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "absl/strings/str_format.h"

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
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class CountFlowTest : public TrialTest {
 protected:
  static absl::StatusOr<v1::CountFlowResponse> Count(const Person& who, const Trial& trial, const std::string& stage,
                                                     const std::string& as_of = "") {
    v1::CountFlowRequest request;
    request.set_study_id(trial.study_id);
    request.set_stage(stage);
    if (!as_of.empty()) {
      absl::Time time;
      EXPECT_TRUE(absl::ParseTime(absl::RFC3339_full, as_of, &time, nullptr));
      *request.mutable_as_of_time() = convert::ToProto(time);
    }
    return Call<v1::CountFlowResponse>(who, "reprise.cohort.v1.CohortService/CountFlow", request);
  }
  static void Screened(const Trial& trial, const std::string& site_id, const std::string& stage,
                       const std::string& day, const std::string& failed, const std::string& declined = "",
                       const std::string& declined_on = "") {
    static int number = 100000;
    const std::string id = NewId();
    database().Sql(absl::StrCat("INSERT INTO enrolment.screening VALUES ('", id, "', '", trial.study_id, "', '", site_id,
                                "', '", stage, "', ", ++number, ", '", day, "', 1, '",
                                failed.empty() ? "ELIGIBLE" : "INELIGIBLE", "', '{", failed, "}', '",
                                people().coline.user_id, "', '", day, "T12:00Z')"));
    if (declined.empty()) return;
    database().Sql(absl::StrCat("INSERT INTO enrolment.refusal VALUES ('", id, "', '", declined, "', '",
                                people().coline.user_id, "', '", declined_on, "T12:00Z')"));
  }
};

TEST_F(CountFlowTest, IsRefusedWithoutTheRightOrAStage) {
  const Trial trial = NewTrial();
  EXPECT_THAT(Count(people().chelsea, trial, "PILOT"), StatusIs(StatusCode::kPermissionDenied, "PERMISSION_MISSING"));
  EXPECT_THAT(Count(people().rachel, trial, "PILOT"), StatusIs(StatusCode::kPermissionDenied, "OUT_OF_SCOPE"));
  EXPECT_THAT(Count(people().bob, trial, ""), HasViolation("stage", "FIELD_REQUIRED"));
  EXPECT_THAT(Count(people().bob, trial, "NONE"), HasViolation("stage", "STAGE_UNKNOWN"));
  EXPECT_THAT(Count(people().bob, trial, "PILOT", "2999-01-01T00:00:00Z"),
              HasViolation("as_of_time", "INSTANT_IN_FUTURE"));
}

TEST_F(CountFlowTest, CountsByStepSiteMonthReasonAndInstant) {
  const Trial trial = NewTrial();
  Screened(trial, trial.lyon_id, "PILOT", "2025-02-01", "AGE,LANGUAGE");
  Screened(trial, trial.lyon_id, "PILOT", "2025-03-01", "AGE");
  Screened(trial, trial.saint_etienne_id, "PILOT", "2025-03-02", "", "NO_TIME", "2025-05-02");
  const std::string first = Consented(trial, trial.lyon_id, "PILOT", "2025-03-10");
  const std::string second = Consented(trial, trial.saint_etienne_id, "PILOT", "2025-04-10", false);
  Event(first, "LOST", "2025-06-01");
  Event(first, "FOUND", "2025-09-01");
  Event(second, "WITHDRAWN/ALL_WITH_ERASURE", "2025-07-01");

  const auto now = Count(people().bob, trial, "PILOT");
  ASSERT_THAT(now, IsOk());
  EXPECT_EQ(now->total().screened(), 5);
  EXPECT_EQ(now->total().eligible(), 3);
  EXPECT_EQ(now->total().ineligible(), 2);
  EXPECT_EQ(now->total().declined(), 1);
  EXPECT_EQ(now->total().consented(), 2);
  EXPECT_EQ(now->total().enrolled(), 1);
  EXPECT_EQ(now->total().withdrawn(), 1);
  EXPECT_EQ(now->total().lost(), 0);
  EXPECT_EQ(now->total().going_on(), 1);
  EXPECT_TRUE(now->complete());
  EXPECT_THAT(now->sites_visible(), ElementsAre("LYO", "OLD", "STE"));
  ASSERT_EQ(now->by_site_size(), 3);
  EXPECT_EQ(now->by_site(0).site(), "LYO");
  EXPECT_EQ(now->by_site(0).screened(), 3);
  EXPECT_EQ(now->by_site(1).screened(), 0);
  EXPECT_EQ(now->by_site(2).withdrawn(), 1);
  EXPECT_EQ(now->by_month(0).month(), "2025-02");
  EXPECT_EQ(now->by_month(0).screened(), 1);
  ASSERT_EQ(now->ineligible_reasons_size(), 2);
  EXPECT_EQ(now->ineligible_reasons(0).reason(), "AGE");
  EXPECT_EQ(now->ineligible_reasons(0).count(), 2);
  EXPECT_EQ(now->ineligible_reasons(1).reason(), "LANGUAGE");
  ASSERT_EQ(now->decline_reasons_size(), 1);
  EXPECT_EQ(now->decline_reasons(0).reason(), "NO_TIME");
  EXPECT_EQ(now->target(), 40);

  // As recorded until then: the target of the day, lost and not yet found, not yet withdrawn.
  const auto june = Count(people().bob, trial, "PILOT", "2025-06-15T00:00:00Z");
  ASSERT_THAT(june, IsOk());
  EXPECT_EQ(june->total().lost(), 1);
  EXPECT_EQ(june->total().withdrawn(), 0);
  EXPECT_EQ(june->total().going_on(), 1);
  const auto april = Count(people().bob, trial, "PILOT", "2025-04-01T00:00:00Z");
  ASSERT_THAT(april, IsOk());
  EXPECT_EQ(april->total().screened(), 4);
  EXPECT_EQ(april->total().consented(), 1);
  EXPECT_EQ(april->total().declined(), 0);
  EXPECT_THAT(april->decline_reasons(), IsEmpty());
  EXPECT_EQ(april->target(), 30);
  EXPECT_EQ(Count(people().bob, trial, "PILOT", "2024-12-31T00:00:00Z")->total().screened(), 0);
}

// CONSORT at the instants around every recording of a busy history, scenario 24 among them.
TEST_F(CountFlowTest, AddsUpAtEveryInstant) {
  const Trial trial = NewTrial();
  for (int i = 0; i < 6; ++i) {
    const std::string day = absl::StrCat("2025-0", i + 2, "-10");
    Screened(trial, trial.lyon_id, "PILOT", day, i % 2 == 0 ? "AGE" : "", i % 2 == 0 ? "" : "NO_TIME", day);
    const std::string participant = Consented(trial, i % 2 == 0 ? trial.lyon_id : trial.saint_etienne_id, "PILOT", day);
    const char* const ends[] = {"WITHDRAWN/ALL_WITH_ERASURE", "LOST", "DECEASED", "COMPLETED", "WITHDRAWN/INTERVENTION",
                                "SCREEN_FAILED"};
    Event(participant, ends[i], "2025-09-20");
    if (i < 2) Event(participant, i == 0 ? "DECEASED" : "FOUND", "2025-10-01");
  }
  for (int month = 1; month <= 11; ++month) {
    for (const char* const day : {"10T11:59:59", "10T12:00:00", "20T12:00:00"}) {
      const auto flow = Count(people().bob, trial, "PILOT", absl::StrFormat("2025-%02d-%sZ", month, day));
      ASSERT_THAT(flow, IsOk());
      std::vector<v1::FlowCounts> all(flow->by_site().begin(), flow->by_site().end());
      all.push_back(flow->total());
      for (const v1::FlowCounts& c : all) {
        EXPECT_EQ(c.screened(), c.eligible() + c.ineligible()) << month << day;
        EXPECT_GE(c.eligible(), c.declined() + c.consented()) << month << day;
        EXPECT_EQ(c.consented(), c.screen_failed() + c.completed() + c.withdrawn() + c.lost() + c.deceased() +
                                     c.going_on())
            << month << day;
      }
    }
  }
  const auto now = Count(people().bob, trial, "PILOT");
  EXPECT_EQ(now->total().screened(), 12);
  EXPECT_EQ(now->total().consented(), 6);
  EXPECT_EQ(now->total().deceased(), 2);
  EXPECT_EQ(now->total().intervention_stopped(), 1);
}

TEST_F(CountFlowTest, CoversTheCallersSitesAndSaysSo) {
  const Trial trial = NewTrial();
  Consented(trial, trial.lyon_id, "MAIN");
  const std::string hers = Consented(trial, trial.saint_etienne_id, "MAIN");
  ASSERT_THAT(CreateList(people().dora, trial, "MAIN"), IsOk());
  ASSERT_THAT(Allocate(people().simone, hers), IsOk());
  const auto own = Count(people().simone, trial, "MAIN");
  ASSERT_THAT(own, IsOk());
  EXPECT_FALSE(own->complete());
  EXPECT_THAT(own->sites_visible(), ElementsAre("STE"));
  EXPECT_EQ(own->total().consented(), 1);
  EXPECT_EQ(own->total().randomised(), 1);
  EXPECT_THAT(own->by_arm(), IsEmpty());
  const auto whole = Count(people().bob, trial, "MAIN");
  EXPECT_EQ(whole->total().consented(), 2);
  ASSERT_EQ(whole->by_arm_size(), 1);
  EXPECT_EQ(whole->by_arm(0).allocated(), 1);
  // Before the allocation was recorded.
  EXPECT_EQ(Count(people().bob, trial, "MAIN", "2025-12-01T00:00:00Z")->total().randomised(), 0);
}

// Scenario 19: whoever is in the pilot is in no count of the main stage.
TEST_F(CountFlowTest, NeverCountsAPilotParticipantInTheMainStage) {
  const Trial trial = NewTrial();
  Screened(trial, trial.lyon_id, "PILOT", "2025-02-01", "AGE");
  Screened(trial, trial.lyon_id, "PILOT", "2025-02-01", "", "NO_TIME", "2025-02-02");
  ASSERT_THAT(CreateList(people().dora, trial, "PILOT"), IsOk());
  const std::string pilot = Consented(trial, trial.lyon_id, "PILOT");
  Submit(pilot, "baseline");
  ASSERT_THAT(Allocate(people().coline, pilot, {{"age", "<45"}}), IsOk());
  Event(pilot, "WITHDRAWN/ALL", "2025-06-01");
  const auto main = Count(people().bob, trial, "MAIN");
  ASSERT_THAT(main, IsOk());
  v1::FlowCounts none;
  EXPECT_EQ(main->total().SerializeAsString(), none.SerializeAsString());
  EXPECT_THAT(main->by_month(), IsEmpty());
  EXPECT_THAT(main->by_arm(), IsEmpty());
  EXPECT_THAT(main->ineligible_reasons(), IsEmpty());
  EXPECT_THAT(main->decline_reasons(), IsEmpty());
  Consented(trial, trial.lyon_id, "MAIN");
  EXPECT_EQ(Count(people().bob, trial, "MAIN")->total().consented(), 1);
  EXPECT_EQ(Count(people().bob, trial, "PILOT")->total().consented(), 1);
}

}  // namespace
}  // namespace reprise::cohort
