// SPDX-License-Identifier: Apache-2.0
#include "services/questionnaire/domain/instrument/describe.h"

namespace reprise::instrument {
namespace {

constexpr std::pair<const char*, MissingKind> kMissingKinds[] = {
    {"refused", MissingKind::kRefused},
    {"not_applicable", MissingKind::kNotApplicable},
    {"not_asked", MissingKind::kNotAsked},
    {"not_answered", MissingKind::kNotAnswered}};

constexpr std::pair<const char*, ItemType> kItemTypes[] = {
    {"single_choice", ItemType::kSingleChoice},
    {"multiple_choice", ItemType::kMultipleChoice},
    {"integer", ItemType::kInteger},
    {"decimal", ItemType::kDecimal},
    {"date", ItemType::kDate},
    {"partial_date", ItemType::kPartialDate},
    {"time", ItemType::kTime},
    {"text", ItemType::kText},
    {"scale", ItemType::kScale},
    {"matrix", ItemType::kMatrix},
    {"information", ItemType::kInformation},
    {"computed", ItemType::kComputed}};

constexpr std::pair<const char*, Tier> kTiers[] = {
    {"own", Tier::kOwn}, {"a", Tier::kA}, {"b", Tier::kB}, {"c", Tier::kC}};

constexpr std::pair<const char*, ScoreRule> kScoreRules[] = {
    {"mean", ScoreRule::kMean}, {"sum", ScoreRule::kSum}, {"expression", ScoreRule::kExpression}};

}  // namespace

Names<MissingKind> NamesOf(MissingKind) { return kMissingKinds; }
Names<ItemType> NamesOf(ItemType) { return kItemTypes; }
Names<Tier> NamesOf(Tier) { return kTiers; }
Names<ScoreRule> NamesOf(ScoreRule) { return kScoreRules; }

}  // namespace reprise::instrument
