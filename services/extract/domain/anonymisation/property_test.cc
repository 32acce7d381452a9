// SPDX-License-Identifier: Apache-2.0
// Properties on made-up small tables: the optimum against an enumeration that knows nothing of keys
// and bounds, the order of rows and columns, coarser data, seeds and threads, persons and subsets.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>
#include <set>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"

#include "services/extract/domain/anonymisation/random.h"
#include "services/extract/domain/anonymisation/release_testing.h"
#include "services/platform/error/error.h"

namespace reprise::extract::anonymisation {
namespace {

using Row = std::vector<std::string>;

// Three quasi-identifiers a, b, c with 6, 4 and 3 values and a sensitive s with 3.
struct Made {
  std::vector<Row> rows;
  std::map<std::string, std::vector<Row>> hierarchies;
};

Made MakeTable(uint64_t seed, size_t rows) {
  Made made;
  Random random(seed);
  for (size_t i = 0; i < rows; ++i) {
    made.rows.push_back({absl::StrCat("a", std::min(random.Below(6), random.Below(6))),
                         absl::StrCat("b", random.Below(4)), absl::StrCat("c", random.Below(3)),
                         absl::StrCat("s", std::min(random.Below(3), random.Below(3)))});
  }
  for (int v = 0; v < 6; ++v)
    made.hierarchies["a"].push_back(
        {absl::StrCat("a", v), absl::StrCat("a-", v / 2), absl::StrCat("a-low", v / 4), "*"});
  for (int v = 0; v < 4; ++v)
    made.hierarchies["b"].push_back({absl::StrCat("b", v), v < 3 ? "b-most" : "b3", "*"});
  for (int v = 0; v < 3; ++v) made.hierarchies["c"].push_back({absl::StrCat("c", v), "*"});
  return made;
}

std::string Text(const std::vector<Row>& rows) {
  std::string text;
  for (const Row& row : rows) absl::StrAppend(&text, absl::StrJoin(row, ";"), "\n");
  return text;
}

TestCase ToCase(const Made& made, const std::string& models, double limit,
                const std::string& metric = "loss_am") {
  TestCase test;
  test.request =
      absl::StrCat(R"({"qis": ["a", "b", "c"], "models": [)", models, R"(], "suppression_limit": )",
                   limit, R"(, "metric": ")", metric, "\"}");
  test.data = "a;b;c;s\n" + Text(made.rows);
  for (const auto& [name, rows] : made.hierarchies) test.hierarchies[name] = Text(rows);
  return test;
}

using ClassTest = std::function<bool(const std::vector<size_t>& rows)>;

// The least loss over all nodes, by texts; infinity when no node is feasible. `everybody`: a node
// where a class has nobody of the subset is not.
double Enumerate(const Made& made, double limit, const ClassTest& holds, bool geometric,
                 const std::vector<size_t>& subset, bool everybody = false) {
  const std::vector<std::string> names = {"a", "b", "c"};
  double best = std::numeric_limits<double>::infinity();
  for (int node = 0; node < 4 * 3 * 2; ++node) {
    const std::vector<int> level = {node % 4, node / 4 % 3, node / 12};
    std::map<std::string, std::vector<size_t>> classes;
    std::vector<std::vector<double>> loss(made.rows.size(), std::vector<double>(3));
    for (size_t r = 0; r < made.rows.size(); ++r) {
      std::string key;
      for (size_t a = 0; a < 3; ++a) {
        const auto& hierarchy = made.hierarchies.at(names[a]);
        const auto row = std::find_if(hierarchy.begin(), hierarchy.end(),
                                      [&](const Row& h) { return h[0] == made.rows[r][a]; });
        const std::string& label = (*row)[level[a]];
        const double leaves = std::count_if(hierarchy.begin(), hierarchy.end(),
                                            [&](const Row& h) { return h[level[a]] == label; });
        loss[r][a] = (leaves - 1) / (hierarchy.size() - 1.0);
        key += label + ";";
      }
      classes[key].push_back(r);
    }
    double suppressed = 0;
    bool all_present = true;
    std::vector<double> sums(3, 0.0);
    for (const auto& [key, rows] : classes) {
      const bool keep = holds(rows);
      all_present = all_present && std::any_of(rows.begin(), rows.end(), [&](size_t r) {
                      return std::binary_search(subset.begin(), subset.end(), r);
                    });
      for (const size_t r : rows) {
        if (!std::binary_search(subset.begin(), subset.end(), r)) continue;
        suppressed += keep ? 0 : 1;
        for (size_t a = 0; a < 3; ++a) sums[a] += keep ? loss[r][a] : 1;
      }
    }
    const double n = static_cast<double>(subset.size());
    if (suppressed > std::floor(limit * n + 1e-9) || suppressed == n) continue;
    if (everybody && !all_present) continue;
    double score = geometric ? 1 : 0;
    for (const double sum : sums)
      geometric ? score *= std::pow(1 + sum / n, 1.0 / 3) : score += sum / n / 3;
    best = std::min(best, geometric ? score - 1 : score);
  }
  return best;
}

std::map<std::string, double> Shares(const Made& made, const std::vector<size_t>& rows) {
  std::map<std::string, double> shares;
  for (const size_t r : rows) shares[made.rows[r][3]] += 1.0 / static_cast<double>(rows.size());
  return shares;
}

TEST(PropertyTest, TheOptimumIsThatOfAnEnumeration) {
  for (uint64_t seed = 1; seed <= 40; ++seed) {
    const Made made = MakeTable(seed, 20 + seed * 2);
    std::vector<size_t> all(made.rows.size());
    std::iota(all.begin(), all.end(), 0);
    const auto q = Shares(made, all);
    const auto entropy = [&](const std::vector<size_t>& rows) {
      double sum = 0;
      for (const auto& [value, p] : Shares(made, rows)) sum -= p * std::log2(p);
      return sum;
    };
    const auto distance = [&](const std::vector<size_t>& rows) {
      auto p = Shares(made, rows);
      double sum = 0;
      for (const auto& [value, share] : q) sum += std::abs(share - p[value]) / 2;
      return sum;
    };
    const std::vector<std::pair<std::string, ClassTest>> models = {
        {R"("k:3")", [](const auto& rows) { return rows.size() >= 3; }},
        {R"("k:2", "dl:s:2")",
         [&](const auto& rows) { return rows.size() >= 2 && Shares(made, rows).size() >= 2; }},
        {R"("el:s:1.8")",
         [&](const auto& rows) { return entropy(rows) >= std::log2(1.8) - 1e-12; }},
        {R"("k:2", "te:s:0.25")",
         [&](const auto& rows) { return rows.size() >= 2 && distance(rows) <= 0.25 + 1e-12; }},
    };
    for (const auto& [text, holds] : models) {
      for (const double limit : {0.0, 0.1, 1.0}) {
        for (const bool geometric : {false, true}) {
          const double best = Enumerate(made, limit, holds, geometric, all);
          const auto release = Anonymise(
              ToCase(made, text, limit, geometric ? "loss_gm" : "loss_am"), Method::kOptimal);
          if (std::isinf(best)) {
            EXPECT_EQ(error::ReasonOf(release.status()), "NOTHING_RELEASABLE");
            continue;
          }
          ASSERT_TRUE(release.ok()) << release.status() << " seed " << seed << " " << text;
          EXPECT_NEAR(release->summary.score, best, 1e-9)
              << "seed " << seed << " " << text << " limit " << limit;
        }
      }
    }
  }
}

TEST(PropertyTest, WithASubsetOnlyItsRowsCountAndTheRestIsPopulation) {
  for (uint64_t seed = 1; seed <= 20; ++seed) {
    const Made made = MakeTable(seed, 60);
    Subset subset;
    for (uint32_t r = 0; r < 60; r += 1 + seed % 3) subset.push_back(r);
    const std::vector<size_t> rows(subset.begin(), subset.end());
    const auto inside = [&](const std::vector<size_t>& members) {
      return std::count_if(members.begin(), members.end(), [&](size_t r) {
        return std::binary_search(rows.begin(), rows.end(), r);
      });
    };
    const std::vector<std::pair<std::string, ClassTest>> models = {
        {R"("km:4")", [](const auto& members) { return members.size() >= 4; }},
        {R"("dp:0:0.6")",
         [&](const auto& members) { return inside(members) <= 0.6 * members.size() + 1e-12; }},
        {R"("dp:0.3:0.8")", [&](const auto& members) {
           const double share = inside(members) / static_cast<double>(members.size());
           return share >= 0.3 - 1e-12 && share <= 0.8 + 1e-12;
         }}};
    for (const auto& [text, holds] : models) {
      for (const double limit : {0.05, 1.0}) {
        TestCase test = ToCase(made, text, limit);
        test.subset = subset;
        const double best = Enumerate(made, limit, holds, false, rows, text == R"("dp:0.3:0.8")");
        const auto release = Anonymise(test, Method::kOptimal);
        EXPECT_EQ(release.ok(), !std::isinf(best));
        if (!release.ok()) continue;
        EXPECT_NEAR(release->summary.score, best, 1e-9) << seed << text;
        EXPECT_EQ(CountReleased(test, *release).rows.size(), subset.size());
        // One coding a column stands in for the methods that do not suit a population.
        const auto local = Anonymise(test, Method::kLocal);
        ASSERT_TRUE(local.ok()) << local.status();
        EXPECT_NEAR(local->summary.score, best, 1e-9) << seed << text;
      }
    }
  }
}

TEST(PropertyTest, EveryOutputSatisfiesItsModelsByARecount) {
  for (uint64_t seed = 1; seed <= 15; ++seed) {
    const Made made = MakeTable(seed, 80);
    for (const Method method : {Method::kOptimal, Method::kCells, Method::kLocal, Method::kMondrian,
                                Method::kPortfolio}) {
      const TestCase test = ToCase(made, R"("k:4", "dl:s:2")", 0.1);
      const auto release = Anonymise(test, method, {.budget = 3000, .seed = seed});
      ASSERT_TRUE(release.ok()) << release.status();
      const Recount count = CountReleased(test, *release);
      EXPECT_TRUE(count.every_label_generalises);
      EXPECT_LE(count.suppressed, 8u);
      EXPECT_NEAR(count.loss, release->summary.loss_arithmetic_mean, 1e-9);
      for (const auto& [labels, rows] : count.rows_of_class) EXPECT_GE(rows.size(), 4u);
      for (const auto& histogram : count.Histograms("s")) EXPECT_GE(histogram.size(), 2u);
    }
  }
}

TEST(PropertyTest, TheOrderOfRowsAndColumnsChangesNothing) {
  const Made made = MakeTable(7, 90);
  Made shuffled = made;
  std::reverse(shuffled.rows.begin(), shuffled.rows.end());
  for (const Method method :
       {Method::kOptimal, Method::kCells, Method::kLocal, Method::kMondrian}) {
    const Effort effort{.budget = method == Method::kOptimal ? 0u : 5000u};
    const auto one = Anonymise(ToCase(made, R"("k:4", "dl:s:2")", 0.1), method, effort);
    TestCase other = ToCase(shuffled, R"("k:4", "dl:s:2")", 0.1);
    other.request.replace(other.request.find(R"("a", "b", "c")"), 13, R"("c", "a", "b")");
    const auto two = Anonymise(other, method, effort);
    ASSERT_TRUE(one.ok() && two.ok());
    EXPECT_NEAR(one->summary.score, two->summary.score, 1e-12);
    EXPECT_EQ(one->summary.suppressed, two->summary.suppressed);
    EXPECT_EQ(one->summary.class_sizes, two->summary.class_sizes);
  }
}

TEST(PropertyTest, ASeedRepeatsToTheByteWhateverTheThreads) {
  const TestCase test = ReadOracle("P05");
  for (const Method method : {Method::kLocal, Method::kCells, Method::kPortfolio}) {
    const auto one = Anonymise(test, method, {.budget = 20000, .seed = 3, .threads = 1});
    const auto two = Anonymise(test, method, {.budget = 20000, .seed = 3, .threads = 4});
    ASSERT_TRUE(one.ok() && two.ok());
    EXPECT_EQ(one->csv, two->csv);
  }
}

TEST(PropertyTest, CoarserDataNeverRaiseRisk) {
  // Data coarsened by one level of one hierarchy and released as they are (k = 1): no class gets
  // smaller, so neither the highest nor the average risk rises.
  const Made made = MakeTable(11, 120);
  const auto before = Anonymise(ToCase(made, R"("k:1")", 0), Method::kOptimal);
  ASSERT_TRUE(before.ok());
  const std::vector<std::string> names = {"a", "b", "c"};
  for (size_t a = 0; a < 3; ++a) {
    Made coarser = made;
    std::map<std::string, std::string> to;
    std::set<Row> rows;
    for (const Row& row : made.hierarchies.at(names[a])) {
      to[row[0]] = row[1];
      if (row.size() > 2) rows.insert(Row(row.begin() + 1, row.end()));
    }
    if (rows.empty()) continue;  // only "*" is coarser
    coarser.hierarchies[names[a]].assign(rows.begin(), rows.end());
    for (Row& row : coarser.rows) row[a] = to.at(row[a]);
    const auto after = Anonymise(ToCase(coarser, R"("k:1")", 0), Method::kOptimal);
    ASSERT_TRUE(after.ok()) << after.status();
    EXPECT_LE(after->summary.highest_risk, before->summary.highest_risk);
    EXPECT_LT(after->summary.average_risk, before->summary.average_risk);
  }
}

TEST(PropertyTest, PersonsAreCountedWhateverTheirRows) {
  // Two persons with three visits each are a class of two, not of six.
  TestCase test;
  test.request = R"({"qis": ["a"], "models": ["k:3"], "suppression_limit": 0, "person": "id"})";
  test.hierarchies["a"] = "x;g;*\ny;g;*\n";
  test.data = "id;a\n1;x\n1;x\n1;x\n2;x\n2;x\n3;y\n";
  const auto release = Anonymise(test, Method::kOptimal);
  ASSERT_TRUE(release.ok()) << release.status();
  EXPECT_EQ(release->csv, "id;a\n1;g\n1;g\n1;g\n2;g\n2;g\n3;g\n");
  EXPECT_EQ(release->summary.min_class, 3u);
  test.data = "id;a\n1;x\n1;y\n2;x\n";
  const auto differs = Anonymise(test, Method::kOptimal);
  const error::Detail detail = error::DetailOf(differs.status());
  EXPECT_EQ(detail.reason, "PERSON_ROWS_DIFFER");
  EXPECT_EQ(detail.metadata.at("row"), "3");
}

TEST(PropertyTest, DirectIdentifiersAndFreeTextNeverLeave) {
  TestCase test;
  test.request =
      R"({"qis": ["a"], "models": ["k:2"], "roles": {"name": "direct", "note": "free_text"}})";
  test.hierarchies["a"] = "x;*\ny;*\n";
  test.data = "name;a;note;kept\nAnna;x;hello;1\nBela;y;there;2\n";
  EXPECT_EQ(Anonymise(test, Method::kOptimal)->csv, "a;kept\n*;1\n*;2\n");
}

}  // namespace
}  // namespace reprise::extract::anonymisation
