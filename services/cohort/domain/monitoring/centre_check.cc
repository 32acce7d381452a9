// SPDX-License-Identifier: Apache-2.0
#include "services/cohort/domain/monitoring/centre_check.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

#include "absl/strings/numbers.h"

#include "services/cohort/domain/monitoring/distribution.h"
#include "services/cohort/domain/monitoring/errors.h"
#include "services/cohort/domain/monitoring/multiplicity.h"
#include "services/platform/status.h"

namespace reprise::monitoring {
namespace {

std::vector<std::string> InOrder(absl::Span<const std::string> centres) {
  const std::set<std::string> distinct(centres.begin(), centres.end());
  std::vector<std::string> names(distinct.begin(), distinct.end());
  const auto number = [](const std::string& name) {
    int64_t value = 0;
    return absl::SimpleAtoi(name, &value) ? std::optional(value) : std::nullopt;
  };
  if (std::all_of(names.begin(), names.end(),
                  [&](const std::string& name) { return number(name).has_value(); })) {
    std::stable_sort(names.begin(), names.end(), [&](const std::string& a, const std::string& b) {
      return *number(a) < *number(b);
    });
  }
  return names;
}

struct Side {
  double n, mean, variance;
};

void SetTests(const Side& centre, const Side& rest, CentreCheck& check) {
  const double a = centre.variance / centre.n;
  const double b = rest.variance / rest.n;
  if (!(a + b > 0) || !std::isfinite(a + b)) return;
  const double t = (centre.mean - rest.mean) / std::sqrt(a + b);
  // Welch-Satterthwaite from shares of the variance, so that tiny variances do not underflow.
  const double share = a / (a + b);
  const double df = 1 / (share * share / (centre.n - 1) + (1 - share) * (1 - share) / (rest.n - 1));
  check.welch_p = StudentTwoSided(t, df);
  if (check.welch_p.has_value()) check.welch_t = t;
  const double ratio =
      rest.variance > 0 ? centre.variance / rest.variance : std::numeric_limits<double>::infinity();
  check.variance_ratio_p = FisherTwoSided(ratio, centre.n - 1, rest.n - 1);
}

CentreCheck Check(const std::string& name, absl::Span<const std::string> centres,
                  absl::Span<const Recorded> values) {
  std::vector<double> inside;
  std::vector<double> outside;
  for (size_t i = 0; i < values.size(); ++i) {
    if (values[i].has_value()) (centres[i] == name ? inside : outside).push_back(*values[i]);
  }
  CentreCheck check;
  check.centre = name;
  check.recorded = static_cast<int64_t>(inside.size());
  check.mean = Mean(inside);
  const auto variance = SampleVariance(inside);
  const auto rest = SampleVariance(outside);
  if (variance.has_value()) check.standard_deviation = IfFinite(std::sqrt(*variance));
  if (check.recorded >= kLeastPerCentre && variance.has_value() && rest.has_value()) {
    SetTests({static_cast<double>(inside.size()), *check.mean, *variance},
             {static_cast<double>(outside.size()), *Mean(outside), *rest}, check);
  }
  return check;
}

}  // namespace

absl::StatusOr<std::vector<CentreCheck>> CheckCentres(absl::Span<const std::string> centres,
                                                      absl::Span<const Recorded> values) {
  if (centres.size() != values.size()) return LengthsDiffer("value", centres.size(), values.size());
  REPRISE_RETURN_IF_ERROR(PresentOf(values, "value").status());
  std::vector<CentreCheck> checks;
  std::vector<Recorded> p;
  for (const std::string& name : InOrder(centres)) {
    checks.push_back(Check(name, centres, values));
    p.push_back(checks.back().welch_p);
  }
  REPRISE_ASSIGN_OR_RETURN(const AdjustedP adjusted, Adjust(p));
  for (size_t i = 0; i < checks.size(); ++i) checks[i].adjusted_p = adjusted.benjamini_hochberg[i];
  return checks;
}

}  // namespace reprise::monitoring
