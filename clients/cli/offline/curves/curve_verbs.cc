// SPDX-License-Identifier: Apache-2.0
#include "clients/cli/offline/curves/curve_verbs.h"

#include <memory>
#include <string>

#include "clients/cli/files.h"
#include "clients/cli/offline/curves/curve_report.h"
#include "clients/cli/offline/curves/monitor_report.h"
#include "services/platform/status.h"
#include "services/platform/text/csv.h"

namespace reprise::cli {
namespace {

absl::StatusOr<text::CsvTable> ReadTable(const std::string& path) {
  REPRISE_ASSIGN_OR_RETURN(const std::string bytes, ReadFile(path));
  return text::ParseCsv(bytes, path);
}

struct CurveOptions {
  std::string derived;
  std::string out = "-";
  double tau = 0;
  CurveQuestion question;
};

void AddCurve(Cli& cli, CLI::App& stats) {
  auto options = std::make_shared<CurveOptions>();
  CLI::App* verb = stats.add_subcommand(
      "curve", "Curve of return to work with competing events, numbers at risk and intervals");
  verb->add_option("--derived", options->derived,
                   "CSV of derived endpoints: dataset, arm, centre, NAME_time, NAME_status")
      ->required();
  verb->add_option("--dataset", options->question.dataset, "dataset, where the file has several");
  verb->add_option("--endpoint", options->question.endpoint, "NAME of the endpoint")
      ->capture_default_str();
  verb->add_flag("--by-arm", options->question.by_arm,
                 "one curve an arm; not for people who must stay blind");
  verb->add_option("--times", options->question.times, "days of the tables, 60,120,365")
      ->delimiter(',');
  verb->add_option("--interval", options->question.interval,
                   "of Kaplan-Meier: plain, log or log-log")
      ->capture_default_str();
  const CLI::Option* tau =
      verb->add_option("--tau", options->tau, "add the mean days without the event up to this day");
  verb->add_option("--out", options->out, "file to write, - for the screen")->capture_default_str();
  cli.OnRun(verb, [options, tau]() -> absl::Status {
    if (tau->count() > 0) options->question.tau = options->tau;
    REPRISE_ASSIGN_OR_RETURN(const text::CsvTable derived, ReadTable(options->derived));
    REPRISE_ASSIGN_OR_RETURN(const std::string report, CurveReport(derived, options->question));
    return WriteFile(options->out, report);
  });
}

struct MonitorOptions {
  std::string table;
  std::string out = "-";
  MonitorQuestion question;
};

void AddMonitor(Cli& cli, CLI::App& stats) {
  auto options = std::make_shared<MonitorOptions>();
  CLI::App* verb = stats.add_subcommand(
      "monitor", "Measurements by centre: what stands out and should be asked about");
  verb->add_option("table", options->table, "CSV with a header")->required();
  verb->add_option("--value", options->question.values, "columns of measurements, a,b,c")
      ->required()
      ->delimiter(',');
  verb->add_option("--centre", options->question.centre, "column of the centre")
      ->capture_default_str();
  verb->add_option("--limit", options->question.limit, "adjusted p at or below this is listed")
      ->capture_default_str();
  verb->add_option("--out", options->out, "file to write, - for the screen")->capture_default_str();
  cli.OnRun(verb, [options]() -> absl::Status {
    REPRISE_ASSIGN_OR_RETURN(const text::CsvTable table, ReadTable(options->table));
    REPRISE_ASSIGN_OR_RETURN(const std::string report, MonitorReport(table, options->question));
    return WriteFile(options->out, report);
  });
}

}  // namespace

void AddCurveVerbs(Cli& cli, CLI::App& stats) {
  AddCurve(cli, stats);
  AddMonitor(cli, stats);
}

}  // namespace reprise::cli
