// SPDX-License-Identifier: Apache-2.0
#include "clients/cli/offline/curves/curve_report.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"

#include "clients/cli/offline/curves/cohorts.h"
#include "clients/cli/offline/curves/text_plot.h"
#include "services/phase/domain/survival/cumulative_incidence.h"
#include "services/phase/domain/survival/kaplan_meier.h"
#include "services/phase/domain/survival/restricted_mean.h"
#include "services/platform/error/error.h"
#include "services/platform/status.h"

namespace reprise::cli {
namespace {

using Mean = std::optional<survival::RestrictedMean>;

// A question whose every part was found to make sense.
struct Asked {
  const Cohort& cohort;
  survival::IntervalKind kind;
  std::vector<double> times;
  std::optional<double> tau;
};

// A number, or a dash where there is none.
std::string Shown(const std::optional<double>& value, const char* format) {
  if (!value.has_value()) return "-";
  return absl::StrFormat(*absl::ParsedFormat<'f'>::New(format), *value);
}

std::string Interval(const std::optional<double>& lower, const std::optional<double>& upper,
                     const char* format) {
  return absl::StrCat(Shown(lower, format), " to ", Shown(upper, format));
}

// Days of the tables where none were asked for: six steps of a round length.
std::vector<double> EvenTimes(double last) {
  double step = 1;
  for (const double round : {1.0, 2.0, 5.0, 7.0, 14.0, 30.0, 60.0, 90.0, 180.0, 365.0}) {
    step = round;
    if (6 * round >= last) break;
  }
  std::vector<double> times;
  for (double time = step; time <= last && times.size() < 24; time += step) times.push_back(time);
  if (times.empty()) times.push_back(last);
  return times;
}

std::string IncidenceTable(const survival::CumulativeIncidence& curve,
                           const std::vector<double>& times) {
  std::string text = "      day  at risk   share    95 % interval   competing   neither\n";
  for (const double time : times) {
    const survival::IncidenceAt at = curve.At(time);
    const std::string day = absl::StrFormat("  %7g  %6d", time, at.at_risk);
    if (at.at_risk == 0 && time > curve.steps().back().moment.time) {
      absl::StrAppend(&text, day, "    after the last observed day\n");
      continue;
    }
    absl::StrAppend(
        &text, day, at.at_risk < kFewAtRisk ? "*" : " ",
        absl::StrFormat("%9.3f  %17s  %8.3f  %8.3f\n", *at.event,
                        Interval(at.lower, at.upper, "%.3f"), *at.competing, *at.neither));
  }
  return text;
}

std::string SurvivalTable(const survival::KaplanMeier& curve, const Asked& asked) {
  std::string text = "      day  at risk   events   S          95 % interval\n";
  for (const double time : asked.times) {
    const survival::SurvivalAt at = curve.At(time, asked.kind);
    if (time > *curve.last_time()) continue;
    absl::StrAppend(&text,
                    absl::StrFormat("  %7g  %6d%s %7d  %7.3f  %17s\n", time, at.at_risk,
                                    at.at_risk < kFewAtRisk ? "*" : " ", at.cumulative_events,
                                    *at.survival, Interval(at.lower, at.upper, "%.3f")));
  }
  for (const double p : {0.25, 0.5, 0.75}) {
    const survival::SurvivalQuantile quantile = curve.Quantile(p, asked.kind);
    absl::StrAppend(
        &text, absl::StrFormat("  %2.0f %% by day %s (%s)\n", 100 * p, Shown(quantile.time, "%.1f"),
                               Interval(quantile.lower, quantile.upper, "%.1f")));
  }
  return text;
}

std::string MeanLine(const survival::RestrictedMean& mean, double tau) {
  return absl::StrFormat(
      "  within %g days: %.1f days without the event on average (%.1f to %.1f), %.1f days gained\n",
      tau, mean.days, mean.lower, mean.upper, tau - mean.days);
}

absl::StatusOr<std::string> Part(const Asked& asked, const std::string& group, Mean& mean) {
  const auto observations = asked.cohort.Group(group);
  int64_t ends[3] = {0, 0, 0};
  for (const auto& observation : observations) ++ends[static_cast<int>(observation.outcome)];
  std::string text = absl::StrFormat(
      "%s: %d participants; %d had the event, %d a competing event, %d were censored.\n",
      group == kEverybody ? "Everybody" : absl::StrCat("Arm ", group), observations.size(), ends[1],
      ends[2], ends[0]);
  if (observations.empty()) return text + "\nNobody is at risk, so there is no curve.\n\n";
  REPRISE_ASSIGN_OR_RETURN(const auto incidence, survival::CumulativeIncidence::Fit(observations));
  REPRISE_ASSIGN_OR_RETURN(const auto curve, survival::KaplanMeier::Fit(observations));
  absl::StrAppend(&text, "\nShare who have had the event (Aalen-Johansen)\n",
                  IncidenceTable(incidence, asked.times), "\n",
                  TextPlot(*curve.last_time(), [&incidence](double day) {
                    const survival::IncidenceAt at = incidence.At(day);
                    return PlotPoint{.height = *at.event, .at_risk = at.at_risk};
                  }));
  absl::StrAppend(&text,
                  "\nKaplan-Meier, cause-specific: competing events count as censored. Biased "
                  "upwards\nwhen 1 - S is read as a share of participants; take the share above.\n",
                  SurvivalTable(curve, asked));
  if (asked.tau.has_value()) {
    REPRISE_ASSIGN_OR_RETURN(mean, survival::RestrictedMeanOf(curve, *asked.tau));
    if (mean.has_value()) text += MeanLine(*mean, *asked.tau);
  }
  return text + "\n";
}

absl::StatusOr<survival::IntervalKind> KindOf(const std::string& name) {
  if (name == "plain") return survival::IntervalKind::kPlain;
  if (name == "log") return survival::IntervalKind::kLog;
  if (name == "log-log") return survival::IntervalKind::kLogLog;
  return error::InvalidField("--interval", "INTERVAL_UNKNOWN",
                             "An interval is plain, log or log-log.");
}

absl::StatusOr<std::string> DatasetOf(const Cohorts& cohorts, const std::string& asked) {
  if (cohorts.count(asked) > 0) return asked;
  if (asked.empty() && cohorts.size() == 1) return cohorts.begin()->first;
  return error::InvalidField("--dataset", "DATASET_UNKNOWN",
                             absl::StrCat("The table has these datasets: ",
                                          absl::StrJoin(cohorts, ", ",
                                                        [](std::string* out, const auto& entry) {
                                                          absl::StrAppend(out, entry.first);
                                                        }),
                                          "."));
}

double LastTime(const Cohort& cohort) {
  double last = 0;
  for (const auto& member : cohort.members) last = std::max(last, member.observation.time);
  return last;
}

absl::Status CheckDays(const CurveQuestion& question, const Cohort& cohort) {
  for (const double time : question.times) {
    if (!std::isfinite(time) || time < 0) {
      return error::InvalidField("--times", "TIME_NEGATIVE", "A time is 0 or more days.");
    }
  }
  if (!question.tau.has_value()) return absl::OkStatus();
  const double last = question.by_arm ? cohort.SharedHorizon() : LastTime(cohort);
  if (*question.tau <= last && *question.tau > 0) return absl::OkStatus();
  if (!std::isfinite(*question.tau) || *question.tau <= 0) {
    return error::InvalidField("--tau", "HORIZON_INVALID", "The horizon is above 0 days.");
  }
  return error::InvalidField(
      "--tau", "HORIZON_TOO_FAR",
      absl::StrFormat("Observation ends on day %g%s; the mean is not known beyond it.", last,
                      question.by_arm ? " in one of the arms" : ""));
}

}  // namespace

absl::StatusOr<std::string> CurveReport(const text::CsvTable& derived,
                                        const CurveQuestion& question) {
  const auto endpoints = EndpointsOf(derived);
  if (std::find(endpoints.begin(), endpoints.end(), question.endpoint) == endpoints.end()) {
    return error::InvalidField(
        "--endpoint", "ENDPOINT_UNKNOWN",
        absl::StrCat("The table has these endpoints: ", absl::StrJoin(endpoints, ", "), "."));
  }
  REPRISE_ASSIGN_OR_RETURN(const auto kind, KindOf(question.interval));
  REPRISE_ASSIGN_OR_RETURN(const Cohorts cohorts, ReadCohorts(derived, question.endpoint));
  REPRISE_ASSIGN_OR_RETURN(const std::string dataset, DatasetOf(cohorts, question.dataset));
  const Cohort& cohort = cohorts.at(dataset);
  REPRISE_RETURN_IF_ERROR(CheckDays(question, cohort));
  const Asked asked{.cohort = cohort,
                    .kind = kind,
                    .times = question.times.empty() ? EvenTimes(LastTime(cohort)) : question.times,
                    .tau = question.tau};
  std::string text = absl::StrCat("Endpoint ", question.endpoint, ", dataset ", dataset,
                                  ", days since the start of its clock.\n");
  if (cohort.not_at_risk > 0) {
    absl::StrAppend(&text, cohort.not_at_risk, " more whose clock has not started are left out.\n");
  }
  text += "\n";
  std::map<std::string, Mean> means;
  for (const std::string& group :
       question.by_arm ? cohort.arms : std::vector<std::string>{kEverybody}) {
    REPRISE_ASSIGN_OR_RETURN(const std::string part, Part(asked, group, means[group]));
    text += part;
  }
  if (question.by_arm && cohort.arms.size() == 2) {
    const auto& [first, second] = std::pair(means[cohort.arms[0]], means[cohort.arms[1]]);
    if (first.has_value() && second.has_value()) {
      const auto gained = survival::Difference(*first, *second);
      absl::StrAppend(&text, absl::StrFormat("Days gained in arm %s against arm %s within %g days: "
                                             "%.1f (%.1f to %.1f)\n",
                                             cohort.arms[1], cohort.arms[0], *asked.tau,
                                             gained.days, gained.lower, gained.upper));
    }
  }
  absl::StrAppend(&text, "Intervals are 95 %. * and : mark fewer than ", kFewAtRisk,
                  " at risk. These are estimates; no arm is tested against another.\n");
  return text;
}

}  // namespace reprise::cli
