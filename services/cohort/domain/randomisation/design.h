// SPDX-License-Identifier: Apache-2.0
// How a trial allocates: arms and their ratio, the factors in protocol order, and the method with
// its parameters. A design is a value; CheckDesign says once whether it holds together, and its
// text (canonical JSON) and hash go into every log, so that a changed design is noticed.
#ifndef REPRISE_COHORT_DOMAIN_RANDOMISATION_DESIGN_H_
#define REPRISE_COHORT_DOMAIN_RANDOMISATION_DESIGN_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace reprise::randomisation {

inline constexpr int kMaxArms = 10;
inline constexpr int kMaxRatio = 100;
inline constexpr int kMaxFactors = 50;
inline constexpr int kMaxLevels = 1000;
inline constexpr int kMaxBlockSize = 1000;
inline constexpr int kMaxBlockSizes = 20;
inline constexpr double kMaxWeight = 1e6;

enum class Method {
  kSimple,        // a weighted coin
  kBlocks,        // permuted blocks, one list a stratum
  kMinimisation,  // Pocock and Simon 1975 with a random element
};

// D of Pocock and Simon over x_k = n_k / ratio_k: largest minus smallest; sample variance
// (divisor K - 1); its root; the sum of all pairwise distances over (K - 1) times the sum of x.
enum class Measure { kRange, kVariance, kStandardDeviation, kMarginalBalance };

struct Arm {
  std::string code;
  int ratio = 1;  // 1 to 100
};

struct Factor {
  std::string name;
  std::vector<std::string> levels;
  double weight = 1;  // minimisation; 0 records the factor without balancing it
};

struct Design {
  Method method = Method::kMinimisation;
  std::vector<Arm> arms;
  std::vector<Factor> factors;  // protocol order
  // Blocks: which factors make the strata (none: one list, "all"), and the sizes drawn from.
  std::vector<std::string> strata;
  std::vector<int> block_sizes;
  // Minimisation: the measure, the chance of the preferred arm (of the smallest ratio's arm where
  // ratios differ), and the weight of the arm totals as one more factor (0: not used).
  Measure measure = Measure::kRange;
  double p_high = 0.8;
  double weight_overall = 0;
};

// INVALID_ARGUMENT DESIGN_INVALID with every faulty field (`arms[B].ratio`, `factors[AGE].weight`,
// `strata`, `block_sizes`, `p_high`, `weight_overall`). Fields of other methods are not looked at.
absl::Status CheckDesign(const Design& design);

// Canonical JSON, one line; only the fields of the design's method.
std::string DesignText(const Design& design);
// The reverse, checked: INVALID_ARGUMENT DESIGN_UNREADABLE (not JSON, a key unknown or of another
// method, a wrong type; path as in `arms[0].ratio`) or DESIGN_INVALID.
absl::StatusOr<Design> ParseDesign(absl::string_view json);

// One level for each factor, as indices in protocol order.
//   INVALID_ARGUMENT LEVEL_UNKNOWN
absl::Status CheckLevels(const Design& design, absl::Span<const int> levels);

// "CENTRE=1|AGE=<50" over all factors; "all" where there is none. Requires checked levels.
std::string Snapshot(const Design& design, absl::Span<const int> levels);
// Same over the design's strata only: the label of the participant's list.
std::string StratumLabel(const Design& design, absl::Span<const int> levels);
// A snapshot read back; INVALID_ARGUMENT LEVEL_UNKNOWN naming `path`.
absl::StatusOr<std::vector<int>> ParseSnapshot(const Design& design, absl::string_view snapshot,
                                               absl::string_view path);

std::vector<int> RatioOf(const Design& design);
absl::string_view MethodName(Method method);
absl::string_view MeasureName(Measure measure);
// The names are `range`, `variance`, `sd`, `marginal_balance`; false where unknown.
bool MeasureFromName(absl::string_view name, Measure& measure);

}  // namespace reprise::randomisation

#endif  // REPRISE_COHORT_DOMAIN_RANDOMISATION_DESIGN_H_
