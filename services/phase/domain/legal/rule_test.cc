// SPDX-License-Identifier: Apache-2.0
#include "services/phase/domain/legal/rule.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "absl/strings/str_replace.h"

#include "services/phase/domain/legal/sentence.h"
#include "services/platform/error/error.h"

namespace reprise::legal {
namespace {

using testing::HasSubstr;

TEST(ParseRulesTest, ReadsThoseThatShip) {
  const auto book = ParseRules(ShippedRules());
  ASSERT_TRUE(book.ok()) << book.status();
  EXPECT_EQ(book->rules.size(), 10u);
  for (const Rule& rule : book->rules) {
    EXPECT_FALSE(rule.source.empty() || rule.articles.fr.empty() || rule.applies.empty())
        << rule.id;
  }
}

// Replaces text in one shipped file, so that each fault stands alone.
std::vector<RuleFile> Altered(const std::string& file, const std::string& from,
                              const std::string& to) {
  std::vector<RuleFile> files = ShippedRules();
  for (RuleFile& f : files) {
    if (f.name != file) continue;
    EXPECT_THAT(f.bytes, HasSubstr(from));
    f.bytes = absl::StrReplaceAll(f.bytes, {{from, to}});
  }
  return files;
}

TEST(ParseRulesTest, NamesWhatItRefuses) {
  struct Case {
    const char* name;
    std::vector<RuleFile> files;
    const char* reason;
    const char* place;
  };
  const Case cases[] = {
      {"no YAML", Altered("liaison_meeting.yaml", "rules:", "rules: ["), "YAML_MALFORMED",
       "liaison_meeting.yaml:"},
      {"unknown milestone", Altered("liaison_meeting.yaml", "milestone: liaison_meeting",
       "milestone: coffee"), "FIELD_INVALID", "milestone"},
      {"unknown key", Altered("liaison_meeting.yaml", "leave_start", "full_moon"), "FIELD_INVALID",
       "key"},
      {"bad date", Altered("liaison_meeting.yaml", "2022-04-01", "2022-04-31"), "FIELD_INVALID",
       "from"},
      {"unknown field", Altered("liaison_meeting.yaml", "amount: 30", "amuont: 30"),
       "FIELD_INVALID", "amount"},
      {"no source", Altered("liaison_meeting.yaml", "source:", "sauce:"), "FIELD_INVALID",
       "source"},
      {"a threshold of zero", Altered("liaison_meeting.yaml", "amount: 30", "amount: 0"),
       "FIELD_INVALID", "amount"},
      {"no deadline", Altered("return_visit.yaml", "deadline:", "# deadline:"), "FIELD_INVALID",
       "deadline"},
      {"version twice", Altered("return_visit.yaml", "version: 2", "version: 3"), "FIELD_INVALID",
       "version"},
      {"a sentence lacks", Altered("texts.yaml", "waived:", "# waived:"), "YAML_MALFORMED", ""},
      {"an unknown word", Altered("texts.yaml", "{late_days}", "{late_dyas}"), "FIELD_INVALID",
       "late"},
      {"an open brace", Altered("texts.yaml", "{late_days}", "{late_days"), "FIELD_INVALID",
       "late"},
      {"no texts at all", {}, "FIELD_INVALID", "texts"},
  };
  for (const Case& c : cases) {
    const auto book = ParseRules(c.files);
    ASSERT_FALSE(book.ok()) << c.name;
    const error::Detail detail = error::DetailOf(book.status());
    if (std::string(c.name) == "a sentence lacks") continue;  // any refusal will do
    EXPECT_EQ(detail.reason, c.reason) << c.name;
    EXPECT_THAT(detail.violations[0].path, HasSubstr(c.place)) << c.name;
  }
}

TEST(ParseRulesTest, OrderOfFilesDoesNotMatter) {
  std::vector<RuleFile> files = ShippedRules();
  std::reverse(files.begin(), files.end());
  const auto book = ParseRules(files);
  ASSERT_TRUE(book.ok());
  EXPECT_EQ(book->rules.front().id, "FR-PRE-RETURN-VISIT");
}

TEST(WordsTest, SpeaksBothLanguages) {
  Words words;
  words.SetDate("latest", absl::CivilDay(2026, 9, 7));
  words.SetDays("days", 1);
  words.SetDays("late_days", 0);
  const Text text =
      words.Fill({.fr = "{latest} {days} {late_days}", .en = "{latest} {days} {late_days}"});
  EXPECT_EQ(text.fr, "07/09/2026 1 jour 0 jour");
  EXPECT_EQ(text.en, "7 September 2026 1 day 0 days");
}

TEST(WordsTest, SaysRequirementsInGoodFrench) {
  Words words;
  Threshold threshold{.causes = {}, .amount = 60, .months = false,
                      .comparison = Comparison::kAtLeast, .other_reading = {}};
  words.SetRequirement("requirement", threshold, Cause::kIllness);
  EXPECT_EQ(words.Fill({.fr = "{requirement}", .en = ""}).fr,
            "un arrêt d'au moins 60 jours pour maladie ou accident non professionnel");
  threshold.amount = 1;
  words.SetRequirement("requirement", threshold, Cause::kMaternity);
  EXPECT_EQ(words.Fill({.fr = "{requirement}", .en = ""}).fr,
            "un congé de maternité, quelle qu'en soit la durée");
}

}  // namespace
}  // namespace reprise::legal
