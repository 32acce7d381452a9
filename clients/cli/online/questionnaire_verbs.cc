// SPDX-License-Identifier: Apache-2.0
#include <filesystem>
#include <iostream>

#include "reprise/questionnaire/v1/questionnaire_service.pb.h"

#include "clients/cli/files.h"
#include "clients/cli/online/codes.h"
#include "clients/cli/online/print.h"
#include "clients/cli/online/response_verbs.h"
#include "clients/cli/online/verb.h"
#include "clients/cli/verbs.h"
#include "services/platform/status.h"

namespace reprise::cli {
namespace {

namespace v1 = ::reprise::questionnaire::v1;

struct PublishOptions : ServerOptions {
  std::string file;
};

absl::Status Publish(ServerConnection& server, const PublishOptions& options) {
  v1::PublishInstrumentVersionRequest request;
  REPRISE_ASSIGN_OR_RETURN(*request.mutable_document(), ReadFile(options.file));
  if (options.file != "-")
    request.set_document_name(std::filesystem::path(options.file).filename().string());
  REPRISE_ASSIGN_OR_RETURN(
      const auto version,
      CallAs<v1::InstrumentVersion>(server, "questionnaire/PublishInstrumentVersion", request));
  std::cout << Print(version, options.output);
  return absl::OkStatus();
}

struct ListOptions : ServerOptions {
  std::string instrument;
};

absl::Status List(ServerConnection& server, const ListOptions& options) {
  v1::ListInstrumentVersionsRequest request;
  if (!options.instrument.empty()) request.set_instrument_id(options.instrument);
  REPRISE_ASSIGN_OR_RETURN(const auto list,
                           CallAs<v1::ListInstrumentVersionsResponse>(
                               server, "questionnaire/ListInstrumentVersions", request));
  std::cout << Print(list, options.output,
                     {"instrument_id", "version", "publish_time", "instrument_version_id"});
  return absl::OkStatus();
}

struct DocumentOptions : ServerOptions {
  std::string instrument;
  std::string out = "-";
};

absl::Status Document(ServerConnection& server, const DocumentOptions& options) {
  v1::GetInstrumentDocumentRequest request;
  REPRISE_ASSIGN_OR_RETURN(*request.mutable_instrument_version_id(),
                           Codes(server).InstrumentVersion(options.instrument));
  REPRISE_ASSIGN_OR_RETURN(const auto answer,
                           CallAs<v1::GetInstrumentDocumentResponse>(
                               server, "questionnaire/GetInstrumentDocument", request));
  return WriteFile(options.out,
                   options.output == "table" ? answer.document() : Print(answer, options.output));
}

// JSON in every form of output: nobody reads trees in a table.
absl::Status FormOf(ServerConnection& server, const DocumentOptions& options) {
  v1::GetFormRequest request;
  REPRISE_ASSIGN_OR_RETURN(*request.mutable_instrument_version_id(),
                           Codes(server).InstrumentVersion(options.instrument));
  REPRISE_ASSIGN_OR_RETURN(const auto form, CallAs<v1::Form>(server, "questionnaire/GetForm", request));
  return WriteFile(options.out, Print(form, "json"));
}

struct OpenOptions : ServerOptions {
  std::string participant, instrument, timepoint, study;
};

absl::Status Open(ServerConnection& server, const OpenOptions& options) {
  Codes codes(server);
  v1::OpenInstanceRequest request;
  REPRISE_ASSIGN_OR_RETURN(*request.mutable_participant_id(),
                           codes.Participant(options.participant, options.study));
  REPRISE_ASSIGN_OR_RETURN(*request.mutable_instrument_version_id(),
                           codes.InstrumentVersion(options.instrument));
  request.set_timepoint(options.timepoint);
  REPRISE_ASSIGN_OR_RETURN(const auto opened,
                           CallAs<v1::Instance>(server, "questionnaire/OpenInstance", request));
  std::cout << Print(opened, options.output);
  return absl::OkStatus();
}

struct InstancesOptions : ServerOptions {
  std::string participant, study;
};

absl::Status Instances(ServerConnection& server, const InstancesOptions& options) {
  v1::ListInstancesRequest request;
  REPRISE_ASSIGN_OR_RETURN(*request.mutable_participant_id(),
                           Codes(server).Participant(options.participant, options.study));
  REPRISE_ASSIGN_OR_RETURN(const auto list, CallAs<v1::ListInstancesResponse>(
                                                server, "questionnaire/ListInstances", request));
  std::cout << Print(list, options.output,
                     {"instrument_id", "instrument_version", "timepoint", "state", "respondent", "window_open_date",
                      "target_date", "window_close_date", "answered_date", "instance_id"});
  return absl::OkStatus();
}

void AddInstanceVerbs(Cli& cli, CLI::App* group) {
  constexpr const char* kStudy =
      "Of the participant's code; may be left out where one study has it";
  const auto open =
      AddOnlineVerb<OpenOptions>(cli, group, "open", "Open a questionnaire for a participant",
                                 "reprise questionnaire open LYO-0042 PHQ-9@1.0 baseline", Open);
  open.verb->add_option("participant", open.options->participant, "Code or UUID")->required();
  open.verb->add_option("instrument", open.options->instrument, "ID@VERSION or UUID")->required();
  open.verb
      ->add_option("timepoint", open.options->timepoint,
                   "Which occasion, such as baseline or T0+4m")
      ->required();
  open.verb->add_option("--study", open.options->study, kStudy);

  const auto instances = AddOnlineVerb<InstancesOptions>(
      cli, group, "instances", "List the questionnaires of a participant, due and done",
      "reprise questionnaire instances LYO-0042", Instances);
  instances.verb->add_option("participant", instances.options->participant, "Code or UUID")
      ->required();
  instances.verb->add_option("--study", instances.options->study, kStudy);
}

}  // namespace

void AddQuestionnaireVerbs(Cli& cli) {
  CLI::App* const group = AddGroup(cli, "questionnaire",
                                   "Questionnaires: published, opened, answered, corrected, read");
  const auto publish = AddOnlineVerb<PublishOptions>(
      cli, group, "publish", "Publish one version of an instrument from its document",
      "reprise questionnaire publish deploy/instruments/phq-9.yaml", Publish);
  publish.verb
      ->add_option("file", publish.options->file, "YAML or JSON document; - reads standard input")
      ->required();

  const auto list = AddOnlineVerb<ListOptions>(cli, group, "list", "List the published versions",
                                               "reprise questionnaire list PHQ-9", List);
  list.verb->add_option("instrument", list.options->instrument, "Only this instrument");

  const auto document = AddOnlineVerb<DocumentOptions>(
      cli, group, "document", "Print the document of a published version, byte for byte",
      "reprise questionnaire document PHQ-9@1.0 --out phq-9.yaml", Document);
  document.verb->add_option("instrument", document.options->instrument, "ID@VERSION or UUID")
      ->required();
  document.verb->add_option("--out", document.options->out, "Where to; - is standard output")
      ->capture_default_str();

  const auto form = AddOnlineVerb<DocumentOptions>(
      cli, group, "form", "Print a published version as a page fills it in, expressions as trees",
      "reprise questionnaire form PHQ-9@1.0 --out phq-9.json", FormOf);
  form.verb->add_option("instrument", form.options->instrument, "ID@VERSION or UUID")->required();
  form.verb->add_option("--out", form.options->out, "Where to; - is standard output")->capture_default_str();

  AddInstanceVerbs(cli, group);
  AddOccasionVerbs(cli, group);
  AddResponseVerbs(cli, group);
}

}  // namespace reprise::cli
