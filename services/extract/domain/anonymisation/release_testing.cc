// SPDX-License-Identifier: Apache-2.0
#include "services/extract/domain/anonymisation/release_testing.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"

#include "services/extract/domain/anonymisation/case.h"
#include "services/extract/domain/anonymisation/hierarchy.h"
#include "services/extract/domain/anonymisation/release.h"
#include "services/extract/domain/anonymisation/table.h"
#include "services/platform/status.h"

namespace reprise::extract::anonymisation {
namespace {

using Rows = std::vector<std::vector<std::string>>;

Rows Split(const std::string& text) {
  Rows rows;
  for (const auto line : absl::StrSplit(text, '\n', absl::SkipEmpty()))
    rows.push_back(absl::StrSplit(line, ';'));
  return rows;
}

size_t Place(const std::vector<std::string>& header, const std::string& name) {
  return std::find(header.begin(), header.end(), name) - header.begin();
}

// Values below each label text of a hierarchy file, and each value's own labels.
struct Labels {
  std::map<std::string, std::set<std::string>> below;
  std::map<std::string, std::set<std::string>> of_value;
};

Labels ReadLabels(const std::string& file) {
  Labels labels;
  for (const auto& row : Split(file)) {
    for (const std::string& label : row) {
      labels.below[label].insert(row[0]);
      labels.of_value[row[0]].insert(label);
    }
  }
  return labels;
}

}  // namespace

std::string ReadTestFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

TestCase ReadOracle(const std::string& id) {
  const std::string folder = absl::StrCat(REPRISE_TEST_DATA, "/anonymisation/", id);
  TestCase test{
      ReadTestFile(folder + "/case.json"), ReadTestFile(folder + "/data.csv"), {}, absl::nullopt};
  const Case request = *ParseCase(test.request);
  for (const std::string& qi : request.qis) {
    test.hierarchies[qi] = ReadTestFile(absl::StrCat(folder, "/hierarchy_", qi, ".csv"));
  }
  return test;
}

absl::StatusOr<TestRelease> Anonymise(const TestCase& test, Method method, const Effort& effort) {
  TestRelease release;
  REPRISE_ASSIGN_OR_RETURN(release.request, ParseCase(test.request));
  std::vector<Hierarchy> hierarchies;
  for (const auto& [attribute, text] : test.hierarchies) {
    REPRISE_ASSIGN_OR_RETURN(Hierarchy hierarchy, ReadHierarchy(text, attribute, attribute));
    hierarchies.push_back(std::move(hierarchy));
  }
  std::vector<WantedColumn> wanted;
  for (const std::string& qi : release.request.qis)
    wanted.push_back({qi, FindHierarchy(hierarchies, qi)});
  for (const std::string& name : DemandOf(release.request).sensitives) {
    wanted.push_back({name, FindHierarchy(hierarchies, name)});
  }
  if (!release.request.person.empty()) wanted.push_back({release.request.person, nullptr});
  REPRISE_ASSIGN_OR_RETURN(const Table table, ReadTable(test.data, "data.csv", wanted));
  REPRISE_ASSIGN_OR_RETURN(const Records records, MakeRecords(release.request, table, "data.csv",
                                                              hierarchies, test.subset));
  REPRISE_ASSIGN_OR_RETURN(std::vector<Recoding> found,
                           Solve(release.request, records, method, effort));
  release.recoding = std::move(found.front());
  release.summary = Summarise(release.request, records, release.recoding);
  release.csv = WriteRelease(test.data, release.request, records, release.recoding, test.subset);
  for (size_t a = 0; a < release.recoding.levels.size(); ++a) {
    release.levels[records.qis[a]->attribute] = release.recoding.levels[a];
  }
  return release;
}

Recount CountReleased(const TestCase& test, const TestRelease& release) {
  Recount count;
  const Rows original = Split(test.data);
  Rows rows = Split(release.csv);
  count.header = rows[0];
  rows.erase(rows.begin());
  const std::vector<std::string>& qis = release.request.qis;
  std::map<std::string, Labels> labels;
  for (const std::string& qi : qis) labels[qi] = ReadLabels(test.hierarchies.at(qi));
  for (size_t row = 0; row < rows.size(); ++row) {
    const auto& source = original[1 + (test.subset.has_value() ? (*test.subset)[row] : row)];
    std::vector<std::string> cells;
    for (const std::string& qi : qis) {
      cells.push_back(rows[row][Place(count.header, qi)]);
      if (labels[qi].of_value[source[Place(original[0], qi)]].count(cells.back()) == 0) {
        count.every_label_generalises = false;
      }
      const double values = static_cast<double>(labels[qi].below["*"].size());
      const double below = static_cast<double>(labels[qi].below[cells.back()].size());
      count.loss += values > 1 ? (below - 1) / (values - 1) : 0;
    }
    const bool gone = std::all_of(cells.begin(), cells.end(),
                                  [](const std::string& cell) { return cell == "*"; });
    if (gone) ++count.suppressed;
    if (!gone) count.rows_of_class[absl::StrJoin(cells, ";")].push_back(row);
  }
  count.loss /= static_cast<double>(rows.size() * qis.size());
  count.rows = std::move(rows);
  return count;
}

std::vector<std::map<std::string, size_t>> Recount::Histograms(const std::string& column) const {
  std::vector<std::map<std::string, size_t>> histograms;
  for (const auto& [label, members] : rows_of_class) {
    std::map<std::string, size_t> histogram;
    for (const size_t row : members) ++histogram[rows[row][Place(header, column)]];
    histograms.push_back(std::move(histogram));
  }
  return histograms;
}

}  // namespace reprise::extract::anonymisation
