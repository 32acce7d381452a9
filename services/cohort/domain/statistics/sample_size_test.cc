// SPDX-License-Identifier: Apache-2.0
#include "services/cohort/domain/statistics/sample_size.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "services/cohort/domain/statistics/sample_size_outcomes.h"
#include "services/platform/error/error.h"

namespace reprise::statistics {
namespace {

using Method = TwoProportionsMethod;

TEST(TwoProportionsTest, MeetsTheDesignPage) {
  // .60 -> .75 at 80 % and 90 %, two-sided 5 %: 152 and 203 per arm.
  EXPECT_EQ(Size(TwoProportions{.p1 = 0.6, .p2 = 0.75})->n1_ceil, 152);
  EXPECT_EQ(Size(TwoProportions{.p1 = 0.6, .p2 = 0.75, .power = 0.9})->n1_ceil, 203);
}

TEST(TwoProportionsTest, SymmetriesHold) {
  for (const Method method :
       {Method::kPooled, Method::kUnpooled, Method::kPooledCc, Method::kArcsine}) {
    const auto n1 = [&](double p1, double p2, double alpha, int64_t sides) {
      return *Size(TwoProportions{
                       .p1 = p1, .p2 = p2, .alpha = alpha, .sides = sides, .method = method})
                  ->n1;
    };
    const double plain = n1(0.3, 0.45, 0.05, 2);
    EXPECT_NEAR(n1(0.45, 0.3, 0.05, 2), plain, 1e-9 * plain) << "arms swapped";
    EXPECT_NEAR(n1(0.7, 0.55, 0.05, 2), plain, 1e-9 * plain) << "success and failure swapped";
    EXPECT_NEAR(n1(0.3, 0.45, 0.025, 1), plain, 1e-9 * plain) << "one side of half the level";
    EXPECT_GT(n1(0.3, 0.45, 1e-12, 2), 5 * plain) << "tiny level";
  }
}

TEST(InflationTest, InflatesBeforeRounding) {
  // 10.4 / 0.8 = 13; rounding first would give 11 / 0.8 -> 14.
  EXPECT_EQ(Inflate({.n_per_arm = 10.4, .dropout = 0.2})->n_per_arm_ceil, 13);
  EXPECT_EQ(Inflate({.n_per_arm = 120, .dropout = 0.2, .icc = 0.02, .mean_cluster_size = 20})
                ->n_per_arm_ceil,
            207);
  EXPECT_EQ(Inflate({.n_per_arm = 100, .icc = -0.03, .mean_cluster_size = 20})->design_effect, 1);
}

TEST(LogRankTest, TheDirectionOfTheRatioDoesNotChangeTheEvents) {
  const auto one = Size(LogRank{.hazard_ratio = 1.4}),
             other = Size(LogRank{.hazard_ratio = 1 / 1.4});
  EXPECT_NEAR(*one->events_schoenfeld, *other->events_schoenfeld, 1e-9);
  EXPECT_EQ(std::ceil(*one->events_schoenfeld), 278);  // the design page
}

TEST(EventProbabilityTest, LimitsAreMet) {
  const auto of = [](double h, double a, double f) {
    return *ProbabilityOf(EventProbability{.hazard = h, .accrual = a, .min_followup = f})
                ->event_prob;
  };
  EXPECT_NEAR(of(0.1, 0, 5), 1 - std::exp(-0.5), 1e-15) << "no accrual";
  EXPECT_NEAR(of(0.1, 1e-7, 5), of(0.1, 0, 5), 1e-8);
  EXPECT_NEAR(of(1e-9, 12, 12), 18e-9, 1e-15) << "rare: hazard times mean follow-up";
  EXPECT_EQ(of(0.1, 0, 0), 0);
  for (const double reach : {0.9999e-4, 1.0001e-4}) {  // both sides of the series' end
    const double direct = 1 + std::expm1(-reach) / reach;
    EXPECT_NEAR(of(reach, 1, 0), direct, 1e-11);
  }
}

TEST(MeansTest, ExactIsAboveNormalAndSignsDoNotMatter) {
  const auto size = Size(Means{.delta = -5, .sd = 12, .ratio = 2});
  EXPECT_GT(*size->n1_t_exact, *size->n1_z);
  EXPECT_NEAR(*size->n1_t_exact, *Size(Means{.delta = 5, .sd = 12, .ratio = 2})->n1_t_exact, 1e-9);
  EXPECT_FALSE(size->n1_z_plus_guenther.has_value());
  EXPECT_EQ(*Size(Means{.delta = 50, .sd = 1})->n1_t_exact, 2) << "never fewer than two an arm";
  const auto small = Size(Means{.delta = 1e-5, .sd = 1});
  // At 80 % power the far tail, which the normal formula leaves out, is worth 2.4e-6 of n.
  EXPECT_NEAR(*small->n1_t_exact / *small->n1_z, 1, 3e-6);
  EXPECT_FALSE(Size(Means{.delta = 1e-200, .sd = 1e200})->n1_z.has_value()) << "no infinity leaves";
}

TEST(MeansTest, AbsurdInputEndsQuietly) {
  // Each of these once left the engine by an exception of the library below.
  for (const Means& huge :
       {Means{.delta = 0.1, .sd = 1e-12, .alpha = 0.8, .power = 0.999999999999999, .ratio = 1e6},
        Means{.delta = 1, .sd = 1e-5, .alpha = 0.9, .power = 0.999999, .ratio = 7}}) {
    EXPECT_EQ(Size(huge)->n1_t_exact, 2) << "the effect is beyond doubt with two in each arm";
  }
  const auto strict =
      Size(Means{.delta = 1e9, .sd = 0.1, .alpha = 1e-300, .power = 1e-12, .ratio = 0.1});
  ASSERT_TRUE(strict.ok());
  EXPECT_GE(strict->n1_t_exact.value_or(20), 20);
  EXPECT_TRUE(Size(Reestimation{.pilot_sd_pooled = 1e9,
                                .pilot_n_total = 5,
                                .pilot_df = 1,
                                .delta = 1e12,
                                .alpha = 1e-300,
                                .power = 0.9})
                  .ok());
}

TEST(ReestimationTest, MeetsTheDesignPage) {
  // 40 in the pilot: the 80 % limit multiplies n by 1.24, the 95 % limit by 1.53.
  const auto factor = [](double level) {
    const auto size = Size(Reestimation{.pilot_sd_pooled = 12,
                                        .pilot_n_total = 40,
                                        .pilot_df = 38,
                                        .delta = 5,
                                        .ucl_level = level});
    return *size->n_arm_browne_z / *size->n_arm_naive_z;
  };
  EXPECT_NEAR(factor(0.8), 1.24, 5e-3);
  EXPECT_NEAR(factor(0.95), 1.53, 5e-3);
}

TEST(AssuranceTest, CertaintyIsPower) {
  const NormalAssurance normal{.prior_mean = 5, .prior_sd = 0, .sigma = 14, .n_per_arm = 120};
  const auto sure = AssuranceOf(normal);
  EXPECT_NEAR(*sure->assurance, *sure->power_at_prior_mean, 1e-15);
  const BetaAssurance beta{.ctl_beta_a = 6e6,
                           .ctl_beta_b = 4e6,
                           .trt_beta_a = 7.5e6,
                           .trt_beta_b = 2.5e6,
                           .n_per_arm = 152};
  const auto power = PowerOf(TwoProportionsArms{.n1 = 152, .n2 = 152, .p1 = 0.6, .p2 = 0.75});
  EXPECT_NEAR(*AssuranceOf(beta)->assurance, *power->approx_pooled, 1e-5);
}

TEST(AssuranceTest, ManyParticipantsLeaveTheChanceThatTreatmentIsBetter) {
  // Uniform priors: 1/2 by symmetry; Beta(2,1) against uniform: E[t] = 2/3. Also where the density
  // has no bound: Beta(1/2, 1/2) against itself.
  const auto of = [](double ca, double cb, double ta, double tb) {
    return *AssuranceOf(BetaAssurance{.ctl_beta_a = ca,
                                      .ctl_beta_b = cb,
                                      .trt_beta_a = ta,
                                      .trt_beta_b = tb,
                                      .n_per_arm = 1e12})
                ->assurance;
  };
  EXPECT_NEAR(of(1, 1, 1, 1), 0.5, 1e-5);
  EXPECT_NEAR(of(1, 1, 2, 1), 2.0 / 3, 1e-5);
  EXPECT_NEAR(of(0.5, 0.5, 0.5, 0.5), 0.5, 1e-5);
}

TEST(SteppedWedgeTest, ADesignWithoutConcurrentControlsHasNoPower) {
  const auto power = PowerOf(SteppedWedge{.clusters = 4,
                                          .periods = 2,
                                          .clusters_per_step = 4,
                                          .n_per_cluster_period = 10,
                                          .icc = 0.05,
                                          .total_variance = 1,
                                          .effect = 0.4});
  ASSERT_TRUE(power.ok());
  EXPECT_FALSE(power->var_theta.has_value() || power->power.has_value());
}

TEST(SampleSizeTest, EveryResultTellsItsOrigin) {
  for (const Provenance& provenance :
       {Size(TwoProportions{.p1 = 0.6, .p2 = 0.75})->provenance,
        Size(LogRank{.hazard_ratio = 1.4})->provenance,
        Size(Means{.delta = 5, .sd = 12})->provenance, Inflate({.n_per_arm = 10})->provenance,
        ProbabilityOf(EventProbability{.hazard = 1, .accrual = 1, .min_followup = 1})
            ->provenance}) {
    EXPECT_NE(provenance.formula, "");
    EXPECT_NE(provenance.reference, "");
    EXPECT_NE(provenance.rounding, "");
    EXPECT_FALSE(provenance.assumptions.empty());
  }
}

TEST(SampleSizeTest, RefusesWhatCannotBeAndNamesTheField) {
  struct Case {
    const char* name;
    absl::Status status;
    const char* field;
    const char* reason;
  };
  const auto two = [](TwoProportions design) { return Size(design).status(); };
  const auto means = [](Means design) { return Size(design).status(); };
  for (const Case& bad :
       {Case{"percent", two({.p1 = 60, .p2 = 0.75}), "p1", "PROPORTION_AS_PERCENT"},
        Case{"equal", two({.p1 = 0.6, .p2 = 0.6}), "p1", "VALUES_EQUAL"},
        Case{"sides", two({.p1 = 0.6, .p2 = 0.7, .sides = 3}), "sides", "OUT_OF_RANGE"},
        Case{"power", two({.p1 = 0.6, .p2 = 0.7, .power = 80}), "power", "PROPORTION_AS_PERCENT"},
        Case{"ratio", two({.p1 = 0.6, .p2 = 0.7, .ratio = 0}), "ratio_n2_n1", "NOT_POSITIVE"},
        Case{"exact", two({.p1 = 0.6, .p2 = 0.601, .method = Method::kExactFisher}), "method",
             "EXACT_TOO_LARGE"},
        Case{"method", ParseTwoProportionsMethod("wald").status(), "method", "METHOD_UNKNOWN"},
        Case{"arms", PowerOf(TwoProportionsArms{.n1 = 0, .n2 = 5, .p1 = 0.1, .p2 = 0.2}).status(),
             "n1", "OUT_OF_RANGE"},
        Case{"hr", Size(LogRank{.hazard_ratio = 1}).status(), "hr_arm2_vs_arm1", "NO_EFFECT"},
        Case{"events", Size(LogRank{.hazard_ratio = 2, .event_prob_arm1 = 0}).status(),
             "event_prob_arm1", "NOT_POSITIVE"},
        Case{"delta", means({.delta = 0, .sd = 1}), "delta", "NO_EFFECT"},
        Case{"sd", means({.delta = 1, .sd = 0}), "sd", "NOT_POSITIVE"},
        Case{"corr", means({.delta = 1, .sd = 1, .baseline_corr = 1}), "baseline_corr",
             "OUT_OF_RANGE"},
        Case{"dropout", Inflate({.n_per_arm = 10, .dropout = 20}).status(), "dropout",
             "PROPORTION_AS_PERCENT"},
        Case{"dropout all", Inflate({.n_per_arm = 10, .dropout = 1}).status(), "dropout",
             "OUT_OF_RANGE"},
        Case{"steps",
             PowerOf(SteppedWedge{.clusters = 5,
             .periods = 4,
             .clusters_per_step = 2,
             .n_per_cluster_period = 1,
             .total_variance = 1,
             .effect = 1})
                 .status(),
             "clusters", "STEPS_MISMATCH"},
        Case{"df",
             Size(Reestimation{
                      .pilot_sd_pooled = 1, .pilot_n_total = 10, .pilot_df = 10, .delta = 1})
                 .status(),
             "pilot_df", "NOT_BELOW"},
        Case{"hazard", ProbabilityOf(EventProbability{.hazard = -1}).status(), "hazard",
             "NOT_POSITIVE"},
        Case{"prior",
             AssuranceOf(BetaAssurance{.ctl_beta_a = 1,
             .ctl_beta_b = 1,
             .trt_beta_a = 1,
             .trt_beta_b = 0,
             .n_per_arm = 5})
                 .status(),
             "trt_beta_b", "NOT_POSITIVE"}}) {
    const error::Detail detail = error::DetailOf(bad.status);
    ASSERT_FALSE(detail.violations.empty()) << bad.name;
    EXPECT_EQ(detail.violations[0].reason, bad.reason) << bad.name;
    EXPECT_EQ(detail.violations[0].path, bad.field) << bad.name;
    EXPECT_THAT(detail.violations[0].message, ::testing::HasSubstr(bad.field)) << bad.name;
  }
}

}  // namespace
}  // namespace reprise::statistics
