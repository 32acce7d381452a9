// SPDX-License-Identifier: Apache-2.0
#include "services/phase/domain/legal/milestone.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"

#include "services/phase/domain/legal/working_day.h"
#include "services/platform/time/clock.h"

namespace reprise::legal {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

const RuleBook& Book() {
  static const auto& book = *new RuleBook(ParseRules(ShippedRules()).value());
  return book;
}

absl::CivilDay D(const std::string& text) { return ParseDate(text, "test").value(); }

// "2026-07-01 2026-07-31": issued on its first day, for illness.
Prescription Leave(const std::string& start, const std::string& end) {
  Prescription prescription;
  prescription.start = D(start);
  prescription.end = D(end);
  prescription.issued = prescription.start;
  return prescription;
}

Prescription Leave(const std::string& start, const std::string& end, Cause cause) {
  Prescription prescription = Leave(start, end);
  prescription.cause = cause;
  return prescription;
}

Prescription PartTime(const std::string& start, const std::string& end) {
  Prescription prescription = Leave(start, end);
  prescription.full = false;
  return prescription;
}

Event At(EventKind kind, const std::string& date) {
  Event event;
  event.kind = kind;
  event.date = D(date);
  return event;
}
Event Back(const std::string& date) { return At(EventKind::kReturn, date); }
Event PreVisit(const std::string& date, bool adaptation = false, bool working_time = false) {
  Event event = At(EventKind::kPreReturnVisit, date);
  event.adaptation = adaptation;
  event.working_time = working_time;
  return event;
}

std::string Text(const std::optional<absl::CivilDay>& day) {
  return day.has_value() ? FormatDate(*day) : "";
}

std::vector<Milestone> Of(const History& history, const std::string& on, MilestoneKind kind,
                          size_t episode = 0) {
  EXPECT_TRUE(CheckHistory(history, D(on)).empty());
  std::vector<Milestone> found;
  const auto derived = DeriveMilestones(Book(), history, D(on));
  if (episode >= derived.size()) return found;
  for (const Milestone& milestone : derived[episode].milestones) {
    if (milestone.kind == kind) found.push_back(milestone);
  }
  return found;
}

Milestone Only(const History& history, const std::string& on, MilestoneKind kind,
               size_t episode = 0) {
  const auto found = Of(history, on, kind, episode);
  EXPECT_EQ(found.size(), 1u);
  return found.empty() ? Milestone{} : found.front();
}

constexpr auto kPre = MilestoneKind::kPreReturnVisit;
constexpr auto kVisit = MilestoneKind::kReturnVisit;
constexpr auto kLiaison = MilestoneKind::kLiaisonMeeting;
constexpr auto kTrial = MilestoneKind::kTrialOfReturn;
constexpr auto kPart = MilestoneKind::kTherapeuticPartTime;
constexpr auto kCap = MilestoneKind::kPrescriptionCap;

// The vectors of the domain description (section 3.2) and the thresholds around them.
struct Row {
  const char* name;
  History history;
  const char* on;
  MilestoneKind kind;
  State state;
  int version;
  const char* possible_from;
  const char* due;
  const char* latest;
};

TEST(DeriveMilestonesTest, FollowsTheTestVectors) {
  const History long_leave{{Leave("2026-07-01", "2026-08-31")}, {}};
  const History to_28_august{{Leave("2026-07-01", "2026-08-28")}, {Back("2026-08-29")}};
  const History to_29_august{{Leave("2026-07-01", "2026-08-29")}, {Back("2026-08-30")}};
  const History to_30_august{{Leave("2026-07-01", "2026-08-30")}, {Back("2026-08-31")}};
  const auto waived = [](const char* visit) {
    return History{{Leave("2026-07-01", "2026-08-29")}, {PreVisit(visit), Back("2026-08-30")}};
  };
  const auto caused = [](Cause cause, const char* start, const char* end) {
    return History{{Leave(start, end, cause)}, {}};
  };
  const Row rows[] = {
      {"day 30: no pre-return visit yet", long_leave, "2026-07-30", kPre, State::kNotApplicable, 2,
       "2026-07-31", "", "2026-08-31"},
      {"day 31: pre-return visit possible", long_leave, "2026-07-31", kPre, State::kPossible, 2,
       "2026-07-31", "", "2026-08-31"},
      {"30 days in all: no pre-return visit", {{Leave("2026-07-01", "2026-07-30")}, {}},
       "2026-07-30", kPre, State::kNotApplicable, 2, "", "", ""},
      {"59 days: no return visit", to_28_august, "2026-08-29", kVisit, State::kNotApplicable, 3, "",
       "", ""},
      {"60 days: return visit due", to_29_august, "2026-08-30", kVisit, State::kDue, 3,
       "2026-08-30", "2026-08-30", "2026-09-07"},
      {"61 days: return visit due", to_30_august, "2026-08-31", kVisit, State::kDue, 3,
       "2026-08-31", "2026-08-31", "2026-09-08"},
      {"last day allowed", to_29_august, "2026-09-07", kVisit, State::kDue, 3, "2026-08-30",
       "2026-08-30", "2026-09-07"},
      {"a day after it: late (scenario 12)", to_29_august, "2026-09-08", kVisit, State::kLate, 3,
       "2026-08-30", "2026-08-30", "2026-09-07"},
      {"known to be due before the return", to_29_august, "2026-08-01", kVisit, State::kDue, 3,
       "2026-08-30", "2026-08-30", "2026-09-07"},
      {"pre-return visit 30 days before: waiver", waived("2026-07-31"), "2026-09-01", kVisit,
       State::kWaived, 3, "2026-08-30", "", ""},
      {"pre-return visit on the eve: waiver", waived("2026-08-29"), "2026-09-01", kVisit,
       State::kWaived, 3, "2026-08-30", "", ""},
      {"pre-return visit 31 days before: no waiver", waived("2026-07-30"), "2026-09-01", kVisit,
       State::kDue, 3, "2026-08-30", "2026-08-30", "2026-09-07"},
      {"maternity, any length (scenario 28)",
       caused(Cause::kMaternity, "2026-07-01", "2026-07-05"), "2026-07-06", kVisit, State::kDue, 3,
       "2026-07-06", "2026-07-06", "2026-07-14"},
      {"maternity makes no pre-return visit possible",
       caused(Cause::kMaternity, "2026-07-01", "2026-10-20"), "2026-08-15", kPre,
       State::kNotApplicable, 2, "", "", ""},
      {"occupational disease, any length",
       caused(Cause::kOccupationalDisease, "2026-07-01", "2026-07-01"), "2026-07-02", kVisit,
       State::kDue, 3, "2026-07-02", "2026-07-02", "2026-07-10"},
      {"work accident of 29 days", caused(Cause::kWorkAccident, "2026-07-01", "2026-07-29"),
       "2026-07-30", kVisit, State::kNotApplicable, 3, "", "", ""},
      {"work accident of 30 days", caused(Cause::kWorkAccident, "2026-07-01", "2026-07-30"),
       "2026-07-31", kVisit, State::kDue, 3, "2026-07-31", "2026-07-31", "2026-08-08"},
      {"before the 2022 reform: 30 days of illness",
       {{Leave("2022-03-31", "2022-04-29")}, {}}, "2022-04-30", kVisit, State::kDue, 1,
       "2022-04-30", "2022-04-30", "2022-05-08"},
      {"after the 2022 reform: 59 days are not enough",
       {{Leave("2022-04-01", "2022-05-29")}, {}}, "2022-05-30", kVisit, State::kNotApplicable, 2,
       "", "", ""},
      {"before the 2022 reform: three months are not more than three",
       {{Leave("2022-01-01", "2022-03-31")}, {}}, "2022-03-31", kPre, State::kNotApplicable, 1, "",
       "", ""},
      {"before the 2022 reform: more than three months",
       {{Leave("2022-01-01", "2022-04-30")}, {}}, "2022-04-01", kPre, State::kPossible, 1,
       "2022-04-01", "", "2022-04-30"},
      {"liaison meeting, day 30", long_leave, "2026-07-30", kLiaison, State::kNotApplicable, 1,
       "2026-07-31", "", "2026-08-31"},
      {"liaison meeting, day 31", long_leave, "2026-07-31", kLiaison, State::kPossible, 1,
       "2026-07-31", "", "2026-08-31"},
      {"no liaison meeting before the reform", {{Leave("2022-03-31", "2022-08-29")}, {}},
       "2022-06-30", kLiaison, State::kNotApplicable, 0, "", "", ""},
      {"part-time needs no full leave first", long_leave, "2026-07-02", kPart, State::kPossible, 2,
       "2026-07-01", "", ""},
      {"a trial of return during leave", long_leave, "2026-08-31", kTrial, State::kPossible, 1,
       "2026-07-01", "", "2026-08-31"},
      {"no trial of return after it", to_29_august, "2026-08-30", kTrial, State::kNotApplicable, 1,
       "2026-07-01", "", "2026-08-29"},
      {"a leave that no version covers", {{Leave("2016-01-01", "2016-12-31")}, {}}, "2016-12-01",
       kVisit, State::kNotApplicable, 0, "", "", ""},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.name);
    const Milestone found = Only(row.history, row.on, row.kind);
    EXPECT_EQ(NameOf(found.state), NameOf(row.state));
    EXPECT_EQ(found.rule == nullptr ? 0 : found.rule->version, row.version);
    EXPECT_EQ(Text(found.possible_from), row.possible_from);
    EXPECT_EQ(Text(found.due), row.due);
    EXPECT_EQ(Text(found.latest), row.latest);
    EXPECT_THAT(found.explanation.fr, Not(HasSubstr("{")));
    EXPECT_THAT(found.explanation.fr, Not(IsEmpty()));
    EXPECT_THAT(found.explanation.en, Not(IsEmpty()));
  }
}

