// SPDX-License-Identifier: Apache-2.0
#include "clients/cli/demo/setting.h"

#include <algorithm>
#include <filesystem>

#include "reprise/questionnaire/v1/questionnaire_service.pb.h"
#include "reprise/study/v1/study_service.pb.h"

#include "clients/cli/demo/sites.h"
#include "clients/cli/files.h"
#include "services/platform/status.h"
#include "services/platform/text/yaml_tree.h"

namespace reprise::cli::demo {
namespace {

namespace st = ::reprise::study::v1;
namespace qu = ::reprise::questionnaire::v1;

// The value of a key, or null.
const text::YamlNode* ValueOf(const text::YamlNode& map, const std::string& key) {
  for (size_t k = 0; k < map.keys.size(); ++k) {
    if (map.keys[k].scalar == key) return &map.children[k];
  }
  return nullptr;
}

// Its code and titles stand in the document; the server reads the rest when it is applied.
absl::StatusOr<st::Study> MakeStudy(ServerConnection& admin, const std::string& document,
                                    const std::string& name) {
  REPRISE_ASSIGN_OR_RETURN(const text::YamlNode root, text::ParseYaml(document, name));
  st::CreateStudyRequest request;
  if (const auto* const code = ValueOf(root, "study"); code != nullptr) request.set_code(code->scalar);
  if (const auto* const title = ValueOf(root, "title"); title != nullptr) {
    for (size_t k = 0; k < title->keys.size(); ++k) {
      (*request.mutable_title())[title->keys[k].scalar] = title->children[k].scalar;
    }
  }
  return CallAs<st::Study>(admin, "study/CreateStudy", request);
}

absl::Status Publish(ServerConnection& manager, const std::string& folder) {
  namespace fs = std::filesystem;
  std::error_code failed;
  std::vector<std::string> files;
  for (const auto& entry : fs::directory_iterator(folder, failed)) {
    // Ours alone: others' definitions have no wording until the team loads it.
    const std::string name = entry.path().filename().string();
    if (name.rfind("reprise-", 0) == 0) files.push_back(entry.path().string());
  }
  std::sort(files.begin(), files.end());
  for (const std::string& file : files) {
    qu::PublishInstrumentVersionRequest request;
    REPRISE_ASSIGN_OR_RETURN(*request.mutable_document(), ReadFile(file));
    request.set_document_name(fs::path(file).filename().string());
    const auto published =
        CallAs<qu::InstrumentVersion>(manager, "questionnaire/PublishInstrumentVersion", request);
    if (!published.ok() && published.status().code() != absl::StatusCode::kAlreadyExists) {
      return published.status();
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<Forms> LoadForms(ServerConnection& manager, const st::StudyDocument& document) {
  Forms forms;
  REPRISE_ASSIGN_OR_RETURN(const auto list, CallAs<qu::ListInstrumentVersionsResponse>(
                                                manager, "questionnaire/ListInstrumentVersions",
                                                qu::ListInstrumentVersionsRequest()));
  for (const auto& due : document.questionnaires()) {
    for (const qu::InstrumentVersion& version : list.instrument_versions()) {
      if (version.instrument_id() != due.instrument() || version.version() != due.version()) continue;
      if (forms.count({due.instrument(), due.version()}) != 0) continue;
      qu::GetInstrumentDocumentRequest request;
      request.set_instrument_version_id(version.instrument_version_id());
      REPRISE_ASSIGN_OR_RETURN(const auto answer, CallAs<qu::GetInstrumentDocumentResponse>(
                                                      manager, "questionnaire/GetInstrumentDocument", request));
      PublishedForm& form = forms[{due.instrument(), due.version()}];
      form.instrument_version_id = version.instrument_version_id();
      REPRISE_ASSIGN_OR_RETURN(form.answerer, Answerer::Make(answer.document()));
    }
  }
  return forms;
}

}  // namespace

absl::Status SetUp(ServerConnection& admin, const Options& options, Setting& setting) {
  REPRISE_ASSIGN_OR_RETURN(const std::string document, ReadFile(options.document));
  REPRISE_ASSIGN_OR_RETURN(const st::Study study, MakeStudy(admin, document, options.document));
  setting.study_id = study.study_id();
  REPRISE_ASSIGN_OR_RETURN(
      setting.staff.manager,
      EngageOne(admin, options, "demo.manager", "Gestion de l’étude (démo)",
                      access::v1::ROLE_STUDY_MANAGER, setting.study_id, ""));
  ServerConnection& manager = *setting.staff.manager.connection;
  REPRISE_RETURN_IF_ERROR(Publish(manager, options.instruments));
  st::ApplyProtocolRequest apply;
  apply.set_study_id(setting.study_id);
  apply.set_document(document);
  apply.set_document_name(std::filesystem::path(options.document).filename().string());
  REPRISE_RETURN_IF_ERROR(CallAs<st::ProtocolVersion>(manager, "study/ApplyProtocol", apply).status());
  st::GetProtocolRequest get;
  get.set_study_id(setting.study_id);
  REPRISE_ASSIGN_OR_RETURN(auto protocol, CallAs<st::GetProtocolResponse>(manager, "study/GetProtocol", get));
  if (options.sites > protocol.content().sites_size()) {
    apply.clear_request_id();
    apply.set_document(WithMoreSites(protocol.content(), options.sites));
    apply.set_document_name("more-sites.json");
    apply.set_live_version(protocol.protocol_version().version());
    apply.set_change_reason("More sites.");
    REPRISE_RETURN_IF_ERROR(CallAs<st::ProtocolVersion>(manager, "study/ApplyProtocol", apply).status());
    REPRISE_ASSIGN_OR_RETURN(protocol, CallAs<st::GetProtocolResponse>(manager, "study/GetProtocol", get));
  }
  setting.document = protocol.content();
  REPRISE_ASSIGN_OR_RETURN(const auto studies, CallAs<st::ListStudiesResponse>(manager, "study/ListStudies",
                                                                               st::ListStudiesRequest()));
  for (const auto& each : studies.studies()) {
    if (each.study().study_id() == setting.study_id) setting.sites = {each.sites().begin(), each.sites().end()};
  }
  Member kept = std::move(setting.staff.manager);
  REPRISE_ASSIGN_OR_RETURN(setting.staff, Engage(admin, options, setting.study_id, setting.sites));
  setting.staff.manager = std::move(kept);
  REPRISE_ASSIGN_OR_RETURN(setting.forms, LoadForms(manager, setting.document));
  return absl::OkStatus();
}

}  // namespace reprise::cli::demo
