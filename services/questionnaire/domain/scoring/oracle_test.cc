// SPDX-License-Identifier: Apache-2.0
// Every row of the scoring oracles (tests/data/scoring, computed with established software), and
// what must hold besides: storage order does not matter, losing an answer never makes a score.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <set>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

#include "services/platform/text/csv.h"
#include "services/platform/text/number.h"
#include "services/questionnaire/domain/instrument/bundled.h"
#include "services/questionnaire/domain/instrument/read.h"
#include "services/questionnaire/domain/scoring/scoring.h"

namespace reprise::scoring {
namespace {

struct Loaded {
  instrument::Instrument definition;
  Scorer scorer;
  text::CsvTable oracle;
};

std::string ReadWhole(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

Loaded LoadOne(const instrument::BundledFile& file) {
  auto definition = instrument::LoadInstrument(file.bytes, file.name);
  EXPECT_TRUE(definition.ok()) << definition.status();
  auto scorer = Scorer::Compile(*definition);
  EXPECT_TRUE(scorer.ok()) << scorer.status();
  const std::string path = absl::StrCat(REPRISE_TEST_DATA, "/scoring/", definition->id, ".csv");
  text::CsvTable oracle;
  if (std::filesystem::exists(path)) {
    auto table = text::ParseCsv(ReadWhole(path), path);
    EXPECT_TRUE(table.ok()) << table.status();
    oracle = *std::move(table);
  }
  return {*std::move(definition), *std::move(scorer), std::move(oracle)};
}

std::vector<Loaded> LoadPublished() {
  std::vector<Loaded> all;
  for (const instrument::BundledFile& file : instrument::BundledInstruments()) {
    Loaded one = LoadOne(file);
    if (!one.oracle.header.empty()) all.push_back(std::move(one));
  }
  return all;
}

std::vector<Answer> ReadRow(const Scorer& scorer, const text::CsvTable& table, size_t row) {
  std::vector<Answer> answers(scorer.items().size());
  for (size_t i = 0; i < answers.size(); ++i) {
    const int column = table.Column(scorer.items()[i]);
    EXPECT_GE(column, 0) << scorer.items()[i];
    EXPECT_FALSE(
        scorer.Read(i, table.rows[row][static_cast<size_t>(column)], answers[i]).has_value());
  }
  return answers;
}

void ExpectNear(const std::string& expected, const std::optional<double>& actual,
                const std::string& what) {
  if (expected.empty()) {
    EXPECT_FALSE(actual.has_value()) << what;
    return;
  }
  ASSERT_TRUE(actual.has_value()) << what;
  const double value = *text::ParseDouble(expected, what);
  EXPECT_NEAR(*actual, value, std::max(1e-12, 1e-9 * std::abs(value))) << what;
}

TEST(ScoringOracleTest, EveryRowOfAllSeventeenInstruments) {
  const std::vector<Loaded> all = LoadPublished();
  EXPECT_EQ(all.size(), 17u);
  size_t compared = 0;
  for (const Loaded& one : all) {
    EXPECT_EQ(one.oracle.rows.size(), 20u) << one.definition.id;
    std::set<std::string> columns;
    for (const std::string& name : one.oracle.header) {
      if (absl::StartsWith(name, "score:")) columns.insert(name.substr(6));
    }
    EXPECT_EQ(std::set<std::string>(one.scorer.scores().begin(), one.scorer.scores().end()),
              columns);
    for (size_t row = 0; row < one.oracle.rows.size(); ++row) {
      std::vector<Result> results;
      one.scorer.Score(ReadRow(one.scorer, one.oracle, row), results);
      for (size_t s = 0; s < results.size(); ++s) {
        const std::string& id = one.scorer.scores()[s];
        const int column = one.oracle.Column("score:" + id);
        ASSERT_GE(column, 0) << id;
        ExpectNear(one.oracle.rows[row][static_cast<size_t>(column)], results[s].value,
                   absl::StrCat(one.oracle.rows[row][0], " ", id));
        ++compared;
      }
    }
  }
  EXPECT_EQ(compared, 20u * 101u);
}

// One answer at random among those that the item accepts; none with the given probability.
std::string RandomRaw(const instrument::Instrument& definition, const instrument::Field& field,
                      double missing, std::mt19937_64& random) {
  if (std::uniform_real_distribution<>(0, 1)(random) < missing) return "";
  const auto& choices = instrument::ChoicesOf(definition, *field.item);
  const auto upto = [&](size_t n) { return std::uniform_int_distribution<size_t>(0, n)(random); };
  return choices.empty() ? std::to_string(upto(10)) : choices[upto(choices.size() - 1)].code;
}

std::vector<Answer> RandomAnswers(const Loaded& one, double missing, std::mt19937_64& random) {
  std::vector<Answer> answers(one.scorer.items().size());
  const auto fields = instrument::FieldsOf(one.definition);
  for (size_t i = 0; i < answers.size(); ++i) {
    EXPECT_FALSE(
        one.scorer.Read(i, RandomRaw(one.definition, fields[i], missing, random), answers[i]));
  }
  return answers;
}

TEST(ScoringPropertyTest, LosingAnAnswerNeverTurnsAMissingScoreIntoANumber) {
  std::mt19937_64 random(20261121);
  for (const Loaded& one : LoadPublished()) {
    for (int round = 0; round < 300; ++round) {
      std::vector<Answer> answers = RandomAnswers(one, round % 2 == 0 ? 0.15 : 0.5, random);
      std::vector<Result> before, after;
      one.scorer.Score(answers, before);
      answers[std::uniform_int_distribution<size_t>(0, answers.size() - 1)(random)] = Answer{};
      one.scorer.Score(answers, after);
      for (size_t s = 0; s < before.size(); ++s) {
        // "Does not apply" is an answer about the score, not a missing item.
        if (before[s].value || before[s].outcome == Outcome::kNotApplicable) continue;
        EXPECT_FALSE(after[s].value.has_value())
            << one.definition.id << " " << one.scorer.scores()[s];
      }
    }
  }
}

TEST(ScoringPropertyTest, TheOrderOfItemsAndScoresInTheDocumentDoesNotMatter) {
  std::mt19937_64 random(7);
  for (const Loaded& one : LoadPublished()) {
    instrument::Instrument shuffled = one.definition;
    for (instrument::Section& section : shuffled.sections) {
      std::shuffle(section.items.begin(), section.items.end(), random);
    }
    std::shuffle(shuffled.scores.begin(), shuffled.scores.end(), random);
    const auto other = Scorer::Compile(shuffled);
    ASSERT_TRUE(other.ok()) << other.status();
    for (size_t row = 0; row < one.oracle.rows.size(); ++row) {
      std::vector<Result> a, b;
      one.scorer.Score(ReadRow(one.scorer, one.oracle, row), a);
      other->Score(ReadRow(*other, one.oracle, row), b);
      for (size_t s = 0; s < a.size(); ++s) {
        const auto at =
            std::find(other->scores().begin(), other->scores().end(), one.scorer.scores()[s]);
        ASSERT_NE(at, other->scores().end());
        const Result& same = b[static_cast<size_t>(at - other->scores().begin())];
        EXPECT_EQ(a[s].value, same.value) << one.definition.id << " " << *at;
        EXPECT_EQ(a[s].outcome, same.outcome);
        EXPECT_EQ(a[s].items_answered, same.items_answered);
      }
    }
  }
}

}  // namespace
}  // namespace reprise::scoring
