// SPDX-License-Identifier: Apache-2.0
#include "services/extract/domain/risk/report.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "absl/strings/str_cat.h"

#include "services/extract/domain/risk/disclosure.h"
#include "services/extract/domain/risk/errors.h"
#include "services/platform/status.h"

namespace reprise::extract::risk {
namespace {

constexpr uint32_t kGroupSizes[] = {2, 3, 5, 11, 20};

absl::StatusOr<ColumnDisclosure> Disclose(const Sample& sample, const SampleColumn& column,
                                          const VerifierCase& request, const std::string& file) {
  const std::vector<ClassCounts> classes = CountByClass(sample.classes, column.codes);
  const Reference all = ReferenceOf(column);
  ColumnDisclosure out;
  out.name = column.name;
  out.values = all.domain();
  std::vector<uint32_t> labels;
  const LabelTree* tree = request.Tree(column.name);
  if (tree != nullptr) {
    REPRISE_ASSIGN_OR_RETURN(labels, DomainLabels(column, *tree, file));
    out.hierarchical_t = 0;
  }
  for (size_t c = 0; c < classes.size(); ++c) {
    const ClassCounts& counts = classes[c];
    const double entropy_l = std::exp2(EntropyBits(counts));
    out.distinct_l = c == 0 ? counts.size() : std::min(out.distinct_l, counts.size());
    out.entropy_l = c == 0 ? entropy_l : std::min(out.entropy_l, entropy_l);
    out.recursive_c = std::max(out.recursive_c, RecursiveRatio(counts, 2));
    out.equal_t = std::max(out.equal_t, EqualDistance(counts, all));
    out.ordered_t = std::max(out.ordered_t, OrderedDistance(counts, all));
    if (tree != nullptr) {
      out.hierarchical_t =
          std::max(*out.hierarchical_t, HierarchicalDistance(counts, all, *tree, labels));
    }
    out.beta = std::max(out.beta, BasicBeta(counts, all));
    out.delta = std::max(out.delta, DeltaDisclosure(counts, all));
    if (counts.size() == 1) {
      ++out.homogeneous_classes;
      out.homogeneous_persons += sample.classes.size[c];
    }
  }
  return out;
}

// Codes of a column that occur, ordered by text, and each person's place among them.
struct Categories {
  std::vector<std::string> labels;
  std::vector<uint32_t> of;  // by person
};

Categories CategoriesOf(const SampleColumn& column) {
  std::vector<uint32_t> occurring;
  std::vector<uint32_t> place(column.codes.distinct, kNoClass);
  for (const uint32_t code : column.codes.of) {
    if (place[code] == kNoClass) occurring.push_back(code);
    place[code] = 0;
  }
  std::sort(occurring.begin(), occurring.end(),
            [&](uint32_t a, uint32_t b) { return column.text(a) < column.text(b); });
  Categories out;
  for (uint32_t i = 0; i < occurring.size(); ++i) {
    place[occurring[i]] = i;
    out.labels.push_back(column.text(occurring[i]));
  }
  for (const uint32_t code : column.codes.of) out.of.push_back(place[code]);
  return out;
}

// One-way counts of `columns`, or two-way with `rows`.
TableReport Tabulate(const std::string& row_name, const Categories* rows,
                     const std::string& column_name, const Categories& columns,
                     uint32_t threshold) {
  TableReport out{.row_variable = row_name,
                  .column_variable = column_name,
                  .row_labels = rows ? rows->labels : std::vector<std::string>(),
                  .column_labels = columns.labels,
                  .counts = {},
                  .protection = {}};
  const size_t height = rows ? rows->labels.size() : 1;
  out.counts.cells.assign(height, std::vector<uint32_t>(columns.labels.size(), 0));
  for (size_t person = 0; person < columns.of.size(); ++person) {
    ++out.counts.cells[rows ? rows->of[person] : 0][columns.of[person]];
  }
  out.protection = ProtectTable(out.counts, {.threshold = threshold});
  return out;
}

// Every column by itself, and every sensitive column by every quasi-identifier.
void AddTables(const Sample& sample, const ReportOptions& options, RiskReport& out) {
  std::vector<Categories> qis, sensitive;
  for (const SampleColumn& column : sample.qis) qis.push_back(CategoriesOf(column));
  for (const SampleColumn& column : sample.sensitive) sensitive.push_back(CategoriesOf(column));
  const auto one_way = [&](const SampleColumn& column, const Categories& categories) {
    if (categories.labels.size() > options.most_table_cells) {
      out.tables_left_out.push_back(column.name);
    } else if (!categories.labels.empty()) {
      out.tables.push_back(Tabulate("", nullptr, column.name, categories, options.threshold));
    }
  };
  for (size_t q = 0; q < qis.size(); ++q) one_way(sample.qis[q], qis[q]);
  for (size_t s = 0; s < sensitive.size(); ++s) one_way(sample.sensitive[s], sensitive[s]);
  for (size_t q = 0; q < qis.size(); ++q) {
    for (size_t s = 0; s < sensitive.size(); ++s) {
      const std::string& row = sample.qis[q].name;
      const std::string& column = sample.sensitive[s].name;
      if (qis[q].labels.empty()) continue;
      if (qis[q].labels.size() * sensitive[s].labels.size() > options.most_table_cells) {
        out.tables_left_out.push_back(absl::StrCat(row, " x ", column));
        continue;
      }
      // One row would make a one-way table, which stands there already.
      if (qis[q].labels.size() < 2) continue;
      out.tables.push_back(Tabulate(row, &qis[q], column, sensitive[s], options.threshold));
    }
  }
}

}  // namespace

absl::StatusOr<RiskReport> MakeReport(const Sample& sample, const VerifierCase& request,
                                      const std::string& file, const ReportOptions& options) {
  if (options.threshold < 1)
    return OptionInvalid("threshold", "A group of at least one is required.");
  if (options.population && !(*options.population >= static_cast<double>(sample.persons))) {
    return OptionInvalid("population", "The population cannot be smaller than the file.");
  }
  RiskReport out;
  out.figures = CountFigures(sample);
  out.loss = CountLoss(sample);
  out.stars = CountStars(sample);
  out.threshold = options.threshold;
  out.population = options.population;
  const std::vector<uint32_t>& sizes = sample.classes.size;
  out.prosecutor = Prosecutor(sizes);
  out.journalist = out.prosecutor;
  if (options.population) {
    out.journalist = JournalistExpected(sizes, *options.population);
    out.journalist_basis = JournalistBasis::kExpected;
    out.uniqueness = EstimateUniqueness(out.figures.class_size_histogram, *options.population);
  }
  out.persons_below_threshold = PersonsInGroupsBelow(sizes, options.threshold);
  for (const uint32_t size : kGroupSizes)
    out.persons_in_groups_below[size] = PersonsInGroupsBelow(sizes, size);
  out.minimal_uniques = FindSampleUniques(sample);
  for (const SampleColumn& column : sample.sensitive) {
    REPRISE_ASSIGN_OR_RETURN(ColumnDisclosure disclosure, Disclose(sample, column, request, file));
    out.sensitive.push_back(std::move(disclosure));
  }
  REPRISE_ASSIGN_OR_RETURN(out.promises, CheckPromises(sample, request, nullptr, file));
  AddTables(sample, options, out);
  return out;
}

}  // namespace reprise::extract::risk
