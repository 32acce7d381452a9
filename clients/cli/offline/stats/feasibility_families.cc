// SPDX-License-Identifier: Apache-2.0
#include "clients/cli/offline/stats/planning_family.h"
#include "services/cohort/domain/statistics/interval.h"
#include "services/cohort/domain/statistics/progression.h"
#include "services/platform/status.h"

namespace reprise::cli {
namespace {

using statistics::Estimate;

Answer AnswerOf(Cells cells) { return {.cells = std::move(cells), .provenance = {}}; }

std::string LowerOf(const std::optional<statistics::Interval>& interval) {
  return interval.has_value() ? CellOf(interval->lower) : "";
}

std::string UpperOf(const std::optional<statistics::Interval>& interval) {
  return interval.has_value() ? CellOf(interval->upper) : "";
}

Answer AnswerOf(const Estimate& estimate) {
  return AnswerOf({CellOf(estimate.value), LowerOf(estimate.interval), UpperOf(estimate.interval)});
}

absl::StatusOr<Answer> Proportion(BatchRow& row) {
  const int64_t x = row.Whole("x"), n = row.Whole("n");
  const double conf = row.Number("conf");
  const std::string& name = row.Text("method");
  REPRISE_RETURN_IF_ERROR(row.ToStatus());
  REPRISE_ASSIGN_OR_RETURN(const auto method, statistics::ParseProportionMethod(name));
  REPRISE_ASSIGN_OR_RETURN(const Estimate estimate,
                           statistics::EstimateProportion(x, n, conf, method));
  return AnswerOf(estimate);
}

absl::StatusOr<Answer> Difference(BatchRow& row) {
  const int64_t x1 = row.Whole("x1"), n1 = row.Whole("n1"), x2 = row.Whole("x2"),
                n2 = row.Whole("n2");
  const double conf = row.Number("conf");
  REPRISE_RETURN_IF_ERROR(row.ToStatus());
  REPRISE_ASSIGN_OR_RETURN(const Estimate estimate,
                           statistics::EstimateDifference(x1, n1, x2, n2, conf));
  return AnswerOf(estimate);
}

absl::StatusOr<Answer> Rate(BatchRow& row) {
  const int64_t events = row.Whole("events");
  const double exposure = row.Number("exposure"), conf = row.Number("conf");
  REPRISE_RETURN_IF_ERROR(row.ToStatus());
  REPRISE_ASSIGN_OR_RETURN(const Estimate estimate,
                           statistics::EstimateRate(events, exposure, conf));
  return AnswerOf(estimate);
}

absl::StatusOr<Answer> MeanSd(BatchRow& row) {
  const int64_t n = row.Whole("n");
  const double mean = row.Number("mean"), sd = row.Number("sd"), conf = row.Number("conf");
  REPRISE_RETURN_IF_ERROR(row.ToStatus());
  REPRISE_ASSIGN_OR_RETURN(const auto found, statistics::EstimateMeanSd(n, mean, sd, conf));
  return AnswerOf({LowerOf(found.mean), UpperOf(found.mean), LowerOf(found.sd), UpperOf(found.sd),
                   CellOf(found.sd_upper_one_sided)});
}

absl::StatusOr<Answer> TrafficLight(BatchRow& row) {
  const statistics::TrafficLightRule rule{.n = row.Whole("n"),
                                          .red_below = row.Number("red_below"),
                                          .green_from = row.Number("green_from")};
  const double true_p = row.Number("true_p");
  REPRISE_RETURN_IF_ERROR(row.ToStatus());
  REPRISE_ASSIGN_OR_RETURN(const auto found, statistics::Characterise(rule, true_p));
  return AnswerOf({CountCell(found.counts.red_max), CountCell(found.counts.green_min),
                   CellOf(found.red), CellOf(found.amber), CellOf(found.green)});
}

absl::StatusOr<Answer> ProgressionN(BatchRow& row) {
  const statistics::ProgressionDesign design{.red_upper_limit = row.Number("red_upper_limit"),
                                             .green_lower_limit = row.Number("green_lower_limit"),
                                             .alpha = row.Number("alpha_one_sided"),
                                             .power = row.Number("power")};
  REPRISE_RETURN_IF_ERROR(row.ToStatus());
  REPRISE_ASSIGN_OR_RETURN(const auto size, statistics::SizeProgression(design));
  return AnswerOf({CellOf(size.n_normal), CountCell(size.n), CountCell(size.cut),
                   CellOf(size.alpha), CellOf(size.power)});
}

}  // namespace

std::vector<PlanningFamily> FeasibilityFamilies() {
  return {
      {"feas_ci_difference",
       {"case_id", "x1", "n1", "x2", "n2", "conf"},
       {"diff", "lower", "upper"},
       Difference},
      {"feas_ci_mean_sd",
       {"case_id", "n", "mean", "sd", "conf"},
       {"mean_lower", "mean_upper", "sd_lower", "sd_upper", "sd_ucl_one_sided"},
       MeanSd},
      {"feas_ci_proportion",
       {"case_id", "x", "n", "conf", "method"},
       {"estimate", "lower", "upper"},
       Proportion},
      {"feas_ci_rate", {"case_id", "events", "exposure", "conf"}, {"rate", "lower", "upper"}, Rate},
      {"feas_progression_n",
       {"case_id", "red_upper_limit", "green_lower_limit", "alpha_one_sided", "power"},
       {"n_normal_approx", "n_exact", "cut_x_exact", "exact_alpha", "exact_power"},
       ProgressionN},
      {"feas_traffic_light_oc",
       {"case_id", "n", "red_below", "green_from", "true_p"},
       {"red_max_x", "green_min_x", "P_red", "P_amber", "P_green"},
       TrafficLight},
  };
}

}  // namespace reprise::cli
