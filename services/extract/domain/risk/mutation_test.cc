// SPDX-License-Identifier: Apache-2.0
// The anchor's files changed in one way each: the verifier must reject every one, for its reason.
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"

#include "services/extract/domain/risk/oracle_case.h"
#include "services/extract/domain/risk/verifier.h"
#include "services/platform/error/error.h"

namespace reprise::extract::risk {
namespace {

using Cells = std::vector<std::vector<std::string>>;

Cells Parse(const std::string& csv) {
  Cells rows;
  for (absl::string_view line : absl::StrSplit(csv, '\n', absl::SkipEmpty())) {
    rows.push_back(absl::StrSplit(line, ';'));
  }
  return rows;
}

std::string Write(const Cells& rows) {
  std::string csv;
  for (const auto& row : rows) absl::StrAppend(&csv, absl::StrJoin(row, ";"), "\n");
  return csv;
}

size_t At(const Cells& rows, const std::string& column) {
  return static_cast<size_t>(std::find(rows[0].begin(), rows[0].end(), column) - rows[0].begin());
}

struct Mutation {
  const char* name;
  const char* oracle;
  std::function<void(Cells&)> change;
  const char* reason;
};

std::string Everybody(const ::testing::TestParamInfo<Mutation>& row) { return row.param.name; }

class FileMutationTest : public ::testing::TestWithParam<Mutation> {};

TEST_P(FileMutationTest, IsRejected) {
  const OracleCase oracle = LoadOracle(GetParam().oracle);
  Cells rows = Parse(oracle.arx_output);
  ASSERT_TRUE(VerifyRelease(oracle.data, Write(rows), oracle.request).ok());
  GetParam().change(rows);
  const auto checked = VerifyRelease(oracle.data, Write(rows), oracle.request);
  EXPECT_EQ(error::ReasonOf(checked.status()), GetParam().reason) << checked.status();
}

// In P05 row 2 is age 61, ISCED2, P47, 50-249, mastectomy+reconstruction, written
// *;low;*;medium;...
const Mutation kMutations[] = {
    {"LastRowMissing", "P05", [](Cells& rows) { rows.pop_back(); }, "RELEASE_ROWS_MISSING"},
    {"MiddleRowMissing", "P01", [](Cells& rows) { rows.erase(rows.begin() + 6); },
     "RELEASE_CELL_CHANGED"},
    {"RowTwice", "P05", [](Cells& rows) { rows.push_back(rows.back()); }, "RELEASE_ROWS_EXTRA"},
    {"TwoRowsSwapped", "P01", [](Cells& rows) { std::swap(rows[1], rows[12]); },
     "RELEASE_CELL_NOT_GENERAL"},
    {"LabelOfAnotherBranch", "P05",
     [](Cells& rows) {
       std::string& cell = rows[1][At(rows, "edu")];
       cell = cell == "high" ? "low" : "high";
     },
     "RELEASE_CELL_NOT_GENERAL"},
    {"TextOutsideTheHierarchy", "P05", [](Cells& rows) { rows[1][At(rows, "edu")] = "lowish"; },
     "RELEASE_CELL_NOT_GENERAL"},
    {"EmptyCell", "P05", [](Cells& rows) { rows[1][At(rows, "age")] = ""; },
     "RELEASE_CELL_NOT_GENERAL"},
    {"OriginalValueLeftInOneRow", "P05", [](Cells& rows) { rows[1][At(rows, "age")] = "61"; },
     "RELEASE_MODEL_VIOLATED"},
    {"FinerLabelInOneRow", "P01", [](Cells& rows) { rows[1][At(rows, "zip")] = "1305*"; },
     "RELEASE_MODEL_VIOLATED"},
    {"SensitiveValueChanged", "P07", [](Cells& rows) { rows[1][At(rows, "rtw")] = "full"; },
     "RELEASE_CELL_CHANGED"},
    {"NeutralValueChanged", "P05", [](Cells& rows) { rows[9][At(rows, "leavewk")] += "0"; },
     "RELEASE_CELL_CHANGED"},
    {"NeutralValueTrimmed", "P05", [](Cells& rows) { rows[9][At(rows, "leavewk")].pop_back(); },
     "RELEASE_CELL_CHANGED"},
    {"ColumnDropped", "P05",
     [](Cells& rows) {
       for (auto& row : rows) row.erase(row.begin() + static_cast<long>(At(rows, "stage")));
     },
     "RELEASE_COLUMN_MISSING"},
    {"QuasiIdentifierDropped", "P01",
     [](Cells& rows) {
       for (auto& row : rows) row.erase(row.begin());
     },
     "RELEASE_COLUMN_MISSING"},
    {"ColumnAdded", "P05",
     [](Cells& rows) {
       for (size_t i = 0; i < rows.size(); ++i) rows[i].push_back(i == 0 ? "note" : "x");
     },
     "RELEASE_COLUMN_UNKNOWN"},
    {"ColumnRenamed", "P05", [](Cells& rows) { rows[0][At(rows, "stage")] = "Stage"; },
     "RELEASE_COLUMN_UNKNOWN"},
    {"ColumnTwice", "P05",
     [](Cells& rows) {
       for (auto& row : rows) row.push_back(row[0]);
     },
     "DATA_COLUMN_DUPLICATE"},
    {"OneRowSuppressedBeyondTheLimit", "P04",
     [](Cells& rows) {
       for (const char* qi : {"age", "dept", "edu", "surgery"}) rows[1][At(rows, qi)] = "*";
     },
     "RELEASE_SUPPRESSION_EXCEEDED"},
    {"SuppressionLeavesAClassTooSmall", "P09",
     [](Cells& rows) {
       for (const char* qi : {"age", "edu", "pcs", "empsize"}) rows[1][At(rows, qi)] = "*";
     },
     "RELEASE_MODEL_VIOLATED"},
    {"RowTooNarrow", "P05", [](Cells& rows) { rows[4].pop_back(); }, "DATA_ROW_WIDTH"},
    {"BrokenUtf8", "P05", [](Cells& rows) { rows[4][1] = "\xC3"; }, "TEXT_NOT_UTF8"},
    {"StrayQuote", "P05", [](Cells& rows) { rows[4][1] = "D\"01"; }, "DATA_MALFORMED"},
    {"HeaderOnly", "P05", [](Cells& rows) { rows.resize(1); }, "RELEASE_ROWS_MISSING"},
    {"EmptyFile", "P05", [](Cells& rows) { rows.clear(); }, "DATA_EMPTY"},
};

INSTANTIATE_TEST_SUITE_P(Files, FileMutationTest, ::testing::ValuesIn(kMutations), Everybody);

TEST(MutationTest, TheErrorSaysWhichRowAndColumn) {
  const OracleCase oracle = LoadOracle("P05");
  Cells rows = Parse(oracle.arx_output);
  rows[7][At(rows, "edu")] = "?";
  const auto checked = VerifyRelease(oracle.data, Write(rows), oracle.request);
  EXPECT_EQ(error::DetailOf(checked.status()).metadata.at("where"), "released:8");
  EXPECT_NE(std::string(checked.status().message()).find("'edu'"), std::string::npos);
}

}  // namespace
}  // namespace reprise::extract::risk
