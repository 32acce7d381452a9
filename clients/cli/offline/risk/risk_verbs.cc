// SPDX-License-Identifier: Apache-2.0
// reprise risk: the report on a file as it is, and beside its original the independent check.
#include <filesystem>
#include <memory>
#include <string>

#include "absl/strings/str_cat.h"

#include "clients/cli/files.h"
#include "clients/cli/offline/risk/register_verbs.h"
#include "clients/cli/verbs.h"
#include "services/extract/domain/risk/errors.h"
#include "services/extract/domain/risk/page.h"
#include "services/extract/domain/risk/report.h"
#include "services/extract/domain/risk/report_json.h"
#include "services/extract/domain/risk/verifier.h"
#include "services/platform/status.h"

namespace reprise::cli {
namespace {

namespace risk = extract::risk;

struct RiskOptions {
  std::string data, original, request, hierarchies, report, page, language = "fr";
  double population = 0;
  uint32_t threshold = risk::kSmallestGroup;
};

// Hierarchies that the folder holds for the case's columns; all of them are needed only to verify.
absl::Status LoadTrees(const RiskOptions& options, risk::VerifierCase& request) {
  if (options.hierarchies.empty()) return absl::OkStatus();
  std::error_code failure;
  if (!std::filesystem::is_directory(options.hierarchies, failure)) {
    return risk::OptionInvalid("hierarchies", "The folder does not exist.");
  }
  std::vector<std::string> names = request.qis;
  names.insert(names.end(), request.sensitive.begin(), request.sensitive.end());
  for (const std::string& name : names) {
    const std::string path = absl::StrCat(options.hierarchies, "/hierarchy_", name, ".csv");
    if (!std::filesystem::exists(path, failure)) continue;
    REPRISE_ASSIGN_OR_RETURN(const std::string bytes, ReadFile(path));
    REPRISE_ASSIGN_OR_RETURN(risk::LabelTree tree,
                             risk::LabelTree::Read(bytes, name, request.delimiter));
    request.trees.emplace(name, std::move(tree));
  }
  return absl::OkStatus();
}

// The released rows: the file that the case names, or subset_rows.txt where a model needs it.
absl::Status LoadSubset(const RiskOptions& options, risk::VerifierCase& request) {
  std::string name = request.subset_file;
  for (const risk::Promise& promise : request.promises) {
    if (name.empty() && (promise.kind == "km" || promise.kind == "dp")) name = "subset_rows.txt";
  }
  if (name.empty()) return absl::OkStatus();
  std::string folder = options.hierarchies;
  if (folder.empty()) folder = std::filesystem::path(options.request).parent_path().string();
  const std::string path = folder.empty() ? name : absl::StrCat(folder, "/", name);
  std::error_code failure;
  if (request.subset_file.empty() && !std::filesystem::exists(path, failure))
    return absl::OkStatus();
  REPRISE_ASSIGN_OR_RETURN(const std::string bytes, ReadFile(path));
  REPRISE_ASSIGN_OR_RETURN(request.subset, risk::ReadSubset(bytes));
  return absl::OkStatus();
}

absl::Status RunRisk(const RiskOptions& options) {
  const auto language = risk::LanguageOf(options.language);
  if (!language) return risk::OptionInvalid("lang", "One of fr and en is required.");
  REPRISE_ASSIGN_OR_RETURN(const std::string case_bytes, ReadFile(options.request));
  REPRISE_ASSIGN_OR_RETURN(risk::VerifierCase request, risk::ReadCase(case_bytes));
  REPRISE_RETURN_IF_ERROR(LoadTrees(options, request));
  REPRISE_ASSIGN_OR_RETURN(const std::string data, ReadFile(options.data));
  std::optional<bool> verified;
  std::optional<risk::VerifiedRelease> release;
  if (!options.original.empty()) {
    REPRISE_RETURN_IF_ERROR(LoadSubset(options, request));
    REPRISE_ASSIGN_OR_RETURN(const std::string original, ReadFile(options.original));
    REPRISE_ASSIGN_OR_RETURN(release, risk::VerifyRelease(original, data, request));
    verified = true;
  }
  risk::Sample sample;
  if (release) {
    sample = std::move(release->sample);
  } else {
    REPRISE_ASSIGN_OR_RETURN(sample, risk::ReadSample(data, options.data, request));
  }
  risk::ReportOptions wanted;
  wanted.threshold = options.threshold;
  if (options.population != 0) wanted.population = options.population;
  REPRISE_ASSIGN_OR_RETURN(risk::RiskReport report,
                           risk::MakeReport(sample, request, options.data, wanted));
  if (release)
    report.promises = release->promises;  // judged with the population, where there is one
  REPRISE_RETURN_IF_ERROR(WriteFile(options.report, risk::ReportJson(report, verified)));
  if (options.page.empty()) return absl::OkStatus();
  const std::string name = std::filesystem::path(options.data).filename().string();
  return WriteFile(options.page, risk::ReportPage(report, name, *language, verified));
}

}  // namespace

void AddRiskVerbs(Cli& cli) {
  CLI::App* verb = cli.app.add_subcommand("risk", "Re-identification risk of a file as it is");
  const auto options = std::make_shared<RiskOptions>();
  verb->add_option("--data", options->data, "The file (CSV)")->required();
  verb->add_option("--case", options->request,
                   "case.json: quasi-identifiers, sensitive columns, models")
      ->required();
  verb->add_option("--report", options->report, "Where the report goes (JSON)")->required();
  verb->add_option("--hierarchies", options->hierarchies,
                   "Folder of hierarchy_<column>.csv, for the loss");
  verb->add_option("--original", options->original,
                   "The original data: verifies the file cell by cell");
  verb->add_option("--page", options->page, "Where the page for people goes (HTML)");
  verb->add_option("--lang", options->language, "Language of the page: fr (default) or en");
  verb->add_option("--population", options->population, "Persons in the population")
      ->check(CLI::PositiveNumber);
  verb->add_option("--threshold-group", options->threshold,
                   "Smallest group that is large enough (default 11)");
  cli.OnRun(verb, [options] { return RunRisk(*options); });

  const auto known =
      cli.app.get_subcommands([](CLI::App* app) { return app->get_name() == "anonymise"; });
  CLI::App* anonymise = known.empty() ? nullptr : known[0];
  if (anonymise == nullptr) {
    anonymise = cli.app.add_subcommand("anonymise", "Anonymised extracts");
    anonymise->require_subcommand(1);
  }
  AddGuardVerb(cli, *anonymise);
  AddPrepareVerb(cli, *anonymise);
}

}  // namespace reprise::cli
