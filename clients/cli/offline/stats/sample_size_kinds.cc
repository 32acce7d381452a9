// SPDX-License-Identifier: Apache-2.0
#include "clients/cli/offline/stats/sample_size_kinds.h"

namespace reprise::cli {
namespace {

const std::vector<double> kPowers = {0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95};
const std::vector<double> kMultiples = {0.25, 0.5, 0.75, 1, 1.25, 1.5, 2};

SampleSizeFlag Alpha(const char* column = "alpha") {
  return {column, "--alpha", "0.05", "Two-sided error level, as a proportion"};
}
SampleSizeFlag Power() { return {"power", "--power", "0.8", "Power, as a proportion"}; }
SampleSizeFlag Sides() { return {"sides", "--sides", "2", "Sides of the test, 1 or 2"}; }
SampleSizeFlag Ratio() { return {"ratio_n2_n1", "--ratio", "1", "Size of arm 2 over arm 1"}; }

SampleSizeKind TwoProportions() {
  return {
      "two-proportions",
      "ss_two_proportions",
      "Two proportions, each arm's participants",
      "reprise stats samplesize two-proportions --p1 0.60 --p2 0.75 --power 0.8 --dropout 0.1",
      {{"p1", "--p1", "", "Expected proportion in arm 1"},
       {"p2", "--p2", "", "Expected proportion in arm 2"},
       Alpha(),
       Sides(),
       Power(),
       Ratio(),
       {"method", "--method", "pooled",
        "pooled, unpooled, pooled_cc, arcsine, exact_chisq or exact_fisher"}},
      "So many participants with an observed outcome are needed in each arm for the stated chance "
      "(power) of a significant result, if the proportions are as assumed.",
      "power",
      kPowers,
      false,
      "n1_ceil",
      {"n1", "n2"}};
}

SampleSizeKind PowerTwoProportions() {
  return {
      "power-two-proportions",
      "ss_power_two_proportions",
      "Power of given arms for two proportions",
      "reprise stats samplesize power-two-proportions --n1 120 --n2 120 --p1 0.60 --p2 0.75",
      {{"n1", "--n1", "", "Participants in arm 1"},
       {"n2", "--n2", "", "Participants in arm 2"},
       {"p1", "--p1", "", "Expected proportion in arm 1"},
       {"p2", "--p2", "", "Expected proportion in arm 2"},
       Alpha()},
      "The exact values count every possible result; where they differ from the formula, believe "
      "them.",
      "p2",
      {0.9, 0.95, 1, 1.05, 1.1},
      true,
      "power_exact_chisq",
      {}};
}

SampleSizeKind LogRank() {
  return {
      "logrank",
      "ss_logrank",
      "Time to an event, log-rank test: events and participants",
      "reprise stats samplesize logrank --hr 1.4 --p1 0.60 --p2 0.75",
      {{"hr_arm2_vs_arm1", "--hr,--hr-arm2-vs-arm1", "", "Hazard ratio, arm 2 against arm 1"},
       Alpha(),
       Sides(),
       Power(),
       Ratio(),
       {"event_prob_arm1", "--p1,--event-prob-arm1", "", "Probability of an observed event, arm 1"},
       {"event_prob_arm2", "--p2,--event-prob-arm2", "",
        "Probability of an observed event, arm 2"}},
      "The trial ends when the events are there; the participants are those of both arms together "
      "from which that many events can be expected.",
      "power",
      kPowers,
      false,
      "n_total_ceil",
      {"n_total_schoenfeld"}};
}

SampleSizeKind Means() {
  return {
      "means",
      "ss_means",
      "A difference of means: z, exact t, with a baseline (ANCOVA)",
      "reprise stats samplesize means --delta 5 --sd 12 --baseline-corr 0.5",
      {{"delta", "--delta", "", "Difference of means to be shown"},
       {"sd", "--sd", "", "Standard deviation within an arm"},
       Alpha(),
       Power(),
       Ratio(),
       {"baseline_corr", "--baseline-corr", "0", "Correlation of outcome and baseline"}},
      "n1_t_ceil participants in arm 1 (arm 2: times the ratio); with the baseline in the analysis "
      "n1_ancova_z suffice.",
      "power",
      kPowers,
      false,
      "n1_t_ceil",
      {"n1_t_exact"}};
}

SampleSizeKind Reestimation() {
  return {
      "reestimation",
      "ss_reestimation",
      "Size of the main trial from a pilot's standard deviation",
      "reprise stats samplesize reestimation --pilot-sd 12 --pilot-n 40 --pilot-df 38 --delta 5",
      {{"pilot_sd_pooled", "--pilot-sd,--pilot-sd-pooled", "",
        "Pooled standard deviation of the pilot"},
       {"pilot_n_total", "--pilot-n,--pilot-n-total", "", "Participants of the pilot"},
       {"pilot_df", "--pilot-df", "", "Its degrees of freedom (participants - arms)"},
       {"delta", "--delta", "", "Difference of means to be shown; never the pilot's own"},
       Alpha(),
       Power(),
       {"ucl_level", "--ucl-level", "0.8", "Confidence of Browne's upper limit"}},
      "A pilot's standard deviation is itself uncertain: plan with Browne's or Julious' size, not "
      "with the naive one.",
      "power",
      kPowers,
      false,
      "n_arm_julious_nct",
      {}};
}

SampleSizeKind SteppedWedge() {
  return {
      "stepped-wedge",
      "ss_stepped_wedge",
      "Power of a stepped wedge",
      "reprise stats samplesize stepped-wedge --clusters 9 --periods 4 --clusters-per-step 3 "
      "--n-per-cluster-period 8 --icc 0.02 --effect 0.45",
      {{"clusters", "--clusters", "", "Clusters"},
       {"periods", "--periods", "", "Periods, the first without intervention"},
       {"clusters_per_step", "--clusters-per-step", "", "Clusters that cross over at each step"},
       {"n_per_cluster_period", "--n-per-cluster-period", "",
        "Participants per cluster and period"},
       {"icc", "--icc", "", "Intra-cluster correlation, as a proportion"},
       {"total_variance", "--total-variance", "1", "Variance of one participant's outcome"},
       {"effect", "--effect", "", "Effect to be shown, in units of the outcome"},
       Alpha()},
      "var_theta is the variance of the estimated effect; power is two-sided.",
      "n_per_cluster_period",
      kMultiples,
      true,
      "power",
      {}};
}

SampleSizeKind Inflation() {
  return {"inflation",
          "ss_inflation",
          "Dropout and clustering: inflate, then round",
          "reprise stats samplesize inflation --n-per-arm 151.87 --dropout 0.1 --icc 0.02 "
          "--mean-cluster-size 20",
          {{"n_per_arm", "--n-per-arm", "", "Participants per arm before inflation, unrounded"},
           {"dropout", "--dropout", "0", "Share without an outcome, as a proportion"},
           {"icc", "--icc", "0", "Intra-cluster correlation"},
           {"mean_cluster_size", "--mean-cluster-size", "1", "Mean cluster size"},
           {"cv_cluster_size", "--cv-cluster-size", "0",
            "Coefficient of variation of the cluster size"}},
          "So many participants must be recruited per arm for the needed ones to be analysed.",
          "dropout",
          {0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3},
          false,
          "n_per_arm_ceil",
          {}};
}

SampleSizeKind EventProbability() {
  return {"event-probability",
          "ss_event_probability",
          "Probability of an event within the trial",
          "reprise stats samplesize event-probability --hazard 0.08 --accrual 12 --min-followup 12",
          {{"hazard", "--hazard", "", "Hazard per unit of time (months: per month)"},
           {"accrual", "--accrual", "", "Length of recruitment, same unit"},
           {"min_followup", "--min-followup", "", "Follow-up of the last participant, same unit"}},
          "Use it as --p1 or --p2 of logrank.",
          "min_followup",
          kMultiples,
          true,
          "event_prob",
          {}};
}

SampleSizeKind AssuranceNormal() {
  return {"assurance-normal",
          "ss_assurance_normal",
          "Assurance with a normal prior for the effect",
          "reprise stats samplesize assurance-normal --prior-mean 5 --prior-sd 3 --sigma 14 "
          "--n-per-arm 120",
          {{"prior_mean", "--prior-mean", "", "Expected effect"},
           {"prior_sd", "--prior-sd", "", "Its uncertainty, as standard deviation"},
           {"sigma", "--sigma", "", "Standard deviation of one participant's outcome"},
           {"n_per_arm", "--n-per-arm", "", "Participants per arm"},
           {"alpha_one_sided", "--alpha", "0.025", "One-sided error level"}},
          "Assurance is the chance of success all in all, not only if the effect is as expected.",
          "n_per_arm",
          kMultiples,
          true,
          "assurance",
          {}};
}

SampleSizeKind AssuranceBeta() {
  return {"assurance-beta",
          "ss_assurance_beta",
          "Assurance with beta priors for two proportions",
          "reprise stats samplesize assurance-beta --ctl-a 12 --ctl-b 8 --trt-a 15 --trt-b 5 "
          "--n-per-arm 150",
          {{"ctl_beta_a", "--ctl-a,--ctl-beta-a", "", "Control: prior successes"},
           {"ctl_beta_b", "--ctl-b,--ctl-beta-b", "", "Control: prior failures"},
           {"trt_beta_a", "--trt-a,--trt-beta-a", "", "Treatment: prior successes"},
           {"trt_beta_b", "--trt-b,--trt-beta-b", "", "Treatment: prior failures"},
           {"n_per_arm", "--n-per-arm", "", "Participants per arm"},
           Alpha("alpha_two_sided")},
          "Assurance is the chance of a significant result in favour of treatment, all in all.",
          "n_per_arm",
          kMultiples,
          true,
          "assurance_favouring_treatment",
          {}};
}

}  // namespace

std::vector<SampleSizeKind> SampleSizeKinds() {
  return {TwoProportions(),  PowerTwoProportions(), LogRank(),   Means(),
          Reestimation(),    SteppedWedge(),        Inflation(), EventProbability(),
          AssuranceNormal(), AssuranceBeta()};
}

std::vector<SampleSizeFlag> InflationFlags() {
  std::vector<SampleSizeFlag> flags = Inflation().flags;
  flags.erase(flags.begin());  // the size comes from the kind
  return flags;
}

}  // namespace reprise::cli