TEST(DeriveMilestonesTest, SaysWhereSourcesDisagree) {
  const History history{{Leave("2026-07-01", "2026-08-29")}, {Back("2026-08-30")}};
  const Milestone visit = Only(history, "2026-09-01", kVisit);
  EXPECT_THAT(visit.explanation.fr, HasSubstr("au plus tard le 07/09/2026"));
  EXPECT_THAT(visit.explanation.fr, HasSubstr("il expirerait le 06/09/2026"));
  EXPECT_THAT(visit.explanation.fr, HasSubstr("R. 4624-31 du code du travail"));
  EXPECT_THAT(visit.explanation.en, HasSubstr("6 September 2026"));
  const Milestone meeting = Only(history, "2026-08-15", kLiaison);
  EXPECT_THAT(meeting.explanation.fr, HasSubstr("dès le 30/07/2026"));
  EXPECT_THAT(meeting.explanation.en, HasSubstr("30 July 2026"));
}

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

// --- episodes ------------------------------------------------------------------------------------

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

// --- faults --------------------------------------------------------------------------------------

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

// --- calendar, properties ------------------------------------------------------------------------

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

TEST(DeriveMilestonesPropertyTest, SplittingAPrescriptionChangesNoVisit) {
  for (int days = 1; days <= 120; ++days) {
    const absl::CivilDay start = D("2026-07-01");
    const absl::CivilDay end = start + (days - 1);
    History whole{{Leave(FormatDate(start), FormatDate(end))}, {}};
    History split = whole;
    if (days > 1) {
      split.prescriptions[0].end = start + (days / 2 - 1);
      Prescription rest = whole.prescriptions[0];
      rest.start = split.prescriptions[0].end + 1;
      split.prescriptions.insert(split.prescriptions.begin(), rest);
    }
    for (const MilestoneKind kind : {kPre, kVisit, kLiaison, kTrial, kPart}) {
      for (const char* on : {"2026-07-30", "2026-07-31", "2026-09-07", "2026-12-01"}) {
        const Milestone a = Only(whole, on, kind);
        const Milestone b = Only(split, on, kind);
        EXPECT_EQ(a.state, b.state) << days << " days on " << on;
        EXPECT_EQ(a.latest, b.latest);
        EXPECT_EQ(a.explanation.fr, b.explanation.fr);
      }
    }
  }
}

