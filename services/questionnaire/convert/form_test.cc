// SPDX-License-Identifier: Apache-2.0
#include "services/questionnaire/convert/form.h"

#include <gmock/gmock.h>

#include <set>
#include <string>

#include "services/platform/testing/matchers.h"
#include "services/questionnaire/convert/expression.h"
#include "services/questionnaire/domain/instrument/read.h"

namespace reprise::questionnaire {
namespace {

using reprise::testing::IsOk;
using ::testing::UnorderedElementsAre;

// Every kind of field once, and each place where an expression may stand.
constexpr char kDocument[] = R"yaml(
id: whole
version: "2.1"
languages: [fr, en]
title: {fr: "Entier", en: "Whole"}
licence: {tier: own, owner: "Reprise", terms: "Apache-2.0"}
missing_codes:
  - {code: "-7", kind: refused, label: {fr: "Ne souhaite pas répondre", en: "Prefers not to answer"}}
choice_lists:
  - id: often
    choices:
      - {code: 0, label: {fr: "Jamais", en: "Never"}}
      - {code: 1, value: 2.5, label: {fr: "Souvent", en: "Often"}}
sections:
  - code: first
    title: {fr: "Un", en: "One"}
    items:
      - {code: work, type: single_choice, choice_list: often, required: true, text: {fr: "Travail ?", en: "Work?"},
         annotation: "for the team"}
      - {code: hours, type: decimal, decimals: 1, hard: {min: 0, max: 80}, soft: {max: 48}, shown_if: "[work] = 1",
         unit: {code: h, label: {fr: "heures", en: "hours"}}, text: {fr: "Heures ?", en: "Hours?"}}
      - {code: share, type: computed, calculation: "[hours] / 35", text: {fr: "Part", en: "Share"}}
  - code: second
    shown_if: "[work] = 1"
    items:
      - code: grid
        type: matrix
        choice_list: often
        text: {fr: "Combien ?", en: "How often?"}
        rows:
          - {code: tired, text: {fr: "Fatiguée", en: "Tired"}, annotation: "row note"}
          - {code: pain, text: {fr: "Douleur", en: "Pain"}, shown_if: "[tired] = 1"}
scores:
  - {id: total, label: {fr: "Total", en: "Total"}, rule: sum, items: [tired, pain], min_answered: 1}
  - {id: ratio, label: {fr: "Rapport", en: "Ratio"}, rule: expression, expression: "[total] / 2", needs: []}
alerts:
  - {id: high, when: "[total] > 1", text: {fr: "Appeler.", en: "Call."}}
)yaml";

instrument::Instrument Whole() {
  const auto read = instrument::LoadInstrument(kDocument, "whole.yaml");
  EXPECT_THAT(read, IsOk());
  return read.ok() ? *read : instrument::Instrument();
}

std::set<std::string> Texts(const v1::Form& form) {
  std::set<std::string> texts;
  for (const auto& [text, tree] : form.expressions()) texts.insert(text);
  return texts;
}

TEST(FormConvertTest, CarriesEveryFieldOfTheDocument) {
  const v1::Instrument wire = ToProto(Whole());
  EXPECT_EQ(wire.id(), "whole");
  EXPECT_EQ(wire.version(), "2.1");
  EXPECT_EQ(wire.title().at("fr"), "Entier");
  EXPECT_EQ(wire.licence().tier(), v1::TIER_OWN);
  EXPECT_EQ(wire.missing_codes(0).kind(), v1::MISSING_KIND_REFUSED);
  EXPECT_FALSE(wire.choice_lists(0).choices(0).has_value());
  EXPECT_EQ(wire.choice_lists(0).choices(1).value(), 2.5);
  const v1::Item& hours = wire.sections(0).items(1);
  EXPECT_EQ(hours.type(), v1::ITEM_TYPE_DECIMAL);
  EXPECT_EQ(hours.decimals(), 1);
  EXPECT_EQ(hours.hard().max(), "80");
  EXPECT_EQ(hours.soft().max(), "48");
  EXPECT_EQ(hours.unit().label().at("en"), "hours");
  EXPECT_FALSE(hours.has_scale());
  EXPECT_EQ(wire.sections(1).shown_if(), "[work] = 1");
  EXPECT_EQ(wire.sections(1).items(0).rows(1).code(), "pain");
  EXPECT_EQ(wire.scores(0).rule(), v1::SCORE_RULE_SUM);
  EXPECT_EQ(wire.scores(0).min_answered(), 1);
  EXPECT_FALSE(wire.scores(0).has_needs());
  EXPECT_TRUE(wire.scores(1).has_needs()) << "an empty list is not none";
  EXPECT_EQ(wire.alerts(0).when(), "[total] > 1");
}

TEST(FormConvertTest, HasTheTreeOfEachExpressionByItsText) {
  const v1::Form form = FormOf(Whole());
  EXPECT_THAT(Texts(form), UnorderedElementsAre("[work] = 1", "[hours] / 35", "[tired] = 1", "[total] / 2", "[total] > 1"));
  for (const auto& [text, message] : form.expressions()) {
    const auto tree = FromProto(message);
    ASSERT_THAT(tree, IsOk()) << text;
    EXPECT_EQ(*tree, *expression::Parse(text)) << text;
  }
}

TEST(FormConvertTest, KeepsWhatIsTheTeamsFromParticipants) {
  const v1::Form form = FormOf(ForParticipants(Whole()));
  EXPECT_EQ(form.instrument().scores_size(), 0);
  EXPECT_EQ(form.instrument().alerts_size(), 0);
  EXPECT_EQ(form.instrument().sections(0).items(0).annotation(), "");
  EXPECT_EQ(form.instrument().sections(1).items(0).rows(0).annotation(), "");
  EXPECT_THAT(Texts(form), UnorderedElementsAre("[work] = 1", "[hours] / 35", "[tired] = 1"));
}

}  // namespace
}  // namespace reprise::questionnaire
