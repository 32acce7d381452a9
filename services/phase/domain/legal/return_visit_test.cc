// SPDX-License-Identifier: Apache-2.0
// The return visit, its waiver, and which rule version decides.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"

#include "services/phase/domain/legal/histories_for_test.h"
#include "services/phase/domain/legal/working_day.h"

namespace reprise::legal {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

TEST(WaiverTest, IsLostForEachReasonAndSaysWhich) {
  struct Case {
    const char* name;
    History history;
    const char* flag;
    const char* french;
  };
  const auto with = [](std::vector<Event> events, std::vector<Prescription> more = {}) {
    History history{{Leave("2026-07-01", "2026-08-29")}, std::move(events)};
    history.prescriptions.insert(history.prescriptions.end(), more.begin(), more.end());
    history.events.push_back(Back("2026-08-30"));
    return history;
  };
  Event unfinished = At(EventKind::kPreReturnVisit, "2026-08-10");
  unfinished.adaptation = false;
  const Case cases[] = {
      {"31 days before", with({PreVisit("2026-07-30")}), "waiver_not_in_window",
       "du 31/07/2026 au 29/08/2026"},
      {"adaptation", with({PreVisit("2026-08-10", true, false)}), "waiver_not_measures",
       "aménagement du poste"},
      {"working time", with({PreVisit("2026-08-10", false, true)}), "waiver_not_measures",
       "temps de travail"},
      {"findings not recorded", with({unfinished}), "waiver_not_findings", "conclusions"},
      {"part-time (scenario 10)", with({PreVisit("2026-08-10")},
       {PartTime("2026-08-30", "2026-11-30")}), "waiver_not_part_time", "interprétation"},
      {"somebody asks", with({PreVisit("2026-08-10"),
       At(EventKind::kReturnVisitRequest, "2026-08-31")}), "waiver_not_asked", "31/08/2026"},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.name);
    const Milestone visit = Only(c.history, "2026-09-01", kVisit);
    EXPECT_EQ(visit.state, State::kDue);
    EXPECT_THAT(visit.flags, Contains(c.flag));
    EXPECT_THAT(visit.explanation.fr, HasSubstr(c.french));
  }
}

TEST(WaiverTest, DoesNotExistForLeavesIssuedBeforeTheDecree) {
  const History history{{Leave("2026-06-14", "2026-08-29")},
                        {PreVisit("2026-08-10"), Back("2026-08-30")}};
  const Milestone visit = Only(history, "2026-09-01", kVisit);
  EXPECT_EQ(visit.rule->version, 2);
  EXPECT_EQ(visit.state, State::kDue);
}

TEST(DeriveMilestonesTest, ShowsBothVersionsWhereALeaveStraddlesTheDecree) {  // scenario 11
  const History history{{Leave("2026-05-20", "2026-06-19"), Leave("2026-06-20", "2026-08-29")},
                        {PreVisit("2026-08-10"), Back("2026-08-30")}};
  const auto visits = Of(history, "2026-09-01", kVisit);
  ASSERT_EQ(visits.size(), 2u);
  EXPECT_EQ(visits[0].rule->version, 2);
  EXPECT_EQ(visits[0].state, State::kDue);
  EXPECT_EQ(visits[1].rule->version, 3);
  EXPECT_EQ(visits[1].state, State::kWaived);
  for (const Milestone& visit : visits) {
    EXPECT_THAT(visit.flags, Contains("legal_review_straddle"));
    EXPECT_THAT(visit.explanation.fr, HasSubstr("juriste"));
  }
}

TEST(DeriveMilestonesTest, ReevaluatesTheWaiverWhenAVisitIsRecordedLate) {  // scenario 13
  History history{{Leave("2026-07-01", "2026-08-29")}, {Back("2026-08-30")}};
  Event visit = PreVisit("2026-08-12");
  visit.recorded = D("2026-09-02");
  history.events.push_back(visit);
  EXPECT_EQ(Only(history, "2026-09-01", kVisit).state, State::kDue);
  EXPECT_EQ(Only(history, "2026-09-01", kPre).state, State::kNotApplicable);
  EXPECT_EQ(Only(history, "2026-09-02", kVisit).state, State::kWaived);
  const Milestone pre = Only(history, "2026-09-02", kPre);
  EXPECT_EQ(pre.state, State::kDone);
  EXPECT_EQ(Text(pre.done_on), "2026-08-12");
  EXPECT_THAT(pre.explanation.fr, HasSubstr("02/09/2026"));
}

TEST(DeriveMilestonesTest, ReturnVisitIsDoneInTimeOrLate) {
  const auto held = [](const char* date) {
    return History{{Leave("2026-07-01", "2026-08-29")},
                   {Back("2026-08-30"), At(EventKind::kReturnVisit, date)}};
  };
  EXPECT_EQ(Only(held("2026-09-07"), "2026-10-01", kVisit).situation, "done");
  EXPECT_EQ(Only(held("2026-09-08"), "2026-10-01", kVisit).situation, "done_late");
  const Milestone early = Only(held("2026-08-20"), "2026-10-01", kVisit);
  EXPECT_EQ(early.state, State::kLate);
  EXPECT_THAT(early.flags, Contains("visit_before_return"));
}

TEST(DeriveMilestonesTest, DoesNotCountAPreReturnVisitHeldAfterTheReturn) {
  const History history{{Leave("2026-07-01", "2026-08-29")},
                        {Back("2026-08-30"), PreVisit("2026-08-30")}};
  const Milestone pre = Only(history, "2026-09-01", kPre);
  EXPECT_EQ(pre.state, State::kNotApplicable);
  EXPECT_THAT(pre.flags, Contains("visit_after_return"));
  EXPECT_EQ(Only(history, "2026-09-01", kVisit).state, State::kDue);
}

TEST(DeriveMilestonesTest, DoesNotApplyOnceTheContractEnded) {  // scenario 29
  const History history{{Leave("2026-07-01", "2026-09-30")},
                        {At(EventKind::kContractEnd, "2026-08-31")}};
  EXPECT_EQ(Only(history, "2026-09-15", kPre).situation, "contract_ended");
  EXPECT_EQ(Only(history, "2026-09-15", kLiaison).situation, "contract_ended");
  EXPECT_EQ(Only(history, "2026-10-15", kVisit).situation, "contract_ended");
  EXPECT_EQ(Only(history, "2026-08-15", kPre).state, State::kPossible);
}

TEST(DeriveMilestonesTest, FlagsAReturnThatIsOnlyPresumed) {
  const History history{{Leave("2026-07-01", "2026-08-29")}, {}};
  const Milestone visit = Only(history, "2026-09-20", kVisit);
  EXPECT_EQ(visit.state, State::kLate);
  EXPECT_THAT(visit.flags, Contains("return_presumed"));
  const History announced{{Leave("2026-07-01", "2026-08-29")},
                          {At(EventKind::kExpectedReturn, "2026-09-01")}};
  EXPECT_EQ(Text(Only(announced, "2026-08-20", kVisit).latest), "2026-09-09");
}

}  // namespace
}  // namespace reprise::legal
