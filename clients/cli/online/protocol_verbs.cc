// SPDX-License-Identifier: Apache-2.0
// `reprise study plan | apply | protocol | versions`: the study document compared and applied.
#include <filesystem>
#include <iostream>

#include "reprise/study/v1/study_service.pb.h"

#include "clients/cli/files.h"
#include "clients/cli/online/codes.h"
#include "clients/cli/online/field_verbs.h"
#include "clients/cli/online/print.h"
#include "clients/cli/online/verb.h"
#include "clients/cli/verbs.h"
#include "services/platform/status.h"

namespace reprise::cli {
namespace {

namespace v1 = ::reprise::study::v1;

struct PlanOptions : ServerOptions {
  std::string file, study;
};

std::string NameOf(const std::string& file) {
  return file == "-" ? "" : std::filesystem::path(file).filename().string();
}

absl::StatusOr<v1::PlanProtocolResponse> PlanOf(ServerConnection& server, const PlanOptions& options,
                                                v1::PlanProtocolRequest& request) {
  REPRISE_ASSIGN_OR_RETURN(*request.mutable_study_id(), Codes(server).Study(options.study));
  REPRISE_ASSIGN_OR_RETURN(*request.mutable_document(), ReadFile(options.file));
  request.set_document_name(NameOf(options.file));
  return CallAs<v1::PlanProtocolResponse>(server, "study/PlanProtocol", request);
}

// As people read a change: + added, - removed, ~ changed.
void PrintPlan(const v1::PlanProtocolResponse& plan) {
  for (const v1::ProtocolDifference& difference : plan.differences()) {
    switch (difference.kind()) {
      case v1::ProtocolDifference::KIND_ADDED:
        std::cout << "+ " << difference.path() << ": " << difference.new_value() << "\n";
        break;
      case v1::ProtocolDifference::KIND_REMOVED:
        std::cout << "- " << difference.path() << ": " << difference.old_value() << "\n";
        break;
      default:
        std::cout << "~ " << difference.path() << ": " << difference.old_value() << " -> "
                  << difference.new_value() << "\n";
    }
  }
  for (const std::string& site : plan.new_sites()) std::cout << "site " << site << " would be made\n";
  if (plan.progression_post_hoc()) {
    std::cout << "The progression rules change after the first enrolment: they will be marked post hoc.\n";
  }
  std::cout << plan.differences_size() << " differences from version " << plan.live_version() << ".\n";
}

absl::Status Plan(ServerConnection& server, const PlanOptions& options) {
  v1::PlanProtocolRequest request;
  REPRISE_ASSIGN_OR_RETURN(const v1::PlanProtocolResponse plan, PlanOf(server, options, request));
  if (options.output == "table") {
    PrintPlan(plan);
  } else {
    std::cout << Print(plan, options.output);
  }
  return absl::OkStatus();
}

struct ApplyOptions : PlanOptions {
  std::string reason;
};

absl::Status Apply(ServerConnection& server, const ApplyOptions& options) {
  v1::PlanProtocolRequest planned;
  REPRISE_ASSIGN_OR_RETURN(const v1::PlanProtocolResponse plan, PlanOf(server, options, planned));
  v1::ApplyProtocolRequest request;
  request.set_study_id(planned.study_id());
  request.set_document(planned.document());
  request.set_document_name(planned.document_name());
  request.set_live_version(plan.live_version());
  request.set_change_reason(options.reason);
  REPRISE_ASSIGN_OR_RETURN(const auto applied,
                           CallAs<v1::ProtocolVersion>(server, "study/ApplyProtocol", request));
  std::cout << Print(applied, options.output);
  return absl::OkStatus();
}

struct ProtocolOptions : ServerOptions {
  std::string study;
  int version = 0;
  std::string out = "-";
};

absl::Status Protocol(ServerConnection& server, const ProtocolOptions& options) {
  v1::GetProtocolRequest request;
  REPRISE_ASSIGN_OR_RETURN(*request.mutable_study_id(), Codes(server).Study(options.study));
  if (options.version > 0) request.set_version(options.version);
  REPRISE_ASSIGN_OR_RETURN(const auto answer, CallAs<v1::GetProtocolResponse>(
                                                  server, "study/GetProtocol", request));
  return WriteFile(options.out,
                   options.output == "table" ? answer.document() : Print(answer, options.output));
}

constexpr const char* kStudy = "Code or UUID; may be left out with one study";
constexpr const char* kFile = "YAML or JSON study document; - reads standard input";

}  // namespace

void AddProtocolVerbs(Cli& cli, CLI::App* group) {
  const auto plan = AddOnlineVerb<PlanOptions>(
      cli, group, "plan", "Show what applying a study document would change",
      "reprise study plan deploy/studies/fastracs/study.yaml", Plan);
  plan.verb->add_option("file", plan.options->file, kFile)->required();
  plan.verb->add_option("--study", plan.options->study, kStudy);

  const auto apply = AddOnlineVerb<ApplyOptions>(
      cli, group, "apply", "Make a study document the newest version of the protocol",
      "reprise study apply deploy/studies/fastracs/study.yaml --reason \"amendment 2\"", Apply);
  apply.verb->add_option("file", apply.options->file, kFile)->required();
  apply.verb->add_option("--study", apply.options->study, kStudy);
  apply.verb->add_option("--reason", apply.options->reason, "Why; required after the first version");

  const auto protocol = AddOnlineVerb<ProtocolOptions>(
      cli, group, "protocol", "Print a version of the study document as it was applied",
      "reprise study protocol --version 1 --out study.yaml", Protocol);
  protocol.verb->add_option("--study", protocol.options->study, kStudy);
  protocol.verb->add_option("--version", protocol.options->version, "Left out: the newest")
      ->check(CLI::Range(1, 1000000));
  protocol.verb->add_option("--out", protocol.options->out, "Where to; - is standard output")
      ->capture_default_str();

  AddFieldVerbs(cli, group,
                {{"compare", "study/CompareProtocolVersions", "Show what differs between two versions",
                  "reprise study compare FASTRACS 1 2",
                  {{"study", "study_id", "Code or UUID", true, Names::kStudy},
                   {"from", "from_version", "Version to compare from", true},
                   {"to", "to_version", "Version to compare with", true}}},
                 {"versions", "study/ListProtocolVersions", "List the versions of a protocol",
                  "reprise study versions FASTRACS",
                  {{"study", "study_id", "Code or UUID", true, Names::kStudy}},
                  {"version", "label", "in_force_date", "apply_time", "change_reason",
                   "progression_post_hoc"}}});
}

}  // namespace reprise::cli
