// SPDX-License-Identifier: Apache-2.0
#include <functional>
#include <map>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"

#include "clients/cli/offline/curves/batch_row.h"
#include "clients/cli/offline/curves/cohorts.h"
#include "clients/cli/offline/curves/families.h"
#include "services/phase/domain/survival/cox.h"
#include "services/phase/domain/survival/cumulative_incidence.h"
#include "services/phase/domain/survival/gray.h"
#include "services/phase/domain/survival/kaplan_meier.h"
#include "services/phase/domain/survival/log_rank.h"
#include "services/phase/domain/survival/restricted_mean.h"
#include "services/platform/status.h"

namespace reprise::cli {
namespace {

using Answer = std::function<absl::StatusOr<Cells>(const CurveRow&, const Cohort&)>;

absl::StatusOr<const Cohort*> CohortOf(const CurveRow& row, const Cohorts& cohorts) {
  const auto found = cohorts.find(row.Text("dataset"));
  if (found == cohorts.end()) {
    return row.Refuse("dataset", "DATASET_UNKNOWN", "The derived table has no such dataset.");
  }
  return &found->second;
}

// A family whose rows ask about cohorts of the derived table.
Family FamilyOfCohorts(std::string name, Cells inputs, Cells outputs, Answer answer) {
  auto run = [inputs, answer = std::move(answer)](
                 const text::CsvTable& input,
                 const BatchOptions& options) -> absl::StatusOr<std::vector<Cells>> {
    REPRISE_RETURN_IF_ERROR(CheckColumns(input, inputs));
    REPRISE_ASSIGN_OR_RETURN(const Cohorts cohorts, ReadCohorts(options.derived, kSustainedReturn));
    std::vector<Cells> rows;
    for (size_t i = 0; i < input.rows.size(); ++i) {
      const CurveRow row(input, i);
      REPRISE_ASSIGN_OR_RETURN(const Cohort* const cohort, CohortOf(row, cohorts));
      REPRISE_ASSIGN_OR_RETURN(rows.emplace_back(), answer(row, *cohort));
    }
    return rows;
  };
  return {.name = std::move(name),
          .inputs = std::move(inputs),
          .outputs = std::move(outputs),
          .run = std::move(run)};
}

absl::Status GroupUnknown(const CurveRow& row, const Cohort& cohort) {
  return row.Refuse("group", "GROUP_UNKNOWN",
                    absl::StrCat("A group of this dataset is 'all' or one of its arms: ",
                                 absl::StrJoin(cohort.arms, ", "), "."));
}

absl::StatusOr<std::vector<survival::Observation>> GroupOf(const CurveRow& row,
                                                           const Cohort& cohort) {
  if (!cohort.HasGroup(row.Text("group"))) return GroupUnknown(row, cohort);
  return cohort.Group(row.Text("group"));
}

absl::StatusOr<double> TimeOf(const CurveRow& row) {
  REPRISE_ASSIGN_OR_RETURN(const double time, row.Number("time"));
  if (time < 0) return row.Refuse("time", "TIME_NEGATIVE", "A time is 0 or more days.");
  return time;
}

absl::StatusOr<survival::IntervalKind> IntervalKindOf(const CurveRow& row) {
  const std::string& kind = row.Text("conf_type");
  if (kind == "plain") return survival::IntervalKind::kPlain;
  if (kind == "log") return survival::IntervalKind::kLog;
  if (kind == "log-log") return survival::IntervalKind::kLogLog;
  return row.Refuse("conf_type", "INTERVAL_UNKNOWN", "A conf_type is plain, log or log-log.");
}

absl::StatusOr<Cells> KaplanMeierRow(const CurveRow& row, const Cohort& cohort) {
  REPRISE_ASSIGN_OR_RETURN(const auto group, GroupOf(row, cohort));
  REPRISE_ASSIGN_OR_RETURN(const auto kind, IntervalKindOf(row));
  REPRISE_ASSIGN_OR_RETURN(const auto curve, survival::KaplanMeier::Fit(group));
  const std::string& quantity = row.Text("quantity");
  if (quantity == "surv") {
    REPRISE_ASSIGN_OR_RETURN(const double time, TimeOf(row));
    const survival::SurvivalAt at = curve.At(time, kind);
    return Cells{CountCell(at.at_risk), CountCell(at.cumulative_events),
                 Cell(at.survival),     Cell(at.standard_error),
                 Cell(at.lower),        Cell(at.upper)};
  }
  absl::string_view percent = quantity;
  int level = 0;
  if (!absl::ConsumePrefix(&percent, "quantile_") || !absl::SimpleAtoi(percent, &level) ||
      level < 1 || level > 99) {
    return row.Refuse("quantity", "QUANTITY_UNKNOWN",
                      "A quantity is surv or quantile_N with N from 1 to 99.");
  }
  const survival::SurvivalQuantile quantile = curve.Quantile(level / 100.0, kind);
  return Cells{"", "", Cell(quantile.time), "", Cell(quantile.lower), Cell(quantile.upper)};
}

absl::StatusOr<Cells> CumulativeIncidenceRow(const CurveRow& row, const Cohort& cohort) {
  REPRISE_ASSIGN_OR_RETURN(const auto group, GroupOf(row, cohort));
  REPRISE_ASSIGN_OR_RETURN(const double time, TimeOf(row));
  REPRISE_ASSIGN_OR_RETURN(const auto curve, survival::CumulativeIncidence::Fit(group));
  REPRISE_ASSIGN_OR_RETURN(const auto naive, survival::KaplanMeier::Fit(group));
  const survival::IncidenceAt at = curve.At(time);
  std::optional<double> biased = naive.At(time, survival::IntervalKind::kPlain).survival;
  if (biased.has_value()) biased = 1 - *biased;
  return Cells{Cell(at.event), Cell(at.standard_error), Cell(at.competing), Cell(at.neither),
               Cell(biased),   Cell(at.lower),          Cell(at.upper)};
}

// Empty where tau lies after the last observed time, of each arm where arms are concerned.
absl::StatusOr<std::optional<survival::RestrictedMean>> MeanOf(const CurveRow& row,
                                                               const Cohort& cohort,
                                                               absl::string_view group) {
  REPRISE_ASSIGN_OR_RETURN(const double tau, row.Number("tau"));
  REPRISE_ASSIGN_OR_RETURN(const auto curve, survival::KaplanMeier::Fit(cohort.Group(group)));
  auto mean = survival::RestrictedMeanOf(curve, tau);
  if (!mean.ok()) return row.In("tau", mean.status());
  if (group != kEverybody && tau > cohort.SharedHorizon()) mean->reset();
  return mean;
}

Cells MeanCells(const std::optional<survival::RestrictedMean>& mean, const std::string& lost) {
  if (!mean.has_value()) return Cells(5);
  return Cells{Cell(mean->days), Cell(mean->standard_error), Cell(mean->lower), Cell(mean->upper),
               lost};
}

absl::StatusOr<Cells> RestrictedMeanRow(const CurveRow& row, const Cohort& cohort) {
  const std::string& group = row.Text("group");
  if (cohort.HasGroup(group)) {
    REPRISE_ASSIGN_OR_RETURN(const auto mean, MeanOf(row, cohort, group));
    if (!mean.has_value()) return MeanCells(mean, "");
    REPRISE_ASSIGN_OR_RETURN(const double tau, row.Number("tau"));
    return MeanCells(mean, Cell(tau - mean->days));
  }
  // A difference is named FIRST-SECOND; arms may have a hyphen of their own.
  for (const std::string& first : cohort.arms) {
    for (const std::string& second : cohort.arms) {
      if (first == second || group != absl::StrCat(first, "-", second)) continue;
      REPRISE_ASSIGN_OR_RETURN(const auto a, MeanOf(row, cohort, first));
      REPRISE_ASSIGN_OR_RETURN(const auto b, MeanOf(row, cohort, second));
      if (!a.has_value() || !b.has_value()) return Cells(5);
      return MeanCells(survival::Difference(*a, *b), "");
    }
  }
  return GroupUnknown(row, cohort);
}

std::optional<std::string> LogRankQuantity(absl::string_view quantity, const Cohort& cohort,
                                           const survival::LogRank& plain,
                                           const survival::LogRank& stratified) {
  if (quantity == "logrank_chisq") return Cell(plain.test.chi_square);
  if (quantity == "logrank_p") return Cell(plain.test.p);
  if (quantity == "logrank_strat_centre_chisq") return Cell(stratified.test.chi_square);
  if (quantity == "logrank_strat_centre_p") return Cell(stratified.test.p);
  for (size_t arm = 0; arm < cohort.arms.size(); ++arm) {
    const std::string& name = cohort.arms[arm];
    if (quantity == absl::StrCat("logrank_obs_", name)) return Cell(plain.observed[arm]);
    if (quantity == absl::StrCat("logrank_exp_", name)) return Cell(plain.expected[arm]);
    if (quantity == absl::StrCat("logrank_var_", name)) return Cell(plain.variance[arm]);
  }
  return std::nullopt;
}

absl::StatusOr<std::optional<std::string>> OtherQuantity(absl::string_view quantity,
                                                         const Cohort& cohort) {
  const int arms = static_cast<int>(cohort.arms.size());
  if (quantity == "gray_srtw_chisq" || quantity == "gray_srtw_p") {
    REPRISE_ASSIGN_OR_RETURN(const auto gray, survival::GrayTest(cohort.members, arms));
    return std::optional(Cell(absl::EndsWith(quantity, "_p") ? gray.p : gray.chi_square));
  }
  const bool efron = absl::ConsumePrefix(&quantity, "cox_efron_");
  if (!efron && !absl::ConsumePrefix(&quantity, "cox_breslow_"))
    return std::optional<std::string>();
  if (quantity != "loghr" && quantity != "se") return std::optional<std::string>();
  if (arms != 2) return std::optional<std::string>("");
  REPRISE_ASSIGN_OR_RETURN(
      const auto ratio, survival::CoxTwoGroups(cohort.members, efron ? survival::Ties::kEfron
                                                                     : survival::Ties::kBreslow));
  if (!ratio.has_value()) return std::optional<std::string>("");
  return std::optional(Cell(quantity == "se" ? ratio->standard_error : ratio->log_ratio));
}

absl::StatusOr<Cells> TestRow(const CurveRow& row, const Cohort& cohort) {
  std::vector<survival::Member> unstratified = cohort.members;
  for (survival::Member& member : unstratified) member.stratum = 0;
  const int arms = static_cast<int>(cohort.arms.size());
  REPRISE_ASSIGN_OR_RETURN(const auto plain, survival::LogRankOf(unstratified, arms));
  REPRISE_ASSIGN_OR_RETURN(const auto stratified, survival::LogRankOf(cohort.members, arms));
  const std::string& quantity = row.Text("quantity");
  auto cell = LogRankQuantity(quantity, cohort, plain, stratified);
  if (!cell.has_value()) {
    REPRISE_ASSIGN_OR_RETURN(cell, OtherQuantity(quantity, cohort));
  }
  if (cell.has_value()) return Cells{*cell};
  return row.Refuse("quantity", "QUANTITY_UNKNOWN",
                    "A quantity is logrank_{chisq,p}, logrank_{obs,exp,var}_ARM, "
                    "logrank_strat_centre_{chisq,p}, cox_{efron,breslow}_{loghr,se} or "
                    "gray_srtw_{chisq,p}.");
}

}  // namespace

std::vector<Family> SurvivalFamilies() {
  return {FamilyOfCohorts("rtw_km", {"dataset", "group", "conf_type", "quantity", "time"},
                          {"n_risk", "cum_events", "estimate", "std_err", "lower", "upper"},
                          &KaplanMeierRow),
          FamilyOfCohorts("rtw_tests", {"dataset", "quantity"}, {"expected"}, &TestRow),
          FamilyOfCohorts("rtw_cuminc", {"dataset", "group", "time"},
                          {"cif_srtw", "se_delta", "cif_competing", "prob_neither",
                           "one_minus_km_biased", "lower_cloglog", "upper_cloglog"},
                          &CumulativeIncidenceRow),
          FamilyOfCohorts("rtw_rmst", {"dataset", "group", "tau"},
                          {"rmst", "se", "lower", "upper", "rmtl"}, &RestrictedMeanRow)};
}

}  // namespace reprise::cli
