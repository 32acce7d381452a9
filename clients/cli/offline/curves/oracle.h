// SPDX-License-Identifier: Apache-2.0
// How a test runs a family on an oracle file: input columns in, output columns compared.
#ifndef REPRISE_CLI_OFFLINE_CURVES_ORACLE_H_
#define REPRISE_CLI_OFFLINE_CURVES_ORACLE_H_

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "clients/cli/files.h"
#include "clients/cli/offline/stats/family.h"
#include "services/platform/text/csv.h"

namespace reprise::cli {

inline text::CsvTable TableOf(const std::string& bytes) {
  const auto table = text::ParseCsv(bytes, "test");
  EXPECT_TRUE(table.ok()) << table.status();
  return table.ok() ? *table : text::CsvTable{};
}

inline text::CsvTable TestTable(const std::string& stem) {
  const auto bytes = ReadFile(std::string(REPRISE_TEST_DATA "/statistics/") + stem + ".csv");
  EXPECT_TRUE(bytes.ok()) << bytes.status();
  return TableOf(bytes.ok() ? *bytes : "");
}

inline Family FamilyNamed(const std::string& name) {
  for (Family& family : CurveFamilies()) {
    if (family.name == name) return family;
  }
  ADD_FAILURE() << "no family " << name;
  return {};
}

}  // namespace reprise::cli

#endif  // REPRISE_CLI_OFFLINE_CURVES_ORACLE_H_
