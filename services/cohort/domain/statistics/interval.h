// SPDX-License-Identifier: Apache-2.0
// Confidence intervals of what a pilot measures: proportions, rates, differences, means. Intervals
// are two-sided at level `conf` (0 < conf < 1). A denominator of 0 gives no estimate, not 0 %.
//   EstimateProportion(28, 40, 0.95, ProportionMethod::kWilson)  ->  0.70, 0.546 .. 0.819
// Sources: Wilson 1927; Clopper and Pearson 1934; Brown, Cai and DasGupta, Stat Sci 2001;16:101
// (Jeffreys, Agresti-Coull); Newcombe, Stat Med 1998;17:857 and 873; Garwood 1936.
#ifndef REPRISE_COHORT_DOMAIN_STATISTICS_INTERVAL_H_
#define REPRISE_COHORT_DOMAIN_STATISTICS_INTERVAL_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace reprise::statistics {

struct Interval {
  double lower = 0;
  double upper = 0;
};

// An estimate with its interval; both empty where not computable.
struct Estimate {
  std::optional<double> value;
  std::optional<Interval> interval;
};

enum class ProportionMethod { kWilson, kWilsonCc, kClopperPearson, kJeffreys, kAgrestiCoull };

// All methods in the order in which they are shown, and their names as typed (`wilson_cc`).
const std::vector<ProportionMethod>& ProportionMethods();
absl::string_view NameOf(ProportionMethod method);
// INVALID_ARGUMENT METHOD_UNKNOWN on field `method`.
absl::StatusOr<ProportionMethod> ParseProportionMethod(absl::string_view name);

// x of n. Jeffreys' interval is closed at 0 where x = 0 and at 1 where x = n; Agresti-Coull's is
// cut to 0..1; Wilson's with continuity correction uses 1/2 everywhere (R's prop.test uses less
// where x is within 1/2 of n/2).
//   INVALID_ARGUMENT NEGATIVE, COUNT_ABOVE_TOTAL, COUNT_TOO_LARGE, OUT_OF_RANGE,
//   PROPORTION_AS_PERCENT
absl::StatusOr<Estimate> EstimateProportion(int64_t x, int64_t n, double conf,
                                            ProportionMethod method);

// x1/n1 - x2/n2 with Newcombe's hybrid interval (his method 10, from Wilson's). Errors as above.
absl::StatusOr<Estimate> EstimateDifference(int64_t x1, int64_t n1, int64_t x2, int64_t n2,
                                            double conf);

// Events per unit of exposure with Garwood's exact interval.
//   INVALID_ARGUMENT NEGATIVE, ZERO_EXPOSURE, and those of conf
absl::StatusOr<Estimate> EstimateRate(int64_t events, double exposure, double conf);

// Intervals of a normal mean (t) and of its standard deviation (chi-square); empty where n = 1.
struct MeanSdIntervals {
  std::optional<Interval> mean;
  std::optional<Interval> sd;
  std::optional<double> sd_upper_one_sided;  // sd is below this with confidence `conf`
};
//   INVALID_ARGUMENT OUT_OF_RANGE (n < 1), NEGATIVE (sd), and those of conf
absl::StatusOr<MeanSdIntervals> EstimateMeanSd(int64_t n, double mean, double sd, double conf);

}  // namespace reprise::statistics

#endif  // REPRISE_COHORT_DOMAIN_STATISTICS_INTERVAL_H_
