// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "clients/cli/offline/stats/planning_family.h"
#include "services/cohort/domain/statistics/sample_size.h"
#include "services/cohort/domain/statistics/sample_size_outcomes.h"
#include "services/platform/status.h"

namespace reprise::cli {
namespace {

using statistics::Computable;

Answer AnswerOf(const std::vector<Computable>& values, statistics::Provenance provenance) {
  Cells cells;
  for (const Computable& value : values) cells.push_back(CellOf(value));
  return {.cells = std::move(cells), .provenance = std::move(provenance)};
}

absl::StatusOr<Answer> TwoProportions(BatchRow& row) {
  statistics::TwoProportions design{.p1 = row.Number("p1"),
                                    .p2 = row.Number("p2"),
                                    .alpha = row.Number("alpha"),
                                    .sides = row.Whole("sides"),
                                    .power = row.Number("power"),
                                    .ratio = row.Number("ratio_n2_n1")};
  const std::string& name = row.Text("method");
  REPRISE_RETURN_IF_ERROR(row.ToStatus());
  REPRISE_ASSIGN_OR_RETURN(design.method, statistics::ParseTwoProportionsMethod(name));
  REPRISE_ASSIGN_OR_RETURN(auto size, statistics::Size(design));
  return AnswerOf({size.n1, size.n2, size.n1_ceil, size.n2_ceil, size.n_total_ceil},
                  std::move(size.provenance));
}

absl::StatusOr<Answer> PowerTwoProportions(BatchRow& row) {
  const statistics::TwoProportionsArms arms{.n1 = row.Whole("n1"),
                                            .n2 = row.Whole("n2"),
                                            .p1 = row.Number("p1"),
                                            .p2 = row.Number("p2"),
                                            .alpha = row.Number("alpha")};
  REPRISE_RETURN_IF_ERROR(row.ToStatus());
  REPRISE_ASSIGN_OR_RETURN(auto power, statistics::PowerOf(arms));
  return AnswerOf({power.approx_pooled, power.exact_chisq, power.exact_fisher},
                  std::move(power.provenance));
}

absl::StatusOr<Answer> Inflation(BatchRow& row) {
  const statistics::Inflation inflation{.n_per_arm = row.Number("n_per_arm"),
                                        .dropout = row.Number("dropout"),
                                        .icc = row.Number("icc"),
                                        .mean_cluster_size = row.Number("mean_cluster_size"),
                                        .cv_cluster_size = row.Number("cv_cluster_size")};
  REPRISE_RETURN_IF_ERROR(row.ToStatus());
  REPRISE_ASSIGN_OR_RETURN(auto size, statistics::Inflate(inflation));
  return AnswerOf(
      {size.design_effect, size.n_per_arm, size.n_per_arm_ceil, size.clusters_per_arm_ceil},
      std::move(size.provenance));
}

absl::StatusOr<Answer> SteppedWedge(BatchRow& row) {
  const statistics::SteppedWedge design{.clusters = row.Whole("clusters"),
                                        .periods = row.Whole("periods"),
                                        .clusters_per_step = row.Whole("clusters_per_step"),
                                        .n_per_cluster_period = row.Number("n_per_cluster_period"),
                                        .icc = row.Number("icc"),
                                        .total_variance = row.Number("total_variance"),
                                        .effect = row.Number("effect"),
                                        .alpha = row.Number("alpha")};
  REPRISE_RETURN_IF_ERROR(row.ToStatus());
  REPRISE_ASSIGN_OR_RETURN(auto power, statistics::PowerOf(design));
  return AnswerOf({power.var_theta, power.power}, std::move(power.provenance));
}

absl::StatusOr<Answer> LogRank(BatchRow& row) {
  const statistics::LogRank design{.hazard_ratio = row.Number("hr_arm2_vs_arm1"),
                                   .alpha = row.Number("alpha"),
                                   .sides = row.Whole("sides"),
                                   .power = row.Number("power"),
                                   .ratio = row.Number("ratio_n2_n1"),
                                   .event_prob_arm1 = row.Number("event_prob_arm1"),
                                   .event_prob_arm2 = row.Number("event_prob_arm2")};
  REPRISE_RETURN_IF_ERROR(row.ToStatus());
  REPRISE_ASSIGN_OR_RETURN(auto size, statistics::Size(design));
  return AnswerOf(
      {size.events_schoenfeld, size.events_freedman, size.n_total_schoenfeld, size.n_total_ceil},
      std::move(size.provenance));
}

absl::StatusOr<Answer> EventProbability(BatchRow& row) {
  const statistics::EventProbability design{.hazard = row.Number("hazard"),
                                            .accrual = row.Number("accrual"),
                                            .min_followup = row.Number("min_followup")};
  REPRISE_RETURN_IF_ERROR(row.ToStatus());
  REPRISE_ASSIGN_OR_RETURN(auto found, statistics::ProbabilityOf(design));
  return AnswerOf({found.event_prob}, std::move(found.provenance));
}

absl::StatusOr<Answer> Means(BatchRow& row) {
  const statistics::Means design{.delta = row.Number("delta"),
                                 .sd = row.Number("sd"),
                                 .alpha = row.Number("alpha"),
                                 .power = row.Number("power"),
                                 .ratio = row.Number("ratio_n2_n1"),
                                 .baseline_corr = row.Number("baseline_corr")};
  REPRISE_RETURN_IF_ERROR(row.ToStatus());
  REPRISE_ASSIGN_OR_RETURN(auto size, statistics::Size(design));
  return AnswerOf(
      {size.n1_z, size.n1_t_exact, size.n1_t_ceil, size.n1_ancova_z, size.n1_z_plus_guenther},
      std::move(size.provenance));
}

absl::StatusOr<Answer> Reestimation(BatchRow& row) {
  const statistics::Reestimation design{.pilot_sd_pooled = row.Number("pilot_sd_pooled"),
                                        .pilot_n_total = row.Whole("pilot_n_total"),
                                        .pilot_df = row.Whole("pilot_df"),
                                        .delta = row.Number("delta"),
                                        .alpha = row.Number("alpha"),
                                        .power = row.Number("power"),
                                        .ucl_level = row.Number("ucl_level")};
  REPRISE_RETURN_IF_ERROR(row.ToStatus());
  REPRISE_ASSIGN_OR_RETURN(auto size, statistics::Size(design));
  return AnswerOf({size.sd_ucl_browne, size.n_arm_naive_z, size.n_arm_browne_z,
                   size.n_arm_julious_nct, size.inflation_nct_normal},
                  std::move(size.provenance));
}

absl::StatusOr<Answer> AssuranceNormal(BatchRow& row) {
  const statistics::NormalAssurance design{.prior_mean = row.Number("prior_mean"),
                                           .prior_sd = row.Number("prior_sd"),
                                           .sigma = row.Number("sigma"),
                                           .n_per_arm = row.Number("n_per_arm"),
                                           .alpha_one_sided = row.Number("alpha_one_sided")};
  REPRISE_RETURN_IF_ERROR(row.ToStatus());
  REPRISE_ASSIGN_OR_RETURN(auto found, statistics::AssuranceOf(design));
  return AnswerOf({found.power_at_prior_mean, found.assurance}, std::move(found.provenance));
}

absl::StatusOr<Answer> AssuranceBeta(BatchRow& row) {
  const statistics::BetaAssurance design{.ctl_beta_a = row.Number("ctl_beta_a"),
                                         .ctl_beta_b = row.Number("ctl_beta_b"),
                                         .trt_beta_a = row.Number("trt_beta_a"),
                                         .trt_beta_b = row.Number("trt_beta_b"),
                                         .n_per_arm = row.Number("n_per_arm"),
                                         .alpha_two_sided = row.Number("alpha_two_sided")};
  REPRISE_RETURN_IF_ERROR(row.ToStatus());
  REPRISE_ASSIGN_OR_RETURN(auto found, statistics::AssuranceOf(design));
  return AnswerOf({found.assurance}, std::move(found.provenance));
}

}  // namespace

std::vector<PlanningFamily> SampleSizeFamilies() {
  return {
      {"ss_assurance_beta",
       {"case_id", "ctl_beta_a", "ctl_beta_b", "trt_beta_a", "trt_beta_b", "n_per_arm",
        "alpha_two_sided"},
       {"assurance_favouring_treatment"},
       AssuranceBeta},
      {"ss_assurance_normal",
       {"case_id", "prior_mean", "prior_sd", "sigma", "n_per_arm", "alpha_one_sided"},
       {"power_at_prior_mean", "assurance"},
       AssuranceNormal},
      {"ss_event_probability",
       {"case_id", "hazard", "accrual", "min_followup"},
       {"event_prob"},
       EventProbability},
      {"ss_inflation",
       {"case_id", "n_per_arm", "dropout", "icc", "mean_cluster_size", "cv_cluster_size"},
       {"design_effect", "n_per_arm_inflated", "n_per_arm_ceil", "clusters_per_arm_ceil"},
       Inflation},
      {"ss_logrank",
       {"case_id", "hr_arm2_vs_arm1", "alpha", "sides", "power", "ratio_n2_n1", "event_prob_arm1",
        "event_prob_arm2"},
       {"events_schoenfeld", "events_freedman", "n_total_schoenfeld", "n_total_ceil"},
       LogRank},
      {"ss_means",
       {"case_id", "delta", "sd", "alpha", "power", "ratio_n2_n1", "baseline_corr"},
       {"n1_z", "n1_t_exact", "n1_t_ceil", "n1_ancova_z", "n1_z_plus_guenther"},
       Means},
      {"ss_power_two_proportions",
       {"case_id", "n1", "n2", "p1", "p2", "alpha"},
       {"power_approx_pooled", "power_exact_chisq", "power_exact_fisher"},
       PowerTwoProportions},
      {"ss_reestimation",
       {"case_id", "pilot_sd_pooled", "pilot_n_total", "pilot_df", "delta", "alpha", "power",
        "ucl_level"},
       {"sd_ucl_browne", "n_arm_naive_z", "n_arm_browne_z", "n_arm_julious_nct",
        "inflation_nct_normal"},
       Reestimation},
      {"ss_stepped_wedge",
       {"case_id", "clusters", "periods", "clusters_per_step", "n_per_cluster_period", "icc",
        "total_variance", "effect", "alpha"},
       {"var_theta", "power"},
       SteppedWedge},
      {"ss_two_proportions",
       {"case_id", "p1", "p2", "alpha", "sides", "power", "ratio_n2_n1", "method"},
       {"n1", "n2", "n1_ceil", "n2_ceil", "n_total_ceil"},
       TwoProportions},
  };
}

}  // namespace reprise::cli
