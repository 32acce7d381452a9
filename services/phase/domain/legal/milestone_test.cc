// SPDX-License-Identifier: Apache-2.0
// Thresholds, dates and states of the meetings and visits.
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
