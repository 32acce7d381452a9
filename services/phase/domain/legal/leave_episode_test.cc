// SPDX-License-Identifier: Apache-2.0
// Merging prescriptions, their caps, trials of return, part-time, and what is refused.
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

TEST(PrescriptionCapTest, JudgesEachPrescriptionByItsIssueDate) {
  struct Case {
    const char* name;
    std::vector<Prescription> prescriptions;
    State state;
    const char* situation;
  };
  Prescription justified = Leave("2026-09-01", "2026-10-02");
  justified.justified = true;
  Prescription early = Leave("2026-09-01", "2026-12-31");
  early.issued = D("2026-08-31");
  const Case cases[] = {
      {"31 days first", {Leave("2026-09-01", "2026-10-01")}, State::kNotApplicable, "within"},
      {"32 days first", {Leave("2026-09-01", "2026-10-02")}, State::kDue, "exceeded"},
      {"32 days, justified", {justified}, State::kDone, "justified"},
      {"issued on 31 August", {early}, State::kNotApplicable, "no_rule"},
      {"62 days of renewal", {Leave("2026-09-01", "2026-10-01"), Leave("2026-10-02", "2026-12-02")},
       State::kNotApplicable, "within"},
      {"63 days of renewal", {Leave("2026-09-01", "2026-10-01"), Leave("2026-10-02", "2026-12-03")},
       State::kDue, "exceeded"},
      {"an old first, a long renewal", {Leave("2026-06-20", "2026-09-10"),
       Leave("2026-09-11", "2026-12-31")}, State::kDue, "exceeded"},
  };
  for (const Case& c : cases) {
    const Milestone cap = Only({c.prescriptions, {}}, "2026-12-31", kCap);
    EXPECT_EQ(cap.state, c.state) << c.name;
    EXPECT_EQ(cap.situation, c.situation) << c.name;
  }
}

TEST(TrialOfReturnTest, CountsWorkingDaysAndChecksLimits) {
  const auto trial = [](const char* from, const char* to, std::optional<int> days = {}) {
    Event event = At(EventKind::kTrialOfReturn, from);
    event.end = D(to);
    event.working_days = days;
    return event;
  };
  History history{{Leave("2026-07-01", "2026-10-31")}, {trial("2026-09-01", "2026-09-16")}};
  // 1 to 16 September 2026: Tuesday to Wednesday, 14 days without two Sundays.
  const Milestone fits = Only(history, "2026-10-01", kTrial);
  EXPECT_EQ(fits.state, State::kDone);
  EXPECT_THAT(fits.explanation.fr, HasSubstr("14 jours ouvrables au total"));
  EXPECT_THAT(fits.flags, IsEmpty());
  history.events[0] = trial("2026-09-01", "2026-09-17");
  EXPECT_THAT(Only(history, "2026-10-01", kTrial).flags, Contains("trial_over_single"));
  history.events = {trial("2026-09-01", "2026-09-16", 14), trial("2026-09-17", "2026-10-02", 14),
                    trial("2026-10-05", "2026-10-05", 1)};
  EXPECT_THAT(Only(history, "2026-10-10", kTrial).flags, Contains("trial_over_total"));
  history.events = {trial("2026-11-02", "2026-11-03")};
  EXPECT_THAT(Only(history, "2026-11-10", kTrial).flags, Contains("trial_outside_leave"));
}

TEST(TherapeuticPartTimeTest, IsDoneOncePrescribedEvenWithoutALeaveBefore) {
  const Milestone after = Only({{Leave("2026-07-01", "2026-08-29"),
                                 PartTime("2026-08-30", "2026-11-30")}, {}}, "2026-09-01", kPart);
  EXPECT_EQ(after.state, State::kDone);
  EXPECT_THAT(after.explanation.fr, HasSubstr("du 30/08/2026 au 30/11/2026"));
  const History alone{{PartTime("2026-07-01", "2026-08-29")}, {}};
  EXPECT_EQ(Only(alone, "2026-07-10", kPart).state, State::kDone);
  EXPECT_THAT(Of(alone, "2026-07-10", kVisit), IsEmpty());
}

std::string Episodes(const History& history, const std::string& on) {
  std::string text;
  for (const LeaveEpisode& episode : MergeLeaves(history, D(on))) {
    absl::StrAppend(&text, text.empty() ? "" : " ", FormatDate(episode.start), "..",
                    FormatDate(episode.end), "=", episode.Days());
  }
  return text;
}

TEST(MergeLeavesTest, MergesAndSplits) {
  struct Case {
    const char* name;
    History history;
    const char* episodes;
  };
  const Case cases[] = {
      {"contiguous", {{Leave("2026-07-01", "2026-07-31"), Leave("2026-08-01", "2026-08-31")}, {}},
       "2026-07-01..2026-08-31=62"},
      {"in any order", {{Leave("2026-08-01", "2026-08-31"), Leave("2026-07-01", "2026-07-31")}, {}},
       "2026-07-01..2026-08-31=62"},
      {"a one-day gap (scenario 8)",
       {{Leave("2026-07-01", "2026-07-31"), Leave("2026-08-02", "2026-08-31")}, {}},
       "2026-07-01..2026-07-31=31 2026-08-02..2026-08-31=30"},
      {"overlapping", {{Leave("2026-07-01", "2026-08-10"), Leave("2026-08-01", "2026-08-31")}, {}},
       "2026-07-01..2026-08-31=62"},
      {"one within another",
       {{Leave("2026-07-01", "2026-08-31"), Leave("2026-07-10", "2026-07-20"),
         Leave("2026-09-01", "2026-09-02")}, {}}, "2026-07-01..2026-09-02=64"},
      {"a return between contiguous ones",
       {{Leave("2026-07-01", "2026-07-31"), Leave("2026-08-01", "2026-08-31")},
        {Back("2026-08-01")}}, "2026-07-01..2026-07-31=31 2026-08-01..2026-08-31=31"},
      {"an early return", {{Leave("2026-07-01", "2026-07-31")}, {Back("2026-07-20")}},
       "2026-07-01..2026-07-19=19"},
      {"a leap day", {{Leave("2028-02-01", "2028-03-01")}, {}}, "2028-02-01..2028-03-01=30"},
      {"one day", {{Leave("2026-07-01", "2026-07-01")}, {}}, "2026-07-01..2026-07-01=1"},
      {"none", {}, ""},
  };
  for (const Case& c : cases) EXPECT_EQ(Episodes(c.history, "2028-12-31"), c.episodes) << c.name;
}

