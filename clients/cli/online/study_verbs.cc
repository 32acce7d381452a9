// SPDX-License-Identifier: Apache-2.0
#include <iostream>
#include <map>

#include "reprise/enrolment/v1/enrolment_service.pb.h"
#include "reprise/study/v1/study_service.pb.h"

#include "clients/cli/online/codes.h"
#include "clients/cli/online/lists.h"
#include "clients/cli/online/print.h"
#include "clients/cli/online/verb.h"
#include "clients/cli/verbs.h"
#include "services/platform/status.h"

namespace reprise::cli {
namespace {

namespace study_v1 = ::reprise::study::v1;
namespace v1 = ::reprise::enrolment::v1;

struct CreateOptions : ServerOptions {
  std::string code, title_fr, title_en;
};

absl::Status Create(ServerConnection& server, const CreateOptions& options) {
  study_v1::CreateStudyRequest request;
  request.set_code(options.code);
  if (!options.title_fr.empty()) (*request.mutable_title())["fr"] = options.title_fr;
  if (!options.title_en.empty()) (*request.mutable_title())["en"] = options.title_en;
  REPRISE_ASSIGN_OR_RETURN(const auto made,
                           CallAs<study_v1::Study>(server, "study/CreateStudy", request));
  std::cout << Print(made, options.output);
  return absl::OkStatus();
}

struct SiteOptions : ServerOptions {
  std::string study, code, name, time_zone;
};

absl::Status AddSite(ServerConnection& server, const SiteOptions& options) {
  study_v1::CreateSiteRequest request;
  REPRISE_ASSIGN_OR_RETURN(*request.mutable_study_id(), Codes(server).Study(options.study));
  request.set_code(options.code);
  request.set_name(options.name);
  request.set_time_zone(options.time_zone);
  REPRISE_ASSIGN_OR_RETURN(const auto made,
                           CallAs<study_v1::Site>(server, "study/CreateSite", request));
  std::cout << Print(made, options.output);
  return absl::OkStatus();
}

// One line a site, and one for a study without any.
Rows RowsOfStudies(const study_v1::ListStudiesResponse& studies) {
  Rows rows{.header = {"study", "title_fr", "title_en", "site", "name", "time_zone", "study_id",
                       "site_id"},
            .cells = {}};
  for (const auto& each : studies.studies()) {
    const auto add = [&](const study_v1::Site& site) {
      const auto title = [&](const char* language) {
        const auto at = each.study().title().find(language);
        return at == each.study().title().end() ? std::string() : at->second;
      };
      rows.cells.push_back({each.study().code(), title("fr"), title("en"), site.code(), site.name(),
                            site.time_zone(), each.study().study_id(), site.site_id()});
    };
    for (const auto& site : each.sites()) add(site);
    if (each.sites().empty()) add({});
  }
  return rows;
}

absl::Status ListStudies(ServerConnection& server, const ServerOptions& options) {
  REPRISE_ASSIGN_OR_RETURN(const auto studies,
                           CallAs<study_v1::ListStudiesResponse>(server, "study/ListStudies",
                                                                 study_v1::ListStudiesRequest()));
  if (options.output == "json") {
    std::cout << Print(studies, "json");
    return absl::OkStatus();
  }
  Rows rows = RowsOfStudies(studies);
  if (options.output == "csv") {
    std::cout << PrintCsv(rows);
    return absl::OkStatus();
  }
  // Every verb takes the codes, so people need no ids.
  rows.header.resize(rows.header.size() - 2);
  for (auto& row : rows.cells) row.resize(rows.header.size());
  std::cout << PrintTable(rows);
  return absl::OkStatus();
}

struct ParticipantsOptions : ServerOptions {
  std::string study, site, stage;
  int limit = 0;
};

absl::Status ListParticipants(ServerConnection& server, const ParticipantsOptions& options) {
  Codes codes(server);
  v1::ListParticipantsRequest request;
  if (options.site.empty()) {
    REPRISE_ASSIGN_OR_RETURN(*request.mutable_study_id(), codes.Study(options.study));
  } else {
    REPRISE_ASSIGN_OR_RETURN(const study_v1::Site site, codes.Site(options.site, options.study));
    request.set_study_id(site.study_id());
    request.set_site_id(site.site_id());
  }
  request.set_stage(options.stage);
  request.set_page_size(1000);
  bool more = false;
  REPRISE_ASSIGN_OR_RETURN(const auto list, ListPages(server, "enrolment/ListParticipants", request,
                                                      options.limit, &more));
  std::cout << Print(*list, options.output, {"code", "stage", "status", "consent_date", "participant_id"});
  SayMore(more, options.limit);
  return absl::OkStatus();
}

struct AssignOptions : ServerOptions {
  std::string participant, user, study;
};

absl::Status Assign(ServerConnection& server, const AssignOptions& options) {
  Codes codes(server);
  v1::AssignPhysicianRequest request;
  REPRISE_ASSIGN_OR_RETURN(*request.mutable_participant_id(),
                           codes.Participant(options.participant, options.study));
  REPRISE_ASSIGN_OR_RETURN(*request.mutable_user_id(), codes.UserId(options.user));
  REPRISE_ASSIGN_OR_RETURN(const auto assigned,
                           CallAs<v1::Participant>(server, "enrolment/AssignPhysician", request));
  std::cout << Print(assigned, options.output);
  return absl::OkStatus();
}

}  // namespace

void AddStudyVerbs(Cli& cli) {
  CLI::App* const group = AddGroup(cli, "study", "Studies and their sites");
  const auto create = AddOnlineVerb<CreateOptions>(
      cli, group, "create", "Enter a study",
      "reprise study create FASTRACS --title-fr \"Retour au travail après un cancer du sein\"",
      Create);
  create.verb->add_option("code", create.options->code, "Capitals, digits and hyphens")->required();
  create.verb->add_option("--title-fr", create.options->title_fr, "Title in French");
  create.verb->add_option("--title-en", create.options->title_en, "Title in English");

  const auto site = AddOnlineVerb<SiteOptions>(
      cli, group, "site", "Add a site to a study",
      "reprise study site FASTRACS LYO \"Hospices civils de Lyon\" --time-zone Europe/Paris",
      AddSite);
  site.verb->add_option("study", site.options->study, "Code or UUID")->required();
  site.verb->add_option("code", site.options->code, "Three to eight capitals or digits")
      ->required();
  site.verb->add_option("name", site.options->name, "As people say it")->required();
  site.verb->add_option("--time-zone", site.options->time_zone,
                        "IANA name; left out: Europe/Paris");

  AddOnlineVerb<ServerOptions>(cli, group, "list", "List studies with their sites",
                               "reprise study list", ListStudies);
  AddProtocolVerbs(cli, group);
}

void AddParticipantVerbs(Cli& cli) {
  CLI::App* const group = AddGroup(cli, "participant", "Participants and who looks after them");
  constexpr const char* kStudy = "Code or UUID; may be left out with one study";
  const auto list = AddOnlineVerb<ParticipantsOptions>(
      cli, group, "list", "List the participants in sight by code",
      "reprise participant list --site LYO", ListParticipants);
  list.verb->add_option("--study", list.options->study, kStudy);
  list.verb->add_option("--site", list.options->site, "Code or UUID; left out: all in sight");
  list.verb->add_option("--stage", list.options->stage, "Code of the stage; left out: all");
  AddLimit(list.verb, list.options->limit);

  const auto assign = AddOnlineVerb<AssignOptions>(
      cli, group, "assign", "Give an occupational physician access to a participant",
      "reprise participant assign LYO-0042 0a4a5d1c-7b11-4e0e-9d0b-6f0c2c1e5a6b\n"
      "A login name serves as well where the caller may list accounts.",
      Assign);
  assign.verb->add_option("participant", assign.options->participant, "Code or UUID")->required();
  assign.verb->add_option("user", assign.options->user, "UUID or login name of the physician")
      ->required();
  assign.verb->add_option("--study", assign.options->study, kStudy);
  AddLinkVerbs(cli, group);
  AddCourseOfParticipantVerbs(cli, group);
}

}  // namespace reprise::cli
