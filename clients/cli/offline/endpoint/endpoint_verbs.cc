// SPDX-License-Identifier: Apache-2.0
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"

#include "clients/cli/files.h"
#include "clients/cli/offline/endpoint/cohort_tables.h"
#include "clients/cli/offline/endpoint/derived_table.h"
#include "clients/cli/offline/endpoint/legal_verbs.h"
#include "clients/cli/offline/endpoint/report_table.h"
#include "clients/cli/offline/endpoint/table_file.h"
#include "clients/cli/verbs.h"
#include "services/phase/domain/endpoint/definition.h"
#include "services/platform/status.h"

namespace reprise::cli {
namespace {

struct EndpointOptions {
  std::string subjects;
  std::string episodes;
  std::string output = "-";
  std::string definitions;
  std::string conflicts;
  std::string language = "en";
  std::vector<std::string> ids;
  bool settle_overlaps = false;
};

absl::StatusOr<std::vector<endpoint::Definition>> LoadDefinitions(const EndpointOptions& options) {
  if (options.definitions.empty()) {
    return endpoint::ParseDefinitions(endpoint::ShippedDefinitions(), "definitions.yaml");
  }
  REPRISE_ASSIGN_OR_RETURN(const std::string bytes, ReadFile(options.definitions));
  return endpoint::ParseDefinitions(bytes, options.definitions);
}

text::CsvTable ConflictTable(const std::vector<SettledConflict>& conflicts) {
  text::CsvTable table;
  table.header = {"dataset", "subject_id", "start_day", "end_day", "kept", "kept_row", "dropped",
                  "dropped_row"};
  for (const SettledConflict& conflict : conflicts) {
    table.rows.push_back({conflict.dataset, conflict.subject_id, absl::StrCat(conflict.start_day),
                          absl::StrCat(conflict.end_day), std::string(NameOf(conflict.kept)),
                          absl::StrCat(conflict.kept_row), std::string(NameOf(conflict.dropped)),
                          absl::StrCat(conflict.dropped_row)});
  }
  return table;
}

// Reads and checks both files; a settled overlap is never silent.
absl::StatusOr<Cohort> LoadCohort(const EndpointOptions& options) {
  REPRISE_ASSIGN_OR_RETURN(const std::string subjects, ReadFile(options.subjects));
  REPRISE_ASSIGN_OR_RETURN(const std::string episodes, ReadFile(options.episodes));
  REPRISE_ASSIGN_OR_RETURN(
      Cohort cohort, ReadCohort(subjects, options.subjects, episodes, options.episodes,
                                options.settle_overlaps || !options.conflicts.empty()));
  if (!options.conflicts.empty()) {
    REPRISE_RETURN_IF_ERROR(WriteTable(options.conflicts, ConflictTable(cohort.conflicts)));
  }
  for (const SettledConflict& conflict : cohort.conflicts) {
    std::cerr << options.episodes << ":" << conflict.dropped_row << ": "
              << std::string(NameOf(conflict.dropped)) << " gives way to "
              << std::string(NameOf(conflict.kept)) << " of row " << conflict.kept_row
              << " on days " << conflict.start_day << " to " << conflict.end_day - 1 << "\n";
  }
  return cohort;
}

absl::Status RunDerive(const EndpointOptions& options) {
  REPRISE_ASSIGN_OR_RETURN(const auto all, LoadDefinitions(options));
  REPRISE_ASSIGN_OR_RETURN(const auto chosen, SelectDefinitions(all, options.ids));
  REPRISE_ASSIGN_OR_RETURN(const Cohort cohort, LoadCohort(options));
  return WriteTable(options.output, DeriveTable(cohort.members, chosen, all));
}

absl::Status RunReport(const EndpointOptions& options) {
  REPRISE_ASSIGN_OR_RETURN(const auto all, LoadDefinitions(options));
  REPRISE_ASSIGN_OR_RETURN(const auto chosen, SelectDefinitions(all, options.ids));
  REPRISE_ASSIGN_OR_RETURN(const Cohort cohort, LoadCohort(options));
  return WriteTable(options.output,
                    ReportTable(cohort.members, chosen, all, options.language == "fr"));
}

absl::Status RunCheck(const EndpointOptions& options) {
  REPRISE_ASSIGN_OR_RETURN(const Cohort cohort, LoadCohort(options));
  size_t episodes = 0;
  for (const CohortMember& member : cohort.members) episodes += member.episodes.size();
  std::cout << cohort.members.size() << " participants, " << episodes << " episodes, "
            << cohort.conflicts.size() << " overlaps settled, no faults\n";
  return absl::OkStatus();
}

absl::Status RunDefinitions(const EndpointOptions& options) {
  REPRISE_ASSIGN_OR_RETURN(const auto all, LoadDefinitions(options));
  text::CsvTable table;
  table.header = {"id", "version", "default", "parameters"};
  for (const endpoint::Definition& definition : all) {
    table.rows.push_back({definition.id, absl::StrCat(definition.version),
                          definition.by_default ? "yes" : "no",
                          endpoint::CanonicalText(definition)});
  }
  return WriteTable(options.output, table);
}

constexpr char kInputsHelp[] =
    "Subjects: dataset,subject_id,arm,centre,index_day,obs_end_day,end_reason,competing_day,\n"
    "competing_type; optional index_date (YYYY-MM-DD) and randomisation_day. index_day is the end\n"
    "of active treatment (T0), empty while not reached.\n"
    "Episodes: dataset,subject_id,start_day,end_day,status,work_fraction, half-open [start_day,\n"
    "end_day); optional work_fraction_current_contract and work_fraction_full_time.\n"
    "Status: SICK PARTIAL WORK LEAVE MATERNITY UNEMPLOYED RETIRED DISABILITY OTHER.\n"
    "Gaps are unknown time. Overlaps are refused unless --settle-overlaps.";

void AddInputs(CLI::App* verb, EndpointOptions& options) {
  verb->add_option("--subjects", options.subjects, "CSV of participants")->required();
  verb->add_option("--episodes", options.episodes, "CSV of work-status episodes")->required();
  verb->add_flag("--settle-overlaps", options.settle_overlaps,
                 "Let PARTIAL win over SICK and SICK over LEAVE; each case is reported");
  verb->add_option("--conflicts", options.conflicts,
                   "Implies --settle-overlaps; write each settled overlap to this CSV");
  verb->footer(kInputsHelp);
}

void AddChoice(CLI::App* verb, EndpointOptions& options) {
  verb->add_option("--definition", options.ids, "Definition ids (default: those marked default)");
  verb->add_option("--definitions", options.definitions, "YAML of definitions in place of ours");
}

void AddOutput(CLI::App* verb, EndpointOptions& options) {
  verb->add_option("--output", options.output, "CSV to write; - is standard output");
}

}  // namespace

void AddEndpointVerbs(Cli& cli) {
  CLI::App* group = cli.app.add_subcommand(
      "endpoint", "Return-to-work endpoints from work-status episodes, offline");
  group->require_subcommand(1);
  const auto options = std::make_shared<EndpointOptions>();

  CLI::App* derive = group->add_subcommand("derive", "One row of derived values a participant");
  AddInputs(derive, *options);
  AddChoice(derive, *options);
  AddOutput(derive, *options);
  cli.OnRun(derive, [options] { return RunDerive(*options); });

  CLI::App* report = group->add_subcommand(
      "report", "One row a measure: landmarks, what is missing, calendar dates, input hashes");
  AddInputs(report, *options);
  AddChoice(report, *options);
  AddOutput(report, *options);
  report->add_option("--lang", options->language, "Language of explanations")
      ->check(CLI::IsMember({"en", "fr"}));
  cli.OnRun(report, [options] { return RunReport(*options); });

  CLI::App* check = group->add_subcommand("check", "Check the two files and name every fault");
  AddInputs(check, *options);
  cli.OnRun(check, [options] { return RunCheck(*options); });

  CLI::App* list = group->add_subcommand("definitions", "List definitions and their parameters");
  list->add_option("--definitions", options->definitions, "YAML of definitions in place of ours");
  AddOutput(list, *options);
  cli.OnRun(list, [options] { return RunDefinitions(*options); });

  AddLegalVerbs(cli);
}

}  // namespace reprise::cli
