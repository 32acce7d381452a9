// SPDX-License-Identifier: Apache-2.0
#include "services/platform/db/migrate.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace reprise::db {
namespace {

TEST(InOrderTest, GoesByFileNameWhateverTheSchemaAndThenByTheSchema) {
  std::vector<std::string> names;
  for (const Migration& migration : InOrder({{"study/20261122_95_b.sql", ""},
                                             {"access/20261123_01_a.sql", ""},
                                             {"phase/20261122_95_b.sql", ""},
                                             {"study/20261122_95_a.sql", ""},
                                             {"study/20261121_04_z.sql", ""}})) {
    names.push_back(migration.name);
  }
  EXPECT_EQ(names, (std::vector<std::string>{"study/20261121_04_z.sql", "study/20261122_95_a.sql",
                                             "phase/20261122_95_b.sql", "study/20261122_95_b.sql",
                                             "access/20261123_01_a.sql"}));
}

}  // namespace
}  // namespace reprise::db
