// SPDX-License-Identifier: Apache-2.0
// `reprise instrument list | show | check`, and the group's other verbs.
#include <iomanip>
#include <iostream>
#include <memory>
#include <sstream>
#include <utility>

#include "absl/strings/str_cat.h"

#include "clients/cli/files.h"
#include "clients/cli/offline/instrument/shelf.h"
#include "clients/cli/offline/instrument/verbs_of_instrument.h"
#include "clients/cli/verbs.h"
#include "services/platform/status.h"
#include "services/questionnaire/domain/instrument/check.h"
#include "services/questionnaire/domain/instrument/describe.h"
#include "services/questionnaire/domain/instrument/read.h"

namespace reprise::cli {
namespace {

absl::Status RunList() {
  REPRISE_ASSIGN_OR_RETURN(const auto all, BundledDefinitions());
  std::ostringstream table;
  const auto line = [&](const std::string& id, const std::string& version, const std::string& items,
                        const std::string& scores, const std::string& tier,
                        const std::string& title) {
    table << std::left << std::setw(22) << id << std::setw(9) << version << std::setw(7) << items
          << std::setw(8) << scores << std::setw(6) << tier << title << "\n";
  };
  line("ID", "VERSION", "ITEMS", "SCORES", "TIER", "TITLE");
  for (const instrument::Instrument& one : all) {
    const auto title = one.title.find("en");
    line(one.id, one.version, std::to_string(instrument::FieldsOf(one).size()),
         std::to_string(one.scores.size()), instrument::NameOf(one.licence.tier),
         title == one.title.end() ? "" : title->second);
  }
  return WriteFile("-", table.str());
}

absl::Status RunCheck(const std::string& file) {
  REPRISE_ASSIGN_OR_RETURN(const std::string bytes, ReadFile(file));
  REPRISE_ASSIGN_OR_RETURN(const instrument::Instrument definition,
                           instrument::LoadInstrument(bytes, file));
  REPRISE_ASSIGN_OR_RETURN(const instrument::Document document,
                           instrument::ReadDocument(bytes, file));
  std::string out;
  for (const instrument::Problem& problem : instrument::CheckInstrument(definition)) {
    absl::StrAppend(&out,
                    problem.severity == instrument::Severity::kWarning ? "warning: " : "note: ",
                    instrument::Locate(document.lines, file, problem.violation.path), ": ",
                    problem.violation.message, " [", problem.violation.reason, "]\n");
  }
  absl::StrAppend(&out, definition.id, " ", definition.version, ": no faults, ",
                  instrument::FieldsOf(definition).size(), " items, ", definition.scores.size(),
                  " scores, ", definition.alerts.size(), " alerts\n");
  return WriteFile("-", out);
}

void AddExamples(CLI::App* group) {
  group->get_subcommand("list")->footer("Example: reprise instrument list");
  group->get_subcommand("show")->footer("Example: reprise instrument show PHQ-9 --lang en");
  group->get_subcommand("check")->footer("Example: reprise instrument check diary.yaml");
  group->get_subcommand("score")->footer(
      "Example:\n  reprise instrument score --instrument PHQ-9 --responses answers.csv --output scores.csv");
  group->get_subcommand("import")->footer(
      "Example:\n  reprise instrument import --from redcap dictionary.csv --output instrument.yaml");
  group->get_subcommand("export")->footer(
      "Example:\n  reprise instrument export --to fhir PHQ-9 --output questionnaire.json");
  CLI::App* const wording = group->get_subcommand("wording");
  wording->get_subcommand("load")->footer(
      "Example:\n  reprise instrument wording load --instrument QLQ-C30 --from yaml words.yaml \\\n"
      "    --licence-ref EORTC-2026-17 --scope \"FASTRACS, 200 participants, fr, electronic\" \\\n"
      "    --expiry 2028-12-31 --output worded.yaml");
  wording->get_subcommand("check")->footer(
      "Example:\n  reprise instrument wording check --instrument QLQ-C30 --wording worded.yaml");
}

}  // namespace

void AddInstrumentVerbs(Cli& cli) {
  CLI::App* const group = cli.app.add_subcommand(
      "instrument", "Questionnaires: definitions, scores, wording, import and export");
  group->require_subcommand(1);

  CLI::App* const list = group->add_subcommand("list", "The bundled instruments");
  cli.OnRun(list, [] { return RunList(); });

  CLI::App* const show = group->add_subcommand("show", "One instrument, as a person reads it");
  auto shown = std::make_shared<std::string>();
  auto language = std::make_shared<std::string>("fr");
  show->add_option("instrument", *shown, "id of a bundled instrument, or a file")->required();
  show->add_option("--lang", *language, "fr (default) or en")->check(CLI::IsMember({"fr", "en"}));
  cli.OnRun(show, [shown, language]() -> absl::Status {
    REPRISE_ASSIGN_OR_RETURN(const instrument::Instrument definition, FindInstrument(*shown));
    return WriteFile("-", ShowInstrument(definition, *language));
  });

  CLI::App* const check = group->add_subcommand(
      "check", "Checks a definition: every fault with its line, then warnings");
  auto file = std::make_shared<std::string>();
  check->add_option("file", *file, "YAML or JSON definition")->required();
  cli.OnRun(check, [file] { return RunCheck(*file); });

  AddScoreVerb(cli, *group);
  AddImportVerb(cli, *group);
  AddExportVerb(cli, *group);
  AddWordingVerbs(cli, *group);
  AddExamples(group);
}

}  // namespace reprise::cli
