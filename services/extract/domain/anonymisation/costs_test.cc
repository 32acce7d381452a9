// SPDX-License-Identifier: Apache-2.0
#include "services/extract/domain/anonymisation/costs.h"

#include <gtest/gtest.h>

#include "services/extract/domain/anonymisation/case.h"
#include "services/extract/domain/anonymisation/hierarchy.h"
#include "services/extract/domain/anonymisation/release_testing.h"
#include "services/extract/domain/anonymisation/table.h"

namespace reprise::extract::anonymisation {
namespace {

TEST(CostsTest, EachRowIsTheRequestSolvedWithoutOrWithACoarserVariable) {
  const TestCase test = ReadOracle("P05");
  const Case request = *ParseCase(test.request);
  std::vector<Hierarchy> hierarchies;
  for (const auto& [attribute, text] : test.hierarchies)
    hierarchies.push_back(*ReadHierarchy(text, attribute, attribute));
  std::vector<WantedColumn> wanted;
  for (const std::string& qi : request.qis) wanted.push_back({qi, FindHierarchy(hierarchies, qi)});
  const Table table = *ReadTable(test.data, "d", wanted);
  const Records records = *MakeRecords(request, table, "d", hierarchies, absl::nullopt);
  const auto costs = VariableCosts(request, records, Method::kOptimal, {});
  ASSERT_TRUE(costs.ok()) << costs.status();
  // The request, five left out, and the levels between first and last: 3 + 1 + 2 + 1 + 1.
  ASSERT_EQ(costs->size(), 1u + 5 + 8);
  EXPECT_NEAR((*costs)[0].summary.score, 0.5648174603, 1e-9);  // expected.json
  EXPECT_NEAR((*costs)[0].unique_share, 0.9933333333, 1e-9);   // expected.json, input_risk
  EXPECT_NEAR((*costs)[0].average_risk_before, 0.9966666667, 1e-9);
  for (const Cost& cost : *costs) {
    ASSERT_TRUE(cost.releasable);
    EXPECT_LE(cost.unique_share, (*costs)[0].unique_share);
    if (cost.attribute.empty()) continue;
    if (!cost.left_out) {  // the same lattice without some nodes
      EXPECT_GE(cost.summary.score, (*costs)[0].summary.score - 1e-12);
      continue;
    }
    TestCase without = test;
    const std::string quoted = "\"" + cost.attribute + "\"";
    const size_t at = without.request.find(quoted);
    const size_t comma = without.request.find_first_of(",]", at);
    const bool last = without.request[comma] == ']';
    if (last) {
      const size_t before = without.request.rfind(',', at);
      without.request.erase(before, comma - before);
    } else {
      without.request.erase(at, comma - at + 1);
    }
    without.hierarchies.erase(cost.attribute);
    const auto solved = Anonymise(without, Method::kOptimal);
    ASSERT_TRUE(solved.ok()) << solved.status() << without.request;
    EXPECT_NEAR(cost.summary.score, solved->summary.score, 1e-12) << cost.attribute;
    EXPECT_NEAR(cost.loss_of_request, (4 * solved->summary.loss_arithmetic_mean + 1) / 5, 1e-12);
  }
}

}  // namespace
}  // namespace reprise::extract::anonymisation
