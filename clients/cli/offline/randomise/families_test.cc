// SPDX-License-Identifier: Apache-2.0
// Every row of the rand_* oracle files, through the same functions as `reprise stats batch`.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

#include "clients/cli/files.h"
#include "clients/cli/offline/stats/family.h"
#include "services/platform/error/error.h"

namespace reprise::cli {
namespace {

using Rows = std::vector<std::vector<std::string>>;

Family FamilyNamed(const std::string& name) {
  for (const Family& family : RandomisationFamilies()) {
    if (family.name == name) return family;
  }
  ADD_FAILURE() << "no family " << name;
  return {};
}

text::CsvTable Oracle(const std::string& name) {
  const auto bytes = ReadFile(absl::StrCat(REPRISE_TEST_DATA, "/statistics/", name, ".csv"));
  EXPECT_TRUE(bytes.ok()) << bytes.status();
  const auto table = text::ParseCsv(*bytes, name);
  EXPECT_TRUE(table.ok()) << table.status();
  return *table;
}

const std::string& At(const text::CsvTable& table, size_t row, const std::string& column) {
  return table.rows[row][static_cast<size_t>(table.Column(column))];
}

// Numbers to a relative 1e-9 (absolute 1e-12), anything else and emptiness exactly.
void ExpectEveryCell(const std::string& name, size_t rows_expected) {
  const text::CsvTable oracle = Oracle(name);
  ASSERT_EQ(oracle.rows.size(), rows_expected);
  const Family family = FamilyNamed(name);
  const auto rows = family.run(oracle, {});
  ASSERT_TRUE(rows.ok()) << rows.status();
  ASSERT_EQ(rows->size(), oracle.rows.size());
  for (size_t i = 0; i < rows->size(); ++i) {
    ASSERT_EQ((*rows)[i].size(), family.outputs.size());
    for (size_t j = 0; j < family.outputs.size(); ++j) {
      const std::string& expected = At(oracle, i, family.outputs[j]);
      const std::string& found = (*rows)[i][j];
      double x = 0, y = 0;
      const bool text = family.outputs[j] == "sequence" || !absl::SimpleAtod(expected, &x);
      if (text || !absl::SimpleAtod(found, &y)) {
        EXPECT_EQ(found, expected) << oracle.rows[i][0] << " " << family.outputs[j];
      } else {
        EXPECT_LE(std::fabs(x - y), std::max(1e-12, 1e-9 * std::fabs(x)))
            << oracle.rows[i][0] << " " << family.outputs[j] << ": " << found << " for "
            << expected;
      }
    }
  }
}

TEST(MinimisationFamilyTest, GivesEveryRowOfTheOracle) { ExpectEveryCell("rand_minimisation", 35); }

TEST(SeededListsFamilyTest, GivesEveryRowOfTheOracle) { ExpectEveryCell("rand_seeded_lists", 12); }

// The bands are the mean plus or minus four standard errors of a 10,000-trial run, the oracle's own
// error included.
TEST(AcceptanceFamilyTest, LandsInEveryBandAtTenThousandTrials) {
  const text::CsvTable oracle = Oracle("rand_acceptance");
  ASSERT_EQ(oracle.rows.size(), 184U);
  BatchOptions options;
  options.trials = 10000;
  const auto rows = FamilyNamed("rand_acceptance").run(oracle, options);
  ASSERT_TRUE(rows.ok()) << rows.status();
  for (size_t i = 0; i < rows->size(); ++i) {
    double low = 0, high = 0, mean = 0;
    ASSERT_TRUE(absl::SimpleAtod(At(oracle, i, "accept_low_10k"), &low));
    ASSERT_TRUE(absl::SimpleAtod(At(oracle, i, "accept_high_10k"), &high));
    ASSERT_TRUE(absl::SimpleAtod((*rows)[i][0], &mean)) << (*rows)[i][0];
    EXPECT_GE(mean, low) << At(oracle, i, "scenario") << " " << At(oracle, i, "metric");
    EXPECT_LE(mean, high) << At(oracle, i, "scenario") << " " << At(oracle, i, "metric");
  }
}

struct Bad {
  const char* name;
  const char* family;
  const char* column;
  const char* cell;
  const char* path;
};

TEST(RandomisationFamiliesTest, RefuseBadCellsNamingRowAndColumn) {
  const char* const kMinimisation = "rand_minimisation";
  const char* const kLists = "rand_seeded_lists";
  const char* const kAcceptance = "rand_acceptance";
  for (const Bad& bad : {
           Bad{"one arm", kMinimisation, "n_arms", "1", "row 2, n_arms"},
           Bad{"five arms", kMinimisation, "n_arms", "5", "row 2, n_arms"},
           Bad{"ratio too long", kMinimisation, "ratio", "1;1;1", "row 2, ratio"},
           Bad{"ratio 0", kMinimisation, "ratio", "1;0", "row 2, ratio"},
           Bad{"ratio negative", kMinimisation, "ratio", "1;-1", "row 2, ratio"},
           Bad{"ratio with commas", kMinimisation, "ratio", "1,1", "row 2, ratio"},
           Bad{"no factor", kMinimisation, "levels", "", "row 2, levels"},
           Bad{"factor without levels", kMinimisation, "levels", "0", "row 2, levels"},
           Bad{"a weight too many", kMinimisation, "weights", "1;1", "row 2, weights"},
           Bad{"weight negative", kMinimisation, "weights", "-1", "row 2, weights"},
           Bad{"all weights 0", kMinimisation, "weights", "0", "row 2, weights"},
           Bad{"weight not a number", kMinimisation, "weights", "nan", "row 2, weights"},
           Bad{"overall negative", kMinimisation, "weight_overall", "-1", "row 2, weight_overall"},
           Bad{"overall empty", kMinimisation, "weight_overall", "", "row 2, weight_overall"},
           Bad{"measure unknown", kMinimisation, "method", "entropy", "row 2, method"},
           Bad{"p in percent", kMinimisation, "p_high", "80", "row 2, p_high"},
           Bad{"p below the arm's share", kMinimisation, "p_high", "0.3", "row 2, p_high"},
           Bad{"history arm unknown", kMinimisation, "history", "C:0", "row 2, history"},
           Bad{"history level unknown", kMinimisation, "history", "A:0|B:2", "row 2, history"},
           Bad{"history cut off", kMinimisation, "history", "A:0|", "row 2, history"},
           Bad{"patient without levels", kMinimisation, "new_patient", "", "row 2, new_patient"},
           Bad{"patient level negative", kMinimisation, "new_patient", "-1", "row 2, new_patient"},
           Bad{"patient of two factors", kMinimisation, "new_patient", "1;1", "row 2, new_patient"},
           Bad{"seed short", kLists, "seed_hex", "00", "row 2, seed_hex"},
           Bad{"seed empty", kLists, "seed_hex", "", "row 2, seed_hex"},
           Bad{"label empty", kLists, "label", "", "row 2, label"},
           Bad{"label with a control", kLists, "label",
               "live\x1E"
               "1",
               "row 2, label"},
           Bad{"one ratio", kLists, "ratio", "1", "row 2, ratio"},
           Bad{"block not a multiple", kLists, "block_sizes", "3;4", "row 2, block_sizes"},
           Bad{"block 0", kLists, "block_sizes", "0", "row 2, block_sizes"},
           Bad{"no block", kLists, "block_sizes", "", "row 2, block_sizes"},
           Bad{"no slots", kLists, "n", "0", "row 2, n"},
           Bad{"half a slot", kLists, "n", "1.5", "row 2, n"},
           Bad{"procedure unknown", kAcceptance, "procedure", "urn", "row 2, procedure"},
           Bad{"minim without p", kAcceptance, "procedure", "minim", "row 2, p_high"},
           Bad{"blocks without sizes", kAcceptance, "procedure", "pbr", "row 2, block_sizes"},
           Bad{"p where none is", kAcceptance, "p_high", "0.8", "row 2, p_high"},
           Bad{"sizes where none are", kAcceptance, "block_sizes", "4", "row 2, block_sizes"},
           Bad{"centres in percent", kAcceptance, "centre_probs", "60;40", "row 2, centre_probs"},
           Bad{"centres below 1", kAcceptance, "centre_probs", "0.5;0.4", "row 2, centre_probs"},
           Bad{"two weights", kAcceptance, "weights", "2;1", "row 2, weights"},
           Bad{"nobody", kAcceptance, "n", "0", "row 2, n"},
           Bad{"metric unknown", kAcceptance, "metric", "entropy", "row 2, metric"},
           Bad{"threshold missing", kAcceptance, "metric", "P_abs_diff_gt_", "row 2, metric"},
       }) {
    text::CsvTable table = Oracle(bad.family);
    table.rows.resize(1);
    table.rows[0][static_cast<size_t>(table.Column(bad.column))] = bad.cell;
    BatchOptions options;
    options.trials = 10;
    const auto rows = FamilyNamed(bad.family).run(table, options);
    ASSERT_EQ(rows.status().code(), absl::StatusCode::kInvalidArgument) << bad.name;
    ASSERT_FALSE(error::DetailOf(rows.status()).violations.empty()) << bad.name;
    EXPECT_EQ(error::DetailOf(rows.status()).violations[0].path, bad.path) << bad.name;
    EXPECT_THAT(std::string(rows.status().message()), ::testing::StartsWith(bad.path)) << bad.name;
  }
}

TEST(AcceptanceFamilyTest, RefusesATrialCountBelowOne) {
  BatchOptions options;
  options.trials = 0;
  const auto rows = FamilyNamed("rand_acceptance").run(Oracle("rand_acceptance"), options);
  EXPECT_EQ(error::ReasonOf(rows.status()), "NUMBER_OUT_OF_RANGE");
}

TEST(AcceptanceFamilyTest, LeavesEmptyWhatAProcedureDoesNotHave) {
  text::CsvTable table = Oracle("rand_acceptance");
  table.rows.resize(1);
  table.rows[0][static_cast<size_t>(table.Column("metric"))] = "share_nontied";
  BatchOptions options;
  options.trials = 10;
  EXPECT_EQ(FamilyNamed("rand_acceptance").run(table, options)->at(0),
            std::vector<std::string>{""});
}

TEST(RandomisationFamiliesTest, GiveNothingForAFileWithoutRows) {
  for (const Family& family : RandomisationFamilies()) {
    const auto rows = family.run({.header = family.inputs, .rows = {}}, {});
    ASSERT_TRUE(rows.ok()) << family.name;
    EXPECT_TRUE(rows->empty()) << family.name;
  }
}

}  // namespace
}  // namespace reprise::cli
