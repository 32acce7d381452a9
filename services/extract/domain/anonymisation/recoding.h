// SPDX-License-Identifier: Apache-2.0
// What a method decided: a class for every person and a label for every attribute of a class; and
// what that costs, counted anew from the labels alone.
#ifndef REPRISE_EXTRACT_DOMAIN_ANONYMISATION_RECODING_H_
#define REPRISE_EXTRACT_DOMAIN_ANONYMISATION_RECODING_H_

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

#include "services/extract/domain/anonymisation/model.h"
#include "services/extract/domain/anonymisation/records.h"

namespace reprise::extract::anonymisation {

inline constexpr uint32_t kNoClass = UINT32_MAX;

struct Recoding {
  std::string method;                     // optimal, cells, local or mondrian
  std::vector<uint32_t> class_of_person;  // kNoClass: suppressed (or not released at all)
  std::vector<uint32_t> labels;           // [class * attributes + attribute], order of Records
  // Hierarchy level of each attribute, order of Records: the node of `optimal`, the base levels of
  // `cells`; empty for the others.
  std::vector<int> levels;
  bool proven_optimal = false;  // only `optimal` can prove
  double lower_bound = 0;       // on the metric over all nodes; `optimal` only
  uint64_t checks = 0;          // nodes checked or iterations done
  double lattice_size = 0;      // nodes; `optimal` and `cells`
};

// The exact fields of expected.json, per attribute in the order of the case.
struct Summary {
  double score = 0;  // of the case's metric
  double loss_arithmetic_mean = 0;
  double loss_geometric_mean = 0;
  std::vector<double> per_qi_loss;
  double granularity = 0;
  double discernibility = 0;
  double average_class_size = 0;
  double nonuniform_entropy = 0;
  uint64_t suppressed = 0;
  uint64_t classes = 0;
  uint64_t min_class = 0;
  std::map<uint64_t, uint64_t> class_sizes;  // size -> classes
  double highest_risk = 0;                   // 1 / min_class
  double average_risk = 0;                   // classes / released persons
};

// Classes with equal labels become one, classes whose labels are all "*" count as suppressed
// (unless everyone is in that one class), and classes are numbered by first person.
void Canonicalise(const Records& records, Recoding& recoding);

// Requires a canonical recoding.
Summary Summarise(const Case& request, const Records& records, const Recoding& recoding);

// Whether every class satisfies every model and the suppression limit holds; the solver's own
// check. Requires a canonical recoding of records without a population.
bool Satisfies(const Case& request, const Records& records, const Recoding& recoding);

// floor(limit * n), robust to a limit such as 0.07 whose product falls a hair short.
uint64_t SuppressionLimit(const Case& request, const Records& records);

}  // namespace reprise::extract::anonymisation

#endif  // REPRISE_EXTRACT_DOMAIN_ANONYMISATION_RECODING_H_
