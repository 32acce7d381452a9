// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "absl/strings/str_cat.h"

#include "clients/cli/offline/stats/planning_family.h"
#include "clients/cli/offline/stats/recruitment_input.h"
#include "services/cohort/domain/statistics/errors.h"
#include "services/cohort/domain/statistics/forecast.h"
#include "services/cohort/domain/statistics/rate_estimation.h"
#include "services/platform/status.h"
#include "services/platform/text/number.h"

namespace reprise::cli {
namespace {

error::Violation DelayMalformed(size_t centre) {
  const std::string path = absl::StrCat("open_delay[", centre + 1, "]");
  return {.path = path,
          .reason = "NUMBER_MALFORMED",
          .message = absl::StrCat("In ", path, ": a number, or 'closed', is required.")};
}

absl::StatusOr<statistics::Recruitment> ReadRecruitment(BatchRow& row) {
  statistics::Recruitment recruitment{
      .prior = {.alpha = row.Number("alpha"), .beta = row.Number("beta")},
      .centres = {},
      .target_remaining = row.Whole("target_remaining")};
  REPRISE_ASSIGN_OR_RETURN(recruitment.centres, ReadCentres(row));
  return recruitment;
}

absl::StatusOr<Answer> Counts(BatchRow& row) {
  const double horizon = row.Number("horizon");
  REPRISE_ASSIGN_OR_RETURN(const auto recruitment, ReadRecruitment(row));
  REPRISE_ASSIGN_OR_RETURN(const auto found, statistics::ForecastCount(recruitment, horizon));
  return Answer{.cells = {CellOf(found.mean), CellOf(found.variance), CountCell(found.q025),
                          CountCell(found.q05), CountCell(found.q10), CountCell(found.q50),
                          CountCell(found.q90), CountCell(found.q95), CountCell(found.q975),
                          CellOf(found.target_reached), CellOf(found.moment_match.target_reached),
                          CountCell(found.moment_match.q05), CountCell(found.moment_match.q95)},
                .provenance = {}};
}

absl::StatusOr<Answer> TimeToTarget(BatchRow& row) {
  REPRISE_ASSIGN_OR_RETURN(const auto recruitment, ReadRecruitment(row));
  REPRISE_ASSIGN_OR_RETURN(const auto found, statistics::ForecastTimeToTarget(recruitment));
  return Answer{.cells = {CellOf(found.p10), CellOf(found.p50), CellOf(found.p90)},
                .provenance = {}};
}

absl::StatusOr<Answer> MaximumLikelihood(BatchRow& row) {
  const std::vector<int64_t> recruited = row.Wholes("recruited");
  const std::vector<double> exposure = row.Numbers("exposure");
  REPRISE_RETURN_IF_ERROR(row.ToStatus());
  REPRISE_ASSIGN_OR_RETURN(const auto found, statistics::EstimateRates(recruited, exposure));
  const bool has = found.prior.has_value();
  return Answer{
      .cells = {has ? CellOf(found.prior->alpha) : "", has ? CellOf(found.prior->beta) : "",
                CellOf(found.negative_log_likelihood), CellOf(found.homogeneous_rate)},
      .provenance = {}};
}

}  // namespace

absl::StatusOr<std::vector<statistics::Centre>> ReadCentres(BatchRow& row) {
  const std::vector<int64_t> recruited = row.Wholes("recruited");
  const std::vector<double> exposure = row.Numbers("exposure");
  const std::vector<std::string> delays = row.Texts("open_delay");
  REPRISE_RETURN_IF_ERROR(row.ToStatus());
  statistics::Checks checks;
  if (exposure.size() != recruited.size()) {
    checks.Add(
        statistics::LengthMismatch("exposure", exposure.size(), "recruited", recruited.size()));
  }
  if (delays.size() != recruited.size()) {
    checks.Add(
        statistics::LengthMismatch("open_delay", delays.size(), "recruited", recruited.size()));
  }
  REPRISE_RETURN_IF_ERROR(checks.ToStatus());
  std::vector<statistics::Centre> centres;
  for (size_t i = 0; i < recruited.size(); ++i) {
    statistics::Centre centre{.recruited = static_cast<double>(recruited[i]),
                              .exposure = exposure[i]};
    centre.closed = delays[i] == "closed";
    const auto delay = text::ParseDouble(centre.closed ? "0" : delays[i], "open_delay");
    if (!delay.ok()) checks.Add(DelayMalformed(i));
    centre.open_delay = delay.value_or(0);
    centres.push_back(centre);
  }
  REPRISE_RETURN_IF_ERROR(checks.ToStatus());
  return centres;
}

std::vector<PlanningFamily> ForecastFamilies() {
  return {
      {"forecast_counts",
       {"case_id", "tag", "alpha", "beta", "recruited", "exposure", "open_delay", "horizon",
        "target_remaining"},
       {"mean", "variance", "q025", "q05", "q10", "q50", "q90", "q95", "q975", "P_target_reached",
        "P_target_nb_moment_match", "q05_nb_moment_match", "q95_nb_moment_match"},
       Counts},
      {"forecast_ml",
       {"case_id", "recruited", "exposure"},
       {"alpha_ml", "beta_ml", "neg_loglik", "homogeneous_rate"},
       MaximumLikelihood},
      {"forecast_time_to_target",
       {"case_id", "tag", "alpha", "beta", "recruited", "exposure", "open_delay",
        "target_remaining"},
       {"T10", "T50", "T90"},
       TimeToTarget},
  };
}

}  // namespace reprise::cli
