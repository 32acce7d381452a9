// SPDX-License-Identifier: Apache-2.0
#include "services/questionnaire/domain/instrument/read.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"

#include "services/questionnaire/domain/instrument/write.h"

namespace reprise::instrument {
namespace {

using ::testing::HasSubstr;

constexpr char kValid[] = R"(id: t
version: 1.0
title: {fr: Titre, en: Title}
languages: [fr, en]
licence: {tier: own, owner: us}
sections:
  - code: s
    items:
      - code: a
        type: single_choice
        text: {fr: "Où ?", en: "Where?"}
        choices:
          - {code: 1, label: {fr: Ici, en: Here}}
          - {code: 2, label: {fr: Là, en: There}}
)";

TEST(LoadInstrumentTest, ReadsYamlAndJsonAlike) {
  const auto yaml = LoadInstrument(kValid, "t.yaml");
  ASSERT_TRUE(yaml.ok()) << yaml.status();
  EXPECT_EQ(yaml->version, "1.0");
  EXPECT_EQ(yaml->sections[0].items[0].text.at("fr"), "Où ?");
  const auto json =
      LoadInstrument(R"({"id": "t", "version": "1.0", "title": {"fr": "Titre", "en": "Title"},
    "languages": ["fr", "en"], "licence": {"tier": "own", "owner": "us"}, "sections": [{"code": "s", "items": [
      {"code": "a", "type": "single_choice", "text": {"fr": "O\u00f9 ?", "en": "Where?"}, "choices": [
        {"code": "1", "label": {"fr": "Ici", "en": "Here"}}, {"code": "2", "label": {"fr": "Là", "en": "There"}}]}]}]})",
                     "t.json");
  ASSERT_TRUE(json.ok()) << json.status();
  EXPECT_TRUE(*json == *yaml);
  EXPECT_TRUE(*LoadInstrument(WriteYaml(*yaml), "w.yaml") == *yaml);
}

TEST(LoadInstrumentTest, TellsAllFaultsAtOnceWithTheirLines) {
  const auto loaded = LoadInstrument(R"(id: t
version: "1"
titel: {en: T}
licence: {tier: own, owner: us}
sections:
  - code: s
    items:
      - code: a
        type: singel_choice
      - code: a
        type: integer
        hard: {min: 5, max: 1}
        required: maybe
      - code: b
        type: text
        text: {fr: Quoi}
        shown_if: "[zz] = 1"
)",
                                     "t.yaml");
  EXPECT_EQ(error::ReasonOf(loaded.status()), "INSTRUMENT_INVALID");
  std::vector<std::string> places;
  for (const error::Violation& violation : error::DetailOf(loaded.status()).violations) {
    places.push_back(absl::StrCat(violation.path, " ", violation.reason));
  }
  EXPECT_THAT(places,
              ::testing::IsSupersetOf({"t.yaml:3 titel FIELD_UNKNOWN",
                                       "t.yaml:9 sections[0].items[0].type VALUE_UNKNOWN",
                                       "t.yaml:10 sections[0].items[1].code CODE_DUPLICATE",
                                       "t.yaml:12 sections[0].items[1].hard RANGE_INVALID",
                                       "t.yaml:13 sections[0].items[1].required VALUE_MALFORMED",
                                       "t.yaml:16 sections[0].items[2].text TRANSLATION_UNDECLARED",
                                       "t.yaml:17 sections[0].items[2].shown_if NAME_UNKNOWN"}));
}

struct Bad {
  const char* name;
  std::string bytes;
  const char* reason;
  const char* place;
};

TEST(LoadInstrumentTest, BadDocumentsNameTheirPlace) {
  std::string deep, dashes;
  for (int i = 0; i < 5000; ++i) deep += "[";
  for (int i = 0; i < 5000; ++i) dashes += "- ";
  for (const Bad& bad : std::vector<Bad>{
           {"empty", "", "DOCUMENT_MALFORMED", "t.yaml:1"},
           {"only a comment", "# nothing\n", "DOCUMENT_MALFORMED", "t.yaml:1"},
           {"not UTF-8", "id: t\nversion: \xC3\x28\n", "TEXT_NOT_UTF8", "t.yaml:2"},
           {"deep in brackets", "id: t\nx: " + deep, "DOCUMENT_TOO_DEEP", "t.yaml:2"},
           {"deep in dashes", "id: t\nx:\n  " + dashes, "DOCUMENT_TOO_DEEP", "t.yaml:3"},
           {"a megabyte in one line", "id: t\nversion: " + std::string(1 << 20, 'a'),
            "DOCUMENT_LINE_TOO_LONG", "t.yaml:2"},
           {"five megabytes", std::string((5 << 20) / 2, '\n') + std::string(5 << 20, '\n'),
            "DOCUMENT_TOO_LARGE", "t.yaml:1"},
           {"key twice", "id: t\nid: u\n", "DOCUMENT_MALFORMED", "t.yaml:2"},
           {"alias", "id: &x t\nversion: *x\n", "DOCUMENT_MALFORMED", "t.yaml:1"},
           {"two documents", "id: t\n---\nid: u\n", "DOCUMENT_MALFORMED", "t.yaml:3"},
           {"open brace", "id: t\ntitle: {fr: T\n", "DOCUMENT_MALFORMED", "t.yaml:3"},
           {"tabs", "id: t\nlicence:\n\towner: x\n", "DOCUMENT_MALFORMED", "t.yaml:3"},
           {"control character", "id: t\nversion: \"\\x07\"\n", "DOCUMENT_MALFORMED", "t.yaml:2"},
           {"a list", "- a\n- b\n", "INSTRUMENT_INVALID", "t.yaml:1"},
           {"a word", "hello\n", "INSTRUMENT_INVALID", "t.yaml:1"}}) {
    const auto loaded = LoadInstrument(bad.bytes, "t.yaml");
    EXPECT_EQ(error::ReasonOf(loaded.status()), bad.reason) << bad.name << loaded.status();
    const auto violations = error::DetailOf(loaded.status()).violations;
    ASSERT_FALSE(violations.empty()) << bad.name;
    EXPECT_THAT(violations[0].path, ::testing::StartsWith(bad.place)) << bad.name;
  }
}

TEST(WriteYamlTest, WhateverTheTextItIsReadBack) {
  Instrument instrument = *LoadInstrument(kValid, "t.yaml");
  const std::string large = absl::StrCat(std::string(20000, 'a'), "  ", std::string(40000, ' '),
                                         "\t é", std::string(100000, '"'), ".");
  for (const char* text : {"a: b", "- a", "\"quoted\" and 'single'", "back\\slash", "two\nlines\n",
                           "# no comment", "~", "null", "true", "1e3", "{a: b}",
                           "é\u202f? \u00a0:", " blanks ", "tab\there", "%", "@x", "|", ">",
                           large.c_str()}) {
    instrument.sections[0].items[0].text["fr"] = text;
    instrument.sections[0].items[0].annotation = text;
    const auto back = LoadInstrument(WriteYaml(instrument), "w.yaml");
    ASSERT_TRUE(back.ok()) << text << back.status();
    EXPECT_TRUE(*back == instrument) << text;
  }
}

}  // namespace
}  // namespace reprise::instrument
