// SPDX-License-Identifier: Apache-2.0
// The risk report of a file as it is: what three attackers could do with it, what its sensitive
// columns give away, what the coding cost, and which counts may be shown. A value; report_json.h
// and page.h write it down.
#ifndef REPRISE_EXTRACT_DOMAIN_RISK_REPORT_H_
#define REPRISE_EXTRACT_DOMAIN_RISK_REPORT_H_

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"

#include "services/extract/domain/risk/figures.h"
#include "services/extract/domain/risk/promises.h"
#include "services/extract/domain/risk/risk_measures.h"
#include "services/extract/domain/risk/sample_uniques.h"
#include "services/extract/domain/risk/small_cells.h"
#include "services/extract/domain/risk/uniqueness.h"

namespace reprise::extract::risk {

struct ReportOptions {
  uint32_t threshold = kSmallestGroup;  // smallest group that counts as safe, persons
  std::optional<double> population;     // stated size of the population, persons
  size_t most_table_cells = 400;        // larger frequency tables are left out
};

// Where the journalist's risk comes from.
enum class JournalistBasis {
  kSampleIsPopulation,  // no population stated: the prosecutor's risk, an upper bound
  kExpected,            // stated size, expectation under a negative binomial model
};

// What one sensitive column gives away; worst class each, over published classes.
struct ColumnDisclosure {
  std::string name;
  size_t values = 0;  // in the whole file
  size_t distinct_l = 0;
  double entropy_l = 0;
  double recursive_c =
      0;  // c must exceed this for (c,2)-diversity; infinity if one class has one value
  double equal_t = 0;
  double ordered_t = 0;
  std::optional<double> hierarchical_t;
  double beta = 0;                 // basic beta-likeness needed
  double delta = 0;                // delta-disclosure needed, bits
  size_t homogeneous_classes = 0;  // everybody has the same value
  size_t homogeneous_persons = 0;
};

struct TableReport {
  std::string row_variable;  // empty for a one-way table
  std::string column_variable;
  std::vector<std::string> row_labels, column_labels;
  FrequencyTable counts;
  TableProtection protection;
};

struct RiskReport {
  Figures figures;
  std::optional<LossFigures> loss;  // with a hierarchy for every quasi-identifier
  std::vector<StarCount> stars;
  uint32_t threshold = kSmallestGroup;
  RiskMeasures prosecutor, journalist;
  JournalistBasis journalist_basis = JournalistBasis::kSampleIsPopulation;
  size_t persons_below_threshold = 0;
  std::map<uint32_t, size_t> persons_in_groups_below;  // 2, 3, 5, 11, 20
  std::optional<double> population;
  std::optional<UniquenessEstimate> uniqueness;  // with a stated population
  SampleUniques minimal_uniques;
  std::vector<ColumnDisclosure> sensitive;
  std::vector<PromiseOutcome> promises;
  std::vector<TableReport> tables;
  std::vector<std::string> tables_left_out;  // too many cells
};

// Of a grouped sample. INVALID_ARGUMENT as CheckPromises, OPTION_INVALID (threshold 0, a population
// smaller than the file).
absl::StatusOr<RiskReport> MakeReport(const Sample& sample, const VerifierCase& request,
                                      const std::string& file, const ReportOptions& options = {});

}  // namespace reprise::extract::risk

#endif  // REPRISE_EXTRACT_DOMAIN_RISK_REPORT_H_
