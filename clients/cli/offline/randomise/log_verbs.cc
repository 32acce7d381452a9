// SPDX-License-Identifier: Apache-2.0
#include <iostream>
#include <memory>

#include "absl/strings/str_cat.h"

#include "clients/cli/files.h"
#include "clients/cli/offline/randomise/randomise_group.h"
#include "services/cohort/domain/randomisation/replay.h"
#include "services/platform/error/error.h"
#include "services/platform/status.h"
#include "services/platform/text/csv.h"
#include "services/platform/text/number.h"

namespace reprise::cli {
namespace {

namespace rnd = ::reprise::randomisation;

struct LogOptions {
  std::string seed, design, participants, log, head;
};

absl::Status AtRow(size_t row, const absl::Status& status) {
  const error::Detail detail = error::DetailOf(status);
  const std::string column = detail.violations.empty() ? "" : detail.violations[0].path;
  const std::string path = absl::StrCat("row ", row + 2, ", ", column);
  return error::InvalidField(path, detail.reason,
                             absl::StrCat(path, ": ", std::string(status.message())));
}

// Columns: one a factor; and, where a row corrects an earlier one, `corrects` with its number.
absl::StatusOr<std::vector<rnd::Happening>> ReadParticipants(const text::CsvTable& table,
                                                             const rnd::Design& design) {
  std::vector<rnd::Happening> happenings;
  const int corrects = table.Column("corrects");
  for (size_t i = 0; i < table.rows.size(); ++i) {
    rnd::Happening happening;
    for (const rnd::Factor& factor : design.factors) {
      const int column = table.Column(factor.name);
      if (column < 0) {
        return error::InvalidField(factor.name, "COLUMN_MISSING",
                                   absl::StrCat("The file has no column ", factor.name, "."));
      }
      const std::string& cell = table.rows[i][static_cast<size_t>(column)];
      rnd::Design one = design;
      one.factors = {factor};
      const auto level = rnd::ParseSnapshot(one, absl::StrCat(factor.name, "=", cell), factor.name);
      if (!level.ok()) {
        return AtRow(
            i, error::InvalidField(factor.name, "LEVEL_UNKNOWN", "the design has no such level."));
      }
      happening.levels.push_back(level->front());
    }
    const std::string number = corrects < 0 ? "" : table.rows[i][static_cast<size_t>(corrects)];
    if (!number.empty()) {
      const auto sequence_no = text::ParseInt(number, "corrects");
      if (!sequence_no.ok()) return AtRow(i, sequence_no.status());
      happening.event = rnd::LogEvent::kCorrection;
      happening.sequence_no = *sequence_no;
    }
    happenings.push_back(std::move(happening));
  }
  return happenings;
}

absl::Status RunAllocate(const LogOptions& options) {
  REPRISE_ASSIGN_OR_RETURN(const rnd::Seed seed, SeedOption(options.seed));
  REPRISE_ASSIGN_OR_RETURN(const rnd::Design design, DesignOption(options.design));
  REPRISE_ASSIGN_OR_RETURN(const std::string bytes, ReadFile(options.participants));
  REPRISE_ASSIGN_OR_RETURN(const text::CsvTable table, text::ParseCsv(bytes, options.participants));
  REPRISE_ASSIGN_OR_RETURN(const auto happenings, ReadParticipants(table, design));
  REPRISE_ASSIGN_OR_RETURN(const std::string log, rnd::WriteLog(design, seed, happenings));
  REPRISE_RETURN_IF_ERROR(WriteFile(options.log, log));
  if (options.log == "-") return absl::OkStatus();
  REPRISE_ASSIGN_OR_RETURN(const rnd::LogReport report, rnd::VerifyLog(seed, log));
  std::cout << "allocations  " << report.allocations << "\n"
            << "corrections  " << report.corrections << "\n";
  for (const auto& [code, count] : report.arm_counts) {
    std::cout << "  " << code << "  " << count << "\n";
  }
  std::cout << "head hash    " << report.head_hash << "\n\n"
            << "The log is written; whoever has the seed can verify it.\n";
  return absl::OkStatus();
}

absl::Status Differs(const rnd::Difference& difference) {
  return error::Make(absl::StatusCode::kFailedPrecondition, "LOG_DIFFERS", difference.sentence,
                     {{"line", absl::StrCat(difference.line)}, {"field", difference.field}});
}

absl::Status RunVerify(const LogOptions& options) {
  REPRISE_ASSIGN_OR_RETURN(const rnd::Seed seed, SeedOption(options.seed));
  REPRISE_ASSIGN_OR_RETURN(const std::string log, ReadFile(options.log));
  REPRISE_ASSIGN_OR_RETURN(const rnd::LogReport report, rnd::VerifyLog(seed, log));
  std::cout << "allocations replayed  " << report.allocations << "\n"
            << "corrections replayed  " << report.corrections << "\n";
  for (const auto& [code, count] : report.arm_counts) {
    std::cout << "  " << code << "  " << count << "\n";
  }
  if (report.difference.has_value()) return Differs(*report.difference);
  std::cout << "head hash             " << report.head_hash << "\n\n";
  if (!options.head.empty() && options.head != report.head_hash) {
    return Differs({.line = report.allocations + report.corrections + 1,
                    .field = "head",
                    .sentence =
                        "The log's head is not the hash given: lines at its end are missing "
                        "or were added."});
  }
  std::cout << "Every allocation follows from the seed and the history before it, and no line was "
               "changed.\n";
  if (options.head.empty()) {
    std::cout
        << "Lines cut off at the end show only against a head hash kept elsewhere (--head).\n";
  }
  return absl::OkStatus();
}

}  // namespace

void AddLogVerbs(Cli& cli, CLI::App* group) {
  auto options = std::make_shared<LogOptions>();
  CLI::App* allocate =
      group->add_subcommand("allocate", "Allocate a list of participants and write the log");
  allocate->add_option("--seed", options->seed, "64 hexadecimal digits, or @FILE")->required();
  allocate->add_option("--design", options->design, "JSON design file")->required();
  allocate
      ->add_option("--participants", options->participants,
                   "CSV in order of inclusion, one column a factor; a row with a number in the "
                   "column 'corrects' corrects that allocation's stratum")
      ->required();
  allocate->add_option("--log", options->log, "the log to write; - for the screen")->required();
  allocate->footer(
      "Example:\n  reprise randomise allocate --seed @trial.seed --design design.json "
      "--participants included.csv --log trial.jsonl");
  cli.OnRun(allocate, [options] { return RunAllocate(*options); });

  CLI::App* verify = group->add_subcommand(
      "verify", "Replay a trial's log from its seed and name the first line that differs");
  verify->add_option("--seed", options->seed, "64 hexadecimal digits, or @FILE")->required();
  verify->add_option("--log", options->log, "the log; - for standard input")->required();
  verify->add_option("--head", options->head, "the head hash published for the log");
  verify->footer(
      "Exit code 0: all replayed; 7: a line differs.\nExample:\n  reprise randomise verify --seed "
      "@trial.seed --log trial.jsonl");
  cli.OnRun(verify, [options] { return RunVerify(*options); });
}

}  // namespace reprise::cli