TEST(MergeLeavesTest, SevenExtensionsOneRecordedLateAreOneEpisode) {  // scenario 7
  History history{{Leave("2026-09-01", "2026-10-01")}, {}};
  absl::CivilDay next = D("2026-10-02");
  for (int i = 0; i < 7; ++i) {
    Prescription renewal;
    renewal.start = next;
    renewal.end = next + 61;
    renewal.issued = next - 1;
    if (i == 3) renewal.recorded = D("2028-01-01");
    history.prescriptions.push_back(renewal);
    next = renewal.end + 1;
  }
  EXPECT_EQ(Episodes(history, "2028-01-01"), "2026-09-01..2027-12-09=465");
  EXPECT_EQ(MergeLeaves(history, D("2027-12-31")).size(), 2u) << "before it was recorded";
  EXPECT_EQ(Only(history, "2028-01-01", kCap).situation, "within");
}

TEST(MergeLeavesTest, AsksAboutAShortGap) {
  const History history{{Leave("2026-07-01", "2026-08-29"), Leave("2026-08-31", "2026-10-30")}, {}};
  EXPECT_THAT(Only(history, "2026-09-01", kVisit, 0).flags, Not(Contains("gap_query")));
  const Milestone second = Only(history, "2026-09-01", kVisit, 1);
  EXPECT_THAT(second.flags, Contains("gap_query"));
  EXPECT_THAT(second.explanation.fr, HasSubstr("1 jour"));
}

TEST(CheckHistoryTest, NamesTheField) {
  struct Case {
    const char* name;
    History history;
    const char* fault;
  };
  Event findings = At(EventKind::kReturnVisit, "2026-08-30");
  findings.adaptation = true;
  Event before = PreVisit("2026-08-10");
  before.recorded = D("2026-08-09");
  Event backwards = At(EventKind::kTrialOfReturn, "2026-08-10");
  backwards.end = D("2026-08-09");
  const Case cases[] = {
      {"ends before it starts", {{Leave("2026-07-02", "2026-07-01")}, {}},
       "0 -1 end LEAVE_ENDS_BEFORE_START"},
      {"mistyped year", {{Leave("2026-07-01", "2036-07-01")}, {}}, "0 -1 end LEAVE_TOO_LONG"},
      {"visit in the future (scenario 14)", {{}, {PreVisit("2026-09-02")}},
       "-1 0 date EVENT_IN_FUTURE"},
      {"recorded before it happened", {{}, {before}}, "-1 0 recorded_on RECORDED_BEFORE_DATE"},
      {"findings of the wrong visit", {{}, {findings}}, "-1 0 adaptation FIELD_NOT_OF_EVENT"},
      {"trial backwards", {{}, {backwards}}, "-1 0 end EVENT_ENDS_BEFORE_START"},
  };
  for (const Case& c : cases) {
    const auto faults = CheckHistory(c.history, D("2026-09-01"));
    ASSERT_EQ(faults.size(), 1u) << c.name;
    EXPECT_EQ(absl::StrCat(faults[0].prescription, " ", faults[0].event, " ", faults[0].field, " ",
                           faults[0].reason), c.fault);
    EXPECT_THAT(faults[0].message, HasSubstr(" / ")) << "French beside English";
  }
  EXPECT_THAT(CheckHistory({{}, {Back("2027-01-01")}}, D("2026-09-01")), IsEmpty());
}

TEST(WorkingDayTest, KnowsFrenchHolidays) {
  EXPECT_EQ(EasterSunday(2026), D("2026-04-05"));
  EXPECT_EQ(EasterSunday(2024), D("2024-03-31"));
  EXPECT_EQ(EasterSunday(2038), D("2038-04-25"));
  EXPECT_TRUE(IsHoliday(Book(), D("2026-04-06")));   // Easter Monday
  EXPECT_TRUE(IsHoliday(Book(), D("2026-05-14")));   // Ascension
  EXPECT_TRUE(IsHoliday(Book(), D("2026-05-25")));   // Whit Monday
  EXPECT_FALSE(IsHoliday(Book(), D("2026-04-03")));  // Good Friday is none in most of France
  // May 2026: 31 days, 5 Sundays, and 1, 8, 14 and 25 May.
  EXPECT_EQ(CountWorkingDays(Book(), D("2026-05-01"), D("2026-05-31"), true), 22);
  EXPECT_EQ(CountWorkingDays(Book(), D("2026-05-01"), D("2026-05-31"), false), 17);
}

}  // namespace
}  // namespace reprise::legal
