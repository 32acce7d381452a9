// SPDX-License-Identifier: Apache-2.0
#include "services/questionnaire/domain/instrument/licence.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"

#include "services/platform/error/error.h"
#include "services/questionnaire/domain/instrument/bundled.h"
#include "services/questionnaire/domain/instrument/check.h"
#include "services/questionnaire/domain/instrument/read.h"

namespace reprise::instrument {
namespace {

using ::testing::HasSubstr;

const absl::CivilDay kToday(2026, 11, 21);

Instrument Bundled(absl::string_view name) {
  for (const BundledFile& file : BundledInstruments()) {
    if (name == file.name) return *LoadInstrument(file.bytes, file.name);
  }
  ADD_FAILURE() << name;
  return {};
}

// Words of nobody, for every item and choice of a definition.
Instrument Worded(const Instrument& definition) {
  Instrument source = definition;
  source.languages = {"fr"};
  for (ChoiceList& list : source.choice_lists) {
    for (Choice& choice : list.choices) choice.label = {{"fr", "choix " + choice.code}};
  }
  for (Section& section : source.sections) {
    for (Item& item : section.items) item.text = {{"fr", "question " + item.code}};
  }
  return source;
}

LicenceRecord Record() {
  return {.reference = "C-12", .scope = "FASTRACS, 300, fr, electronic", .expiry = "2026-11-21"};
}

struct Case {
  const char* name;
  const char* file;
  bool worded;
  LicenceRecord record;
  absl::CivilDay day;
  const char* lacks;  // empty: open
};

TEST(LicenceGateTest, OpensOnlyWithWordsAndALicenceThatHolds) {
  const LicenceRecord all = Record(), none{};
  LicenceRecord no_reference = all, blank_scope = all, no_expiry = all, bad_expiry = all;
  no_reference.reference.clear();
  blank_scope.scope = "  ";
  no_expiry.expiry.clear();
  bad_expiry.expiry = "next year";
  for (const Case& test :
       {Case{"tier c with everything, on its last day", "hads.yaml", true, all, kToday, ""},
        Case{"tier b with everything", "who-5.yaml", true, all, kToday, ""},
        Case{"the day after", "hads.yaml", true, all, kToday + 1, "LICENCE_EXPIRED"},
        Case{"no words", "hads.yaml", false, all, kToday, "WORDING_MISSING"},
        Case{"no reference", "hads.yaml", true, no_reference, kToday, "LICENCE_REFERENCE_MISSING"},
        Case{"blank scope", "hads.yaml", true, blank_scope, kToday, "LICENCE_SCOPE_MISSING"},
        Case{"no expiry", "hads.yaml", true, no_expiry, kToday, "LICENCE_EXPIRY_MISSING"},
        Case{"expiry that is no date", "hads.yaml", true, bad_expiry, kToday,
             "LICENCE_EXPIRY_MISSING"},
        Case{"nothing at all", "who-5.yaml", false, none, kToday,
             "WORDING_MISSING,LICENCE_REFERENCE_MISSING,LICENCE_SCOPE_MISSING,LICENCE_EXPIRY_"
             "MISSING"},
        Case{"tier a needs words only", "phq-9.yaml", true, none, kToday, ""},
        Case{"tier a without words", "phq-9.yaml", false, none, kToday, "WORDING_MISSING"},
        Case{"our own needs nothing", "reprise-diary.yaml", false, none, kToday, ""}}) {
    const Instrument definition = Bundled(test.file);
    Wording wording;
    if (test.worded) {
      auto taken = TakeWording(definition, Worded(definition), {});
      ASSERT_TRUE(taken.ok()) << taken.status();
      wording = *std::move(taken);
    }
    const absl::Status status =
        CheckLicenceGate(definition, test.worded ? &wording : nullptr, test.record, test.day);
    EXPECT_EQ(status.ok(), *test.lacks == '\0') << test.name << status;
    if (status.ok()) continue;
    EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition) << test.name;
    EXPECT_EQ(error::DetailOf(status).metadata["lacks"], test.lacks) << test.name;
  }
}

TEST(LicenceGateTest, WordsOfAnotherVersionOrWithAGapDoNotOpenIt) {
  const Instrument hads = Bundled("hads.yaml");
  Wording wording = *TakeWording(hads, Worded(hads), {});
  Wording other = wording;
  other.version = "2";
  EXPECT_EQ(error::DetailOf(CheckLicenceGate(hads, &other, Record(), kToday)).metadata["lacks"],
            "WORDING_UNFIT");
  wording.items.pop_back();
  EXPECT_EQ(error::DetailOf(CheckLicenceGate(hads, &wording, Record(), kToday)).metadata["lacks"],
            "WORDING_UNFIT");
}

TEST(WordingTest, WordsAreWrittenReadBackAndJoined) {
  const Instrument hads = Bundled("hads.yaml");
  Wording wording = *TakeWording(hads, Worded(hads), {});
  wording.licence = Record();
  const auto back = ReadWording(WriteWording(wording), "w.yaml");
  ASSERT_TRUE(back.ok()) << back.status();
  EXPECT_TRUE(*back == wording);
  const auto joined = ApplyWording(hads, wording);
  ASSERT_TRUE(joined.ok()) << joined.status();
  EXPECT_EQ(joined->sections[0].items[3].text.at("fr"), "question i4");
  EXPECT_EQ(ChoicesOf(*joined, joined->sections[0].items[3])[2].label.at("fr"), "choix 2");
  EXPECT_TRUE(joined->scores == hads.scores);
}

TEST(WordingTest, NothingIsMatchedByPlace) {
  const Instrument who = Bundled("who-5.yaml");
  const auto reason_of = [&](const Instrument& source, const NameMap& names) {
    const auto taken = TakeWording(who, source, names);
    return taken.ok() ? "" : error::DetailOf(taken.status()).violations[0].reason;
  };
  Instrument renamed = Worded(who);
  renamed.sections[0].items[0].code = "first";
  EXPECT_EQ(reason_of(renamed, {}), "ITEM_WITHOUT_WORDS");
  EXPECT_EQ(reason_of(renamed, {{"i1", "first"}}), "");
  EXPECT_EQ(reason_of(renamed, {{"i1", "second"}}), "ITEM_WITHOUT_WORDS");
  Instrument fewer = Worded(who);
  fewer.choice_lists[0].choices.pop_back();
  EXPECT_EQ(reason_of(fewer, {}), "CHOICE_WITHOUT_WORDS");
  Instrument more = Worded(who);
  more.choice_lists[0].choices.push_back(more.choice_lists[0].choices[0]);
  more.choice_lists[0].choices.back().code = "9";
  EXPECT_EQ(reason_of(more, {}), "CHOICE_UNKNOWN");
  Instrument silent = Worded(who);
  silent.languages.clear();
  EXPECT_EQ(reason_of(silent, {}), "LANGUAGE_INVALID");
}

}  // namespace
}  // namespace reprise::instrument
