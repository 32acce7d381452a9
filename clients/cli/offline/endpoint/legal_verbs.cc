// SPDX-License-Identifier: Apache-2.0
#include "clients/cli/offline/endpoint/legal_verbs.h"

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "clients/cli/files.h"
#include "clients/cli/offline/endpoint/legal_tables.h"
#include "clients/cli/offline/endpoint/table_file.h"
#include "services/phase/domain/legal/rule.h"
#include "services/platform/error/error.h"
#include "services/platform/status.h"
#include "services/platform/time/clock.h"

namespace reprise::cli {
namespace {

struct LegalOptions {
  std::string leaves;
  std::string events;
  std::string on;
  std::string output = "-";
  std::string rules;
  std::string language;
};

// The *.yaml files of a folder by name, or those that ship.
absl::StatusOr<legal::RuleBook> LoadRules(const std::string& folder) {
  if (folder.empty()) return legal::ParseRules(legal::ShippedRules());
  std::vector<std::string> paths;
  std::error_code failure;
  for (std::filesystem::directory_iterator at(folder, failure), end; !failure && at != end;
       at.increment(failure)) {
    if (at->path().extension() == ".yaml") paths.push_back(at->path().string());
  }
  if (failure || paths.empty()) {
    return error::Make(absl::StatusCode::kNotFound, "RULES_NOT_FOUND",
                       "The folder holds no readable .yaml file of rules.", {{"folder", folder}});
  }
  std::sort(paths.begin(), paths.end());
  std::vector<legal::RuleFile> files;
  for (const std::string& path : paths) {
    REPRISE_ASSIGN_OR_RETURN(std::string bytes, ReadFile(path));
    files.push_back({.name = path, .bytes = std::move(bytes)});
  }
  return legal::ParseRules(files);
}

absl::Status RunMilestones(const LegalOptions& options) {
  REPRISE_ASSIGN_OR_RETURN(const absl::CivilDay on, ParseDate(options.on, "--on"));
  REPRISE_ASSIGN_OR_RETURN(const legal::RuleBook book, LoadRules(options.rules));
  REPRISE_ASSIGN_OR_RETURN(const std::string leaves, ReadFile(options.leaves));
  std::string events = "subject_id,event,date\n";
  if (!options.events.empty()) {
    REPRISE_ASSIGN_OR_RETURN(events, ReadFile(options.events));
  }
  REPRISE_ASSIGN_OR_RETURN(const std::vector<LegalMember> members,
                           ReadHistories(leaves, options.leaves, events, options.events, on));
  for (const LegalMember& member : members) {
    for (const size_t row : member.idle_event_rows) {
      std::cerr << options.events << ":" << row
                << ": the event lies before the first leave and has no effect\n";
    }
  }
  const ExplanationLanguage language = options.language == "fr"   ? ExplanationLanguage::kFrench
                                       : options.language == "en" ? ExplanationLanguage::kEnglish
                                                                  : ExplanationLanguage::kBoth;
  return WriteTable(options.output, MilestoneTable(members, book, on, language));
}

absl::Status RunRules(const LegalOptions& options) {
  REPRISE_ASSIGN_OR_RETURN(const legal::RuleBook book, LoadRules(options.rules));
  return WriteTable(options.output, RuleTable(book));
}

constexpr char kMilestonesHelp[] =
    "Dates are YYYY-MM-DD; lengths count both ends.\n"
    "Leaves, one row a prescription: subject_id,issued_on,start,end (last day of leave); optional\n"
    "kind (initial|renewal), extent (full|partial: therapeutic part-time), cause (illness|\n"
    "work_accident|occupational_disease|maternity; illness if empty), justified (yes|no: medical\n"
    "reason for exceeding the cap), recorded_on (rows recorded after --on are not yet known).\n"
    "Events: subject_id,event,date; optional end, adaptation and working_time (yes|no, findings\n"
    "of a pre-return visit), working_days (of a trial of return), recorded_on. event is one of\n"
    "return, expected_return, pre_return_visit, return_visit, return_visit_request,\n"
    "liaison_meeting, trial_of_return, contract_end.\n"
    "Output, one row a milestone and rule version: subject_id, episode, leave_start, leave_end,\n"
    "leave_days, return_date, return_source (recorded|expected|presumed), milestone\n"
    "(pre_return_visit|return_visit|liaison_meeting|trial_of_return|therapeutic_part_time|\n"
    "prescription_cap), rule_id, rule_version, possible_from, due, latest, state (not_applicable|\n"
    "possible|due|done|late|waived), done_on, flags (joined by |), explanation_fr,\n"
    "explanation_en; with --lang the one column explanation instead.";

}  // namespace

void AddLegalVerbs(Cli& cli) {
  CLI::App* group = cli.app.add_subcommand(
      "legal", "What French occupational-health law expects of a leave, offline");
  group->require_subcommand(1);
  const auto options = std::make_shared<LegalOptions>();
  const auto add_common = [&](CLI::App* verb) {
    verb->add_option("--rules", options->rules, "Folder of rule files in place of ours");
    verb->add_option("--output", options->output, "CSV to write; - is standard output");
  };

  CLI::App* milestones = group->add_subcommand("milestones", "Milestones of every leave on a day");
  milestones->add_option("--leaves", options->leaves, "CSV of leave prescriptions")->required();
  milestones->add_option("--events", options->events, "CSV of returns, visits and other events");
  milestones->add_option("--on", options->on, "Day of evaluation, YYYY-MM-DD")->required();
  milestones->add_option("--lang", options->language, "Language of the explanation")
      ->check(CLI::IsMember({"fr", "en"}));
  add_common(milestones);
  milestones->footer(kMilestonesHelp);
  cli.OnRun(milestones, [options] { return RunMilestones(*options); });

  CLI::App* rules = group->add_subcommand("rules", "List the rule rows with their sources");
  add_common(rules);
  cli.OnRun(rules, [options] { return RunRules(*options); });
}

}  // namespace reprise::cli
