// SPDX-License-Identifier: Apache-2.0
// Reads test data files.
#ifndef REPRISE_CLI_OFFLINE_ENDPOINT_TABLES_FOR_TEST_H_
#define REPRISE_CLI_OFFLINE_ENDPOINT_TABLES_FOR_TEST_H_

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>

#include "services/platform/text/csv.h"

namespace reprise::cli {

inline std::string Bytes(const std::string& name) {
  std::ifstream file(std::string(REPRISE_TEST_DATA) + "/" + name, std::ios::binary);
  std::ostringstream bytes;
  bytes << file.rdbuf();
  EXPECT_FALSE(bytes.str().empty()) << name;
  return bytes.str();
}

inline text::CsvTable Table(const std::string& name) {
  return text::ParseCsv(Bytes(name), name).value();
}

}  // namespace reprise::cli

#endif  // REPRISE_CLI_OFFLINE_ENDPOINT_TABLES_FOR_TEST_H_