TEST(DeriveMilestonesPropertyTest, EverySentenceIsComplete) {
  const std::vector<History> histories = {
      {{Leave("2026-07-01", "2026-08-29")}, {PreVisit("2026-08-10")}},
      {{Leave("2026-07-01", "2026-07-10")}, {}},
      {{Leave("2021-07-01", "2021-12-10")}, {}},
      {{Leave("2026-05-20", "2026-06-19"), Leave("2026-06-20", "2026-10-29")}, {}},
      {{Leave("2026-07-01", "2026-08-29", Cause::kMaternity)}, {Back("2026-08-20")}},
  };
  for (const History& history : histories) {
    for (absl::CivilDay on = D("2026-08-10"); on < D("2026-12-01"); on += 7) {
      if (!CheckHistory(history, on).empty()) continue;
      for (const auto& derived : DeriveMilestones(Book(), history, on)) {
        for (const Milestone& m : derived.milestones) {
          EXPECT_THAT(m.explanation.fr, Not(HasSubstr("{"))) << m.situation;
          EXPECT_THAT(m.explanation.en, Not(HasSubstr("{"))) << m.situation;
          EXPECT_EQ(m.explanation.fr.substr(m.explanation.fr.size() - 1), ".") << m.explanation.fr;
        }
      }
    }
  }
}

}  // namespace
}  // namespace reprise::legal
