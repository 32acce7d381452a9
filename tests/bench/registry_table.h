// SPDX-License-Identifier: Apache-2.0
// A made-up registry extract of any size, for figures at scale: six quasi-identifiers with skewed
// and dependent values and their hierarchies. The same number of rows and seed give the same bytes
// everywhere.
#ifndef REPRISE_TESTS_BENCH_REGISTRY_TABLE_H_
#define REPRISE_TESTS_BENCH_REGISTRY_TABLE_H_

#include <cstdint>
#include <map>
#include <string>

namespace reprise::bench {

struct RegistryTable {
  std::string data;                                // sex;age;district;month;stage;surgery;outcome
  std::map<std::string, std::string> hierarchies;  // attribute -> file
};

RegistryTable MakeRegistryTable(uint32_t rows, uint64_t seed);

}  // namespace reprise::bench

#endif  // REPRISE_TESTS_BENCH_REGISTRY_TABLE_H_
