// SPDX-License-Identifier: Apache-2.0
// What the bundled definitions promise: valid, no third party's words, French and English complete.
#include "services/questionnaire/domain/instrument/bundled.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

#include "services/questionnaire/domain/instrument/check.h"
#include "services/questionnaire/domain/instrument/read.h"

namespace reprise::instrument {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

Instrument Load(const BundledFile& file) {
  auto loaded = LoadInstrument(file.bytes, file.name);
  EXPECT_TRUE(loaded.ok()) << loaded.status();
  return *std::move(loaded);
}

TEST(BundledTest, EveryFileIsValidWithoutWarningsAndNamedAfterItsId) {
  EXPECT_EQ(BundledInstruments().size(), 23u);
  for (const BundledFile& file : BundledInstruments()) {
    const Instrument one = Load(file);
    EXPECT_EQ(absl::AsciiStrToLower(one.id) + ".yaml", file.name);
    for (const Problem& problem : CheckInstrument(one)) {
      ADD_FAILURE() << file.name << " " << problem.violation.path << ": "
                    << problem.violation.message;
    }
  }
}

TEST(BundledTest, PublishedInstrumentsHoldNoWords) {
  size_t published = 0;
  for (const BundledFile& file : BundledInstruments()) {
    const Instrument one = Load(file);
    if (one.licence.tier == Tier::kOwn) continue;
    ++published;
    EXPECT_THAT(one.languages, IsEmpty()) << file.name;
    for (const Section& section : one.sections) {
      EXPECT_TRUE(section.title.empty()) << file.name;
      for (const Item& item : section.items) {
        EXPECT_TRUE(item.text.empty() && item.help.empty()) << file.name << " " << item.code;
        EXPECT_TRUE(item.unit.label.empty()) << file.name << " " << item.code;
        for (const Choice& choice : ChoicesOf(one, item))
          EXPECT_TRUE(choice.label.empty()) << file.name;
      }
    }
  }
  EXPECT_EQ(published, 17u);
}

TEST(BundledTest, OurOwnFormsSpeakFrenchAndEnglishAndTellMissingFromRefused) {
  size_t own = 0;
  for (const BundledFile& file : BundledInstruments()) {
    const Instrument one = Load(file);
    if (one.licence.tier != Tier::kOwn) continue;
    ++own;
    EXPECT_THAT(one.languages, ElementsAre("fr", "en"));
    std::set<MissingKind> kinds;
    for (const MissingCode& missing : one.missing_codes) kinds.insert(missing.kind);
    EXPECT_THAT(kinds, UnorderedElementsAre(MissingKind::kRefused, MissingKind::kNotApplicable,
                                            MissingKind::kNotAsked, MissingKind::kNotAnswered));
  }
  EXPECT_EQ(own, 6u);
}

// French puts a no-break space before these signs, and a curved apostrophe.
TEST(BundledTest, FrenchTextsKeepFrenchTypography) {
  for (const BundledFile& file : BundledInstruments()) {
    const Instrument one = Load(file);
    const auto check = [&](const Text& text) {
      const auto at = text.find("fr");
      if (at == text.end()) return;
      for (const char* wrong : {" ?", " :", " ;", " !", " %", "'", "..."}) {
        EXPECT_FALSE(absl::StrContains(at->second, wrong)) << file.name << ": " << at->second;
      }
    };
    check(one.title);
    check(one.description);
    for (const Score& score : one.scores) check(score.label);
    for (const Alert& alert : one.alerts) check(alert.text);
    for (const Section& section : one.sections) {
      check(section.title);
      for (const Item& item : section.items) {
        check(item.text);
        check(item.help);
        for (const Row& row : item.rows) check(row.text);
        for (const Choice& choice : ChoicesOf(one, item)) check(choice.label);
      }
    }
  }
}

TEST(BundledTest, ThePhqWarnsOfItemNine) {
  for (const BundledFile& file : BundledInstruments()) {
    if (absl::string_view(file.name) != "phq-9.yaml") continue;
    const Instrument phq = Load(file);
    ASSERT_EQ(phq.alerts.size(), 1u);
    EXPECT_EQ(phq.alerts[0].when, "[i9] >= 1");
    EXPECT_EQ(phq.alerts[0].text.size(), 2u);
  }
}

}  // namespace
}  // namespace reprise::instrument
