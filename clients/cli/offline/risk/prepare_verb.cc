// SPDX-License-Identifier: Apache-2.0
// reprise anonymise prepare: visit rows to one row a person.
#include <filesystem>
#include <memory>

#include "absl/strings/str_cat.h"

#include "clients/cli/files.h"
#include "clients/cli/offline/risk/register_verbs.h"
#include "services/extract/domain/preparation/prepare.h"
#include "services/platform/status.h"
#include "services/platform/text/csv.h"

namespace reprise::cli {
namespace {

namespace preparation = extract::preparation;

struct PrepareOptions {
  std::string data, plan, hierarchies, key, output, persons;
};

// A kept key only where the protocol needs re-contact; otherwise one is made and forgotten here.
absl::StatusOr<preparation::ExtractKey> KeyOf(const PrepareOptions& options) {
  if (options.key.empty()) return preparation::ExtractKey::Fresh();
  REPRISE_ASSIGN_OR_RETURN(const std::string bytes, ReadFile(options.key));
  return preparation::ExtractKey::FromBytes(bytes);
}

absl::Status RunPrepare(const PrepareOptions& options) {
  REPRISE_ASSIGN_OR_RETURN(const std::string plan_bytes, ReadFile(options.plan));
  REPRISE_ASSIGN_OR_RETURN(const preparation::Plan plan, preparation::ReadPlan(plan_bytes));
  std::map<std::string, preparation::Chains> hierarchies;
  for (const preparation::Variable& variable : plan.variables) {
    if (!variable.rare || options.hierarchies.empty()) continue;
    const std::string path =
        absl::StrCat(options.hierarchies, "/hierarchy_", variable.name, ".csv");
    REPRISE_ASSIGN_OR_RETURN(const std::string bytes, ReadFile(path));
    REPRISE_ASSIGN_OR_RETURN(hierarchies[variable.name],
                             preparation::ReadChains(bytes, variable.name, plan.delimiter));
  }
  REPRISE_ASSIGN_OR_RETURN(const preparation::ExtractKey key, KeyOf(options));
  REPRISE_ASSIGN_OR_RETURN(const std::string data, ReadFile(options.data));
  REPRISE_ASSIGN_OR_RETURN(const preparation::PreparedTable table,
                           preparation::Prepare(data, plan, hierarchies, key));
  std::string csv = text::FormatCsvRow(table.header, plan.delimiter);
  std::string persons = text::FormatCsvRow({"pseudonym", "participant"}, plan.delimiter);
  for (size_t i = 0; i < table.rows.size(); ++i) {
    csv += text::FormatCsvRow(table.rows[i], plan.delimiter);
    persons += text::FormatCsvRow({table.rows[i][0], table.participants[i]}, plan.delimiter);
  }
  REPRISE_RETURN_IF_ERROR(WriteFile(options.output, csv));
  return options.persons.empty() ? absl::OkStatus() : WriteFile(options.persons, persons);
}

}  // namespace

void AddPrepareVerb(Cli& cli, CLI::App& anonymise) {
  CLI::App* verb =
      anonymise.add_subcommand("prepare", "Visit rows to one row a person, pseudonymised");
  const auto options = std::make_shared<PrepareOptions>();
  verb->add_option("--data", options->data, "Visit rows (CSV)")->required();
  verb->add_option("--plan", options->plan, "What is taken and how (JSON)")->required();
  verb->add_option("--output", options->output, "Where the table goes (CSV)")->required();
  verb->add_option("--hierarchies", options->hierarchies, "Folder of hierarchy_<variable>.csv");
  verb->add_option("--key-file", options->key,
                   "A kept key, at least 16 bytes; default: a fresh one, forgotten");
  verb->add_option("--persons", options->persons,
                   "Where pseudonym and participant go, for the register only");
  cli.OnRun(verb, [options] { return RunPrepare(*options); });
}

}  // namespace reprise::cli
