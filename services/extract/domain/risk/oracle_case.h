// SPDX-License-Identifier: Apache-2.0
// For tests only: one oracle case of tests/data/anonymisation, read from its folder.
#ifndef REPRISE_EXTRACT_DOMAIN_RISK_ORACLE_CASE_H_
#define REPRISE_EXTRACT_DOMAIN_RISK_ORACLE_CASE_H_

#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <string>

#include "services/extract/domain/risk/verifier_case.h"

namespace reprise::extract::risk {

inline std::string ReadBytes(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

struct OracleCase {
  VerifierCase request;
  std::string data, arx_output;
  nlohmann::json expected;
};

inline OracleCase LoadOracle(const std::string& name) {
  const std::string folder = std::string(REPRISE_TEST_DATA) + "/anonymisation/" + name + "/";
  OracleCase out;
  out.request = ReadCase(ReadBytes(folder + "case.json")).value();
  for (const std::string& qi : out.request.qis) {
    out.request.trees.emplace(
        qi, LabelTree::Read(ReadBytes(folder + "hierarchy_" + qi + ".csv"), qi).value());
  }
  out.data = ReadBytes(folder + "data.csv");
  out.arx_output = ReadBytes(folder + "arx_output.csv");
  out.expected = nlohmann::json::parse(ReadBytes(folder + "expected.json"));
  return out;
}

}  // namespace reprise::extract::risk

#endif  // REPRISE_EXTRACT_DOMAIN_RISK_ORACLE_CASE_H_
