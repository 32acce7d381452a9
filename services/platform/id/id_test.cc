// SPDX-License-Identifier: Apache-2.0
#include "services/platform/id/id.h"

#include <gtest/gtest.h>

#include <set>

#include "services/platform/error/error.h"

namespace reprise {
namespace {

TEST(IdTest, NewIdsAreVersionFourAndDiffer) {
  RandomIdSource source;
  std::set<std::string> seen;
  for (int i = 0; i < 1000; ++i) {
    const std::string id = source.NewUuid();
    EXPECT_TRUE(ParseUuid(id, "id").ok()) << id;
    EXPECT_EQ(id[14], '4');
    EXPECT_NE(std::string("89ab").find(id[19]), std::string::npos);
    seen.insert(id);
  }
  EXPECT_EQ(seen.size(), 1000u);
}

TEST(IdTest, UpperCaseIsFolded) {
  EXPECT_EQ(*ParseUuid("0B6F1C4E-8D0A-4E62-9B5E-2D9A3C1F7A10", "id"),
            "0b6f1c4e-8d0a-4e62-9b5e-2d9a3c1f7a10");
}

TEST(IdTest, RefusesWhatIsNotAUuid) {
  for (const char* text : {"", "42", "0b6f1c4e8d0a4e629b5e2d9a3c1f7a10",
                           "0b6f1c4e-8d0a-4e62-9b5e-2d9a3c1f7a1g",
                           "0b6f1c4e-8d0a-4e62-9b5e-2d9a3c1f7a10 "}) {
    const auto parsed = ParseUuid(text, "participant_id");
    EXPECT_EQ(error::ReasonOf(parsed.status()), "ID_MALFORMED") << text;
    EXPECT_EQ(error::DetailOf(parsed.status()).violations[0].path, "participant_id");
  }
}

}  // namespace
}  // namespace reprise
