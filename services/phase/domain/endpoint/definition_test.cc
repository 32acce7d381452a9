// SPDX-License-Identifier: Apache-2.0
#include "services/phase/domain/endpoint/definition.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"

#include "services/phase/domain/endpoint/landmark.h"
#include "services/phase/domain/endpoint/summary.h"
#include "services/platform/error/error.h"

namespace reprise::endpoint {
namespace {

using testing::HasSubstr;

TEST(ParseDefinitionsTest, ReadsThoseThatShip) {
  const auto definitions = ParseDefinitions(ShippedDefinitions(), "definitions.yaml");
  ASSERT_TRUE(definitions.ok()) << definitions.status();
  std::vector<std::string> by_default;
  for (const Definition& d : *definitions) {
    if (d.by_default) by_default.push_back(d.id);
  }
  EXPECT_THAT(by_default, testing::ElementsAre("RTW-ANY", "SRTW-50-28", "SRTW-100-28",
                                               "SRTW-50-90", "ABS-365", "REC-14"));
}

TEST(ParseDefinitionsTest, NamesWhatItRefuses) {
  const auto one = [](const char* fields) {
    return absl::StrCat("definitions:\n  - {", fields, "}\n");
  };
  const std::string fine = "id: A, kind: return, at_least: 0.5, columns: {stem: a}";
  struct Case {
    const char* name;
    std::string yaml;
    const char* reason;
    const char* place;
  };
  const Case cases[] = {
      {"not YAML", "definitions: [", "YAML_MALFORMED", "d.yaml:"},
      {"not UTF-8", "definitions: \xff", "YAML_MALFORMED", "d.yaml"},
      {"half a letter in the YAML library's message", "definitions: \"\\é\"", "YAML_MALFORMED",
       "d.yaml:1"},
      {"a name that is not UTF-8", "\xff\xfe: 1", "YAML_MALFORMED", "d.yaml"},
      {"no list", "x: 1", "FIELD_INVALID", "x"},
      {"empty", "", "FIELD_INVALID", "d.yaml"},
      {"no definitions", "definitions: []", "FIELD_INVALID", "definitions"},
      {"a scalar", "definitions: [3]", "FIELD_INVALID", "definition 1"},
      {"no id", one("kind: absence"), "FIELD_INVALID", "id"},
      {"unknown kind", one("id: A, kind: wish"), "FIELD_INVALID", "kind"},
      {"unknown field", one("id: A, kind: absence, fraktion: 1"), "FIELD_INVALID", "fraktion"},
      {"fraction over 1", one("id: A, kind: return, at_least: 1.5, columns: {stem: a}"),
       "FIELD_INVALID", "at_least"},
      {"no fraction", one("id: A, kind: return, columns: {stem: a}"), "FIELD_INVALID", "at_least"},
      {"every day counts", one("id: A, kind: return, at_least: 0, columns: {stem: a}"),
       "FIELD_INVALID", "at_least"},
      {"negative duration", one("id: A, kind: return, above: 0, duration_days: -1"),
       "FIELD_INVALID", "duration_days"},
      {"unknown status", one("id: A, kind: return, above: 0, neutral: [HOLIDAY]"),
       "FIELD_INVALID", "neutral"},
      {"follows nothing", one("id: A, kind: recurrence, after: B, columns: {stem: a}"),
       "FIELD_INVALID", "after"},
      {"twice", absl::StrCat(one(fine.c_str()), "  - {", fine, "}\n"), "FIELD_INVALID", "id"},
      {"one column for two", absl::StrCat(one(fine.c_str()),
       "  - {id: B, kind: return, above: 0, columns: {stem: a}}\n"), "FIELD_INVALID", "stem"},
  };
  for (const Case& c : cases) {
    const auto parsed = ParseDefinitions(c.yaml, "d.yaml");
    ASSERT_FALSE(parsed.ok()) << c.name;
    const error::Detail detail = error::DetailOf(parsed.status());
    EXPECT_EQ(detail.reason, c.reason) << c.name;
    EXPECT_THAT(detail.violations[0].path, HasSubstr(c.place)) << c.name;
  }
}

TEST(ParseDefinitionsTest, SurvivesDeepNestingAndAliases) {
  EXPECT_FALSE(ParseDefinitions(std::string(100000, '['), "d").ok());
  EXPECT_FALSE(ParseDefinitions(std::string(2 << 20, 'a'), "d").ok());
  EXPECT_FALSE(ParseDefinitions("definitions: &a [*a]", "d").ok());
}

TEST(AddMonthsTest, ClampsToTheEndOfTheMonth) {  // scenario 16
  const absl::CivilDay t0(2026, 10, 31);
  EXPECT_EQ(AddMonths(t0, 4), absl::CivilDay(2027, 2, 28));
  EXPECT_EQ(AddMonths(t0, 8), absl::CivilDay(2027, 6, 30));
  EXPECT_EQ(AddMonths(t0, 12), absl::CivilDay(2027, 10, 31));
  EXPECT_EQ(AddMonths(absl::CivilDay(2023, 10, 31), 4), absl::CivilDay(2024, 2, 29));
}

TEST(ReadLandmarkTest, NamesTheDatumThatWouldSettleIt) {
  Definition d;  // 28 days at 50 %
  TimeToEvent censored{.time = 80, .status = EventStatus::kCensored, .naive_time = 108,
                       .open_run_start = std::nullopt, .open_run_days = 0,
                          .ended_by_status = false};
  const LandmarkAnswer unknown = ReadLandmark(censored, d, 100);
  EXPECT_EQ(unknown.state, LandmarkState::kNotAscertainable);
  EXPECT_EQ(unknown.missing, MissingDatum::kWorkStatus);
  EXPECT_EQ(unknown.from_day, 108);
  EXPECT_EQ(unknown.to_day, 128);
  censored.open_run_start = 90;
  censored.open_run_days = 18;
  const LandmarkAnswer running = ReadLandmark(censored, d, 100);
  EXPECT_EQ(running.missing, MissingDatum::kRunContinues);
  EXPECT_EQ(running.to_day, 118);
  censored.open_run_start = 101;  // began after the landmark: it cannot settle it
  EXPECT_EQ(ReadLandmark(censored, d, 100).missing, MissingDatum::kWorkStatus);
  EXPECT_EQ(ReadLandmark(censored, d, 80).state, LandmarkState::kNotReached);
  EXPECT_EQ(ReadLandmark(censored, d, 81).state, LandmarkState::kNotAscertainable);
  EXPECT_EQ(ReadLandmark(std::nullopt, d, 100).missing, MissingDatum::kClockStart);
  censored.ended_by_status = true;
  EXPECT_EQ(ReadLandmark(censored, d, 100).missing, MissingDatum::kNothingCan);
  EXPECT_EQ(ReadLandmark(censored, d, 80).state, LandmarkState::kNotReached);
}

TEST(ReadLandmarkTest, CountsCalendarMonthsFromTheClock) {
  Participant participant;
  participant.index_day = 10;
  participant.obs_end_day = 400;
  const TimeToEvent event{.time = 120, .status = EventStatus::kEvent, .naive_time = 120,
                          .open_run_start = std::nullopt, .open_run_days = 0,
                          .ended_by_status = false};
  EXPECT_EQ(ReadLandmarkMonth(participant, event, {}, 4).missing, MissingDatum::kIndexDate);
  participant.index_date = absl::CivilDay(2026, 10, 31);
  // 31 Oct 2026 to 28 Feb 2027 is 120 days: a return on day 120 is by month 4.
  EXPECT_EQ(ReadLandmarkMonth(participant, event, {}, 4).day, 120);
  EXPECT_EQ(ReadLandmarkMonth(participant, event, {}, 4).state, LandmarkState::kReached);
}

TEST(SummariseTest, DescribesSmallGroups) {
  const Summary none = Summarise({});
  EXPECT_EQ(none.n, 0);
  EXPECT_FALSE(none.mean.has_value() || none.sd.has_value() || none.median.has_value());
  const Summary one = Summarise({5});
  EXPECT_EQ(one.median, 5.0);
  EXPECT_FALSE(one.sd.has_value());
  const Summary four = Summarise({4, 1, 3, 2});  // R: quantile(1:4), type 7
  EXPECT_EQ(four.q25, 1.75);
  EXPECT_EQ(four.median, 2.5);
  EXPECT_EQ(four.q75, 3.25);
}

}  // namespace
}  // namespace reprise::endpoint
