// SPDX-License-Identifier: Apache-2.0
// What a request for anonymisation is made of: hierarchies, privacy models, the case and the coded
// table. Plain values shared by the solver and by the verifier (services/extract/domain/risk),
// which share no other code. A row is a person unless the case names a `person` column.
#ifndef REPRISE_EXTRACT_DOMAIN_ANONYMISATION_MODEL_H_
#define REPRISE_EXTRACT_DOMAIN_ANONYMISATION_MODEL_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace reprise::extract::anonymisation {

// Direct identifiers and free text never leave: their columns are absent from a released file.
enum class Role { kDirectIdentifier, kQuasiIdentifier, kSensitive, kNeutral, kFreeText };

// The label of a suppressed cell and the one label of every hierarchy's last level.
inline constexpr char kSuppressed[] = "*";

// How the values of one attribute coarsen. Valid by construction (see hierarchy.h): every value has
// a label at every level, a group never splits again further up, and one label text names one set
// of values wherever it stands, so that a released cell is read back without knowing its level.
struct Hierarchy {
  std::string attribute;
  // All label texts once. Ids 0..size()-1 are the domain values in the order of the file.
  std::vector<std::string> labels;
  // label_of[level][value] is the label id; label_of[0][value] == value; label_of.back() is all
  // "*".
  std::vector<std::vector<uint32_t>> label_of;
  // Number of domain values below each label.
  std::vector<uint32_t> leaves;
  // Group labels that the file had also used for another set of values: given text -> text used.
  std::map<std::string, std::string> renamed;

  size_t size() const { return label_of.empty() ? 0 : label_of.front().size(); }
  int levels() const { return static_cast<int>(label_of.size()); }
  // share(label) = leaves / size(), and the loss (share - 1/D) / (1 - 1/D) in [0, 1]; 0 when D = 1.
  double Loss(uint32_t label) const {
    return size() < 2 ? 0.0
                      : static_cast<double>(leaves[label] - 1) / static_cast<double>(size() - 1);
  }
};

// One condition on the released classes. `limit` is the number that the model's text ends with.
struct PrivacyModel {
  enum class Kind {
    kKAnonymity,             // k:5             class size >= limit
    kDistinctDiversity,      // dl:rtw:3        distinct values >= limit
    kEntropyDiversity,       // el:rtw:2.5      Shannon entropy (bits) >= log2(limit)
    kRecursiveDiversity,     // rl:rtw:3:3      r1 < c (r_l + ... + r_m), c then l = limit
    kEqualCloseness,         // te:rtw:0.3      sum |p - q| / 2 <= limit
    kHierarchicalCloseness,  // th:rtw:0.3      EMD, ground distance = level of the common group /
                             // height
    kOrderedCloseness,       // to:rtw:0.3      EMD over the ordered values (order: see below)
    kAverageRisk,            // avg:0.09        classes / released records <= limit
    kKMap,                   // km:10           records of the population in the class >= limit
    kDeltaPresence,     // dp:0:0.25       lower <= class in subset / class in population <= limit
    kBetaLikeness,      // bl:rtw:2        enhanced: (p - q) / q <= min(limit, -ln q) where p > q
    kDeltaDisclosure,   // dd:rtw:1        |log2(p / q)| < limit for every value present (as ARX)
    kSampleUniqueness,  // su:0            uniques / released records <= limit
    kPopulationUniqueness,  // pu:0.01:3e8     estimated share of population uniques <= limit,
                            // population
  };
  Kind kind = Kind::kKAnonymity;
  std::string attribute;  // the sensitive column, empty for models of class size
  double limit = 0;
  double c = 0;           // kRecursiveDiversity only
  double lower = 0;       // kDeltaPresence only
  double population = 0;  // kPopulationUniqueness only, persons
  std::string text;       // as written in the case
};

// What the search minimises. Every suppressed record counts as loss 1 in every attribute.
enum class Metric {
  kLossArithmetic,    // loss_am             mean over attributes of the mean loss over records
  kLossGeometric,     // loss_gm             prod(1 + L_a)^(1/m) - 1
  kGranularity,       // granularity         (mean share - mean 1/D) / (1 - mean 1/D), 0 is best
  kDiscernibility,    // discernibility      sum of squared class sizes + n for a suppressed record
  kAverageClassSize,  // average_class_size  records / classes, the suppressed counting as one class
  kNonUniformEntropy,  // nonuniform_entropy  mean over attributes of the sum over records of
                       //                     log2(count of label / count of value), all recoded; a
                       //                     suppressed one adds per attribute log2(suppressed /
                       //                     count of its label among the suppressed)
};

// case.json. `qis` keep their order; columns without a role are neutral and pass unchanged.
struct Case {
  std::string id;
  std::string title;
  std::vector<std::string> qis;
  std::vector<PrivacyModel> models;
  double suppression_limit = 0;  // share of the records, [0, 1]; at most floor(limit * n) may go
  Metric metric = Metric::kLossArithmetic;
  std::vector<std::string> sensitive;
  std::map<std::string, Role> roles;  // what "roles" says, plus `qis` and `sensitive`
  std::string person;                 // column that names the person; empty: one row a person
  std::string
      subset;  // file of the released rows, beside the hierarchies or the case; may be empty
  char delimiter = ';';
};

// Rows of the data that are released, ascending, 0-based; the whole file is then the population and
// records, limit and metric count the subset only. The released file holds these rows only, in
// order.
using Subset = std::vector<uint32_t>;

// One column, dictionary-encoded: values[codes[row]]. Values stand in order of first appearance.
struct Column {
  std::string name;
  std::vector<std::string> values;
  std::vector<uint32_t> codes;
};

struct Table {
  std::vector<std::string> header;  // every column of the file
  std::vector<Column> columns;      // the columns asked for
  size_t rows = 0;
};

// A person who violates a model leaves with the whole class. For avg, su and pu (which judge all
// classes together) the smallest classes are suppressed, smallest first, until the model holds.
//
// A released row is suppressed when every QI is "*" (unless all rows are, and together satisfy the
// models: the top of the lattice is one class). Suppressed rows belong to no class.
//
// Order of the values of a column for kOrderedCloseness: as numbers when all are decimal numbers,
// otherwise by bytes. The reference distribution q of the closeness, likeness and disclosure models
// is that of all released persons before suppression (the subset where there is one).

}  // namespace reprise::extract::anonymisation

#endif  // REPRISE_EXTRACT_DOMAIN_ANONYMISATION_MODEL_H_
