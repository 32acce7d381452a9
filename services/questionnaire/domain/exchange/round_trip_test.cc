// SPDX-License-Identifier: Apache-2.0
// Import of an export gives the same instrument, for every bundled one: wholly with FHIR, and with
// REDCap as far as a dictionary can carry it (CarriedByRedcap, with each loss in the report).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "services/questionnaire/domain/exchange/fhir.h"
#include "services/questionnaire/domain/exchange/redcap.h"
#include "services/questionnaire/domain/instrument/bundled.h"
#include "services/questionnaire/domain/instrument/check.h"
#include "services/questionnaire/domain/instrument/read.h"
#include "services/questionnaire/domain/instrument/write.h"

namespace reprise::exchange {
namespace {

using instrument::Instrument;
using ::testing::Contains;

std::vector<Instrument> All() {
  std::vector<Instrument> all;
  for (const instrument::BundledFile& file : instrument::BundledInstruments()) {
    auto one = instrument::LoadInstrument(file.bytes, file.name);
    EXPECT_TRUE(one.ok()) << one.status();
    all.push_back(*std::move(one));
  }
  EXPECT_EQ(all.size(), 23u);
  return all;
}

TEST(RoundTripTest, FhirGivesTheSameInstrument) {
  for (const Instrument& original : All()) {
    const FhirExport made = ExportFhir(original);
    const auto back = ImportFhir(made.json, "export.json", {});
    ASSERT_TRUE(back.ok()) << original.id << back.status();
    EXPECT_TRUE(back->instrument == original) << original.id << "\n"
                                              << instrument::WriteYaml(original) << "\n---\n"
                                              << instrument::WriteYaml(back->instrument);
    EXPECT_EQ(back->report.Count(Verdict::kRefused), 0u) << original.id;
    EXPECT_EQ(ExportFhir(back->instrument).json, made.json) << original.id;
  }
}

TEST(RoundTripTest, RedcapGivesWhatADictionaryCanCarryInEachLanguage) {
  for (const Instrument& original : All()) {
    std::vector<std::string> languages = original.languages;
    if (languages.empty()) languages = {""};
    for (const std::string& language : languages) {
      const auto made = ExportRedcap(original, language);
      ASSERT_TRUE(made.ok()) << made.status();
      const auto back =
          ImportRedcap(made->csv, "export.csv",
                       {.id = original.id, .version = original.version, .language = language});
      ASSERT_TRUE(back.ok()) << original.id << back.status();
      Instrument carried = CarriedByRedcap(original, language.empty() ? "und" : language);
      carried.licence = back->instrument.licence;  // an import never knows it
      EXPECT_TRUE(back->instrument == carried) << original.id << "\n"
                                               << instrument::WriteYaml(carried) << "\n---\n"
                                               << instrument::WriteYaml(back->instrument);
      EXPECT_EQ(back->report.Count(Verdict::kRefused), 0u) << original.id;
      EXPECT_EQ(ExportRedcap(back->instrument, "")->csv, made->csv) << original.id;
    }
  }
}

TEST(RoundTripTest, RedcapTellsEachKindOfLoss) {
  std::set<std::string> told;
  for (const Instrument& original : All()) {
    const auto made = ExportRedcap(original, "");
    ASSERT_TRUE(made.ok()) << made.status();
    for (const Finding& finding : made->report.findings()) {
      if (finding.verdict == Verdict::kRefused) told.insert(finding.construct);
    }
  }
  for (const char* loss :
       {"LANGUAGES", "SCORES", "ALERTS", "MISSING_CODES", "LICENCE", "HARD_RANGE", "UNIT",
        "DECIMALS", "CHOICE_VALUE", "CHOICE_MISSING", "TYPE", "HELP"}) {
    EXPECT_THAT(told, Contains(loss));
  }
}

TEST(RoundTripTest, YamlGivesTheSameInstrument) {
  for (const Instrument& original : All()) {
    const auto back = instrument::LoadInstrument(instrument::WriteYaml(original), "written.yaml");
    ASSERT_TRUE(back.ok()) << back.status();
    EXPECT_TRUE(*back == original) << original.id;
  }
}

}  // namespace
}  // namespace reprise::exchange
