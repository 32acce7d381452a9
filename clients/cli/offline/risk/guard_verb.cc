// SPDX-License-Identifier: Apache-2.0
// reprise anonymise guard: a request laid over the register of earlier releases.
#include <algorithm>
#include <filesystem>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"

#include "clients/cli/files.h"
#include "clients/cli/offline/risk/register_verbs.h"
#include "services/extract/domain/guard/guard.h"
#include "services/platform/error/error.h"
#include "services/platform/status.h"

namespace reprise::cli {
namespace {

namespace guard = extract::guard;
namespace fs = std::filesystem;

struct GuardOptions {
  std::string folder, request, report;
};

absl::StatusOr<std::string> ReadClasses(const std::string& json, const fs::path& entry) {
  REPRISE_ASSIGN_OR_RETURN(const std::string name,
                           guard::ClassesFileOf(json, entry.filename().string()));
  return ReadFile((entry.parent_path() / name).string());
}

// Every *.json of the folder, by name.
absl::StatusOr<std::vector<guard::Release>> ReadRegister(const std::string& folder) {
  std::error_code failure;
  if (!fs::is_directory(folder, failure)) {
    return error::InvalidField("register", "OPTION_INVALID",
                               "The register's folder does not exist.");
  }
  std::vector<fs::path> entries;
  for (fs::directory_iterator at(folder, failure), end; !failure && at != end;
       at.increment(failure)) {
    if (at->path().extension() == ".json") entries.push_back(at->path());
  }
  if (failure)
    return error::InvalidField("register", "OPTION_INVALID",
                               "The register's folder cannot be read.");
  std::sort(entries.begin(), entries.end());
  std::vector<guard::Release> releases;
  for (const fs::path& entry : entries) {
    REPRISE_ASSIGN_OR_RETURN(const std::string json, ReadFile(entry.string()));
    REPRISE_ASSIGN_OR_RETURN(const std::string classes, ReadClasses(json, entry));
    REPRISE_ASSIGN_OR_RETURN(guard::Release release,
                             guard::ReadRelease(json, classes, entry.filename().string()));
    releases.push_back(std::move(release));
  }
  return releases;
}

std::string DecisionJson(const guard::Decision& decision) {
  nlohmann::ordered_json findings = nlohmann::ordered_json::array();
  for (const guard::Finding& finding : decision.findings) {
    nlohmann::ordered_json entry = {{"rule", guard::NameOf(finding.rule)}};
    if (!finding.earlier.empty()) {
      entry["earlier"] = finding.earlier;
      entry["recipient"] = finding.recipient;
    }
    entry["smallest"] = finding.smallest;
    entry["places"] = finding.places;
    if (!finding.column.empty()) entry["column"] = finding.column;
    findings.push_back(std::move(entry));
  }
  nlohmann::ordered_json out = {{"outcome", guard::NameOf(decision.outcome)},
                                {"reason", decision.reason},
                                {"compared", decision.compared},
                                {"projection", decision.projection}};
  if (!decision.reuse.empty()) out["reuse"] = decision.reuse;
  if (!decision.merge.empty()) out["merge"] = decision.merge;
  out["findings"] = std::move(findings);
  return out.dump(1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

absl::Status RunGuard(const GuardOptions& options) {
  REPRISE_ASSIGN_OR_RETURN(const std::string json, ReadFile(options.request));
  REPRISE_ASSIGN_OR_RETURN(const std::string classes, ReadClasses(json, options.request));
  const std::string name = fs::path(options.request).filename().string();
  REPRISE_ASSIGN_OR_RETURN(const guard::Request request, guard::ReadRequest(json, classes, name));
  REPRISE_ASSIGN_OR_RETURN(const std::vector<guard::Release> earlier, ReadRegister(options.folder));
  REPRISE_ASSIGN_OR_RETURN(const guard::Decision decision, guard::Judge(request, earlier));
  REPRISE_RETURN_IF_ERROR(WriteFile(options.report, DecisionJson(decision)));
  if (decision.outcome == guard::Outcome::kAccept) return absl::OkStatus();
  return error::Make(absl::StatusCode::kFailedPrecondition, "RELEASE_NOT_ACCEPTED", decision.reason,
                     {{"outcome", guard::NameOf(decision.outcome)}});
}

}  // namespace

void AddGuardVerb(Cli& cli, CLI::App& anonymise) {
  CLI::App* verb =
      anonymise.add_subcommand("guard", "Whether a further release gives anybody away");
  const auto options = std::make_shared<GuardOptions>();
  options->report = "-";
  verb->add_option("--register", options->folder, "Folder of earlier releases (JSON, CSV)")
      ->required();
  verb->add_option("--request", options->request, "The release asked for (JSON; its CSV beside it)")
      ->required();
  verb->add_option("--report", options->report,
                   "Where the decision goes (JSON); default: standard output");
  cli.OnRun(verb, [options] { return RunGuard(*options); });
}

}  // namespace reprise::cli
