// SPDX-License-Identifier: Apache-2.0
#include <iostream>
#include <map>

#include "absl/strings/str_cat.h"

#include "reprise/access/v1/access_service.pb.h"

#include "clients/cli/online/arguments.h"
#include "clients/cli/online/codes.h"
#include "clients/cli/online/lists.h"
#include "clients/cli/online/print.h"
#include "clients/cli/online/verb.h"
#include "clients/cli/verbs.h"
#include "services/platform/status.h"

namespace reprise::cli {
namespace {

namespace v1 = ::reprise::access::v1;

struct CreateOptions : ServerOptions {
  std::string login_name, display_name, interface_language, password_file, participant, study;
};

absl::Status Create(ServerConnection& server, const CreateOptions& options) {
  v1::CreateUserRequest request;
  request.set_login_name(options.login_name);
  request.set_display_name(options.display_name);
  request.set_language(options.interface_language);
  if (!options.participant.empty()) {
    REPRISE_ASSIGN_OR_RETURN(*request.mutable_participant_id(),
                             Codes(server).Participant(options.participant, options.study));
  }
  REPRISE_ASSIGN_OR_RETURN(*request.mutable_password(),
                           ReadNewPassword(options.password_file,
                                           absl::StrCat("First password of ", options.login_name)));
  REPRISE_ASSIGN_OR_RETURN(const auto user, CallAs<v1::User>(server, "access/CreateUser", request));
  std::cout << Print(user, options.output);
  return absl::OkStatus();
}

struct ListOptions : ServerOptions {
  int limit = 0;
};

absl::Status List(ServerConnection& server, const ListOptions& options) {
  v1::ListUsersRequest request;
  request.set_page_size(200);
  bool more = false;
  REPRISE_ASSIGN_OR_RETURN(const auto users,
                           ListPages(server, "access/ListUsers", request, options.limit, &more));
  std::cout << Print(
      *users, options.output,
      {"login_name", "display_name", "language", "made_time", "disabled_time", "user_id"});
  SayMore(more, options.limit);
  return absl::OkStatus();
}

struct DisableOptions : ServerOptions {
  std::string user;
};

absl::Status Disable(ServerConnection& server, const DisableOptions& options) {
  REPRISE_ASSIGN_OR_RETURN(const v1::User user, Codes(server).User(options.user));
  v1::DisableUserRequest request;
  request.set_user_id(user.user_id());
  request.set_etag(user.etag());
  REPRISE_ASSIGN_OR_RETURN(const auto disabled,
                           CallAs<v1::User>(server, "access/DisableUser", request));
  std::cout << Print(disabled, options.output);
  return absl::OkStatus();
}

struct DelegateOptions : ServerOptions {
  std::string user, role, study, site, from, until;
};

absl::Status Delegate(ServerConnection& server, const DelegateOptions& options) {
  Codes codes(server);
  v1::CreateDelegationRequest request;
  request.set_role(RoleOf(options.role));
  REPRISE_ASSIGN_OR_RETURN(*request.mutable_user_id(), codes.UserId(options.user));
  if (!options.site.empty()) {
    REPRISE_ASSIGN_OR_RETURN(const study::v1::Site site, codes.Site(options.site, options.study));
    request.set_study_id(site.study_id());
    request.set_site_id(site.site_id());
  } else if (request.role() != v1::ROLE_ADMINISTRATOR || !options.study.empty()) {
    REPRISE_ASSIGN_OR_RETURN(const std::string study_id, codes.Study(options.study));
    request.set_study_id(study_id);
  }
  if (!options.from.empty()) {
    REPRISE_ASSIGN_OR_RETURN(*request.mutable_from_time(), InstantOf(options.from, "--from"));
  }
  if (!options.until.empty()) {
    REPRISE_ASSIGN_OR_RETURN(*request.mutable_until_time(), InstantOf(options.until, "--until"));
  }
  REPRISE_ASSIGN_OR_RETURN(const auto made,
                           CallAs<v1::Delegation>(server, "access/CreateDelegation", request));
  std::cout << Print(made, options.output);
  return absl::OkStatus();
}

struct EndOptions : ServerOptions {
  std::string delegation_id;
};

absl::Status EndDelegation(ServerConnection& server, const EndOptions& options) {
  v1::EndDelegationRequest request;
  request.set_delegation_id(options.delegation_id);
  REPRISE_ASSIGN_OR_RETURN(const auto ended,
                           CallAs<v1::Delegation>(server, "access/EndDelegation", request));
  std::cout << Print(ended, options.output);
  return absl::OkStatus();
}

struct PasswordOptions : ServerOptions {
  std::string old_file, new_file;
};

absl::Status ChangePassword(ServerConnection& server, const PasswordOptions& options) {
  v1::ChangePasswordRequest request;
  REPRISE_ASSIGN_OR_RETURN(*request.mutable_old_password(),
                           ReadPassword(options.old_file, "Password in force"));
  REPRISE_ASSIGN_OR_RETURN(*request.mutable_new_password(),
                           ReadNewPassword(options.new_file, "New password"));
  REPRISE_ASSIGN_OR_RETURN(const auto changed, CallAs<v1::ChangePasswordResponse>(
                                                   server, "access/ChangePassword", request));
  if (options.output != "table") std::cout << Print(changed, options.output);
  std::cerr << "The password is changed; your other sessions are ended.\n";
  return absl::OkStatus();
}

absl::Status Self(ServerConnection& server, const ServerOptions& options) {
  REPRISE_ASSIGN_OR_RETURN(
      const auto self, CallAs<v1::GetSelfResponse>(server, "access/GetSelf", v1::GetSelfRequest()));
  if (options.output != "table") {
    std::cout << Print(self, options.output);
    return absl::OkStatus();
  }
  // For people places by their codes, where the caller may list them.
  std::map<std::string, std::string> codes;
  const auto studies = CallAs<study::v1::ListStudiesResponse>(server, "study/ListStudies",
                                                              study::v1::ListStudiesRequest());
  if (studies.ok()) {
    for (const auto& each : studies->studies()) {
      codes[each.study().study_id()] = each.study().code();
      for (const auto& site : each.sites()) codes[site.site_id()] = site.code();
    }
  }
  const auto code_of = [&](const std::string& id) { return codes.contains(id) ? codes[id] : id; };
  v1::GetSelfResponse rest = self;
  for (v1::Delegation& delegation : *rest.mutable_delegations()) {
    delegation.set_study_id(code_of(delegation.study_id()));
    delegation.set_site_id(code_of(delegation.site_id()));
    delegation.clear_user_id();
  }
  std::cout << Print(rest, "table");
  return absl::OkStatus();
}

void AddDelegationVerbs(Cli& cli, CLI::App* group) {
  const auto delegate = AddOnlineVerb<DelegateOptions>(
      cli, group, "delegate", "Delegate a role to a user at a place for a period",
      "reprise user delegate alice coordinator --site LYO --from 2026-02-01 --until 2027-02-01\n"
      "Days begin at midnight of this computer's time zone. Without --site the role is held in the "
      "whole\n"
      "study; an administrator has neither.",
      Delegate);
  delegate.verb->add_option("user", delegate.options->user, "Login name or UUID")->required();
  delegate.verb->add_option("role", delegate.options->role, "The role")
      ->required()
      ->check(CLI::IsMember(RoleNames()));
  delegate.verb->add_option("--study", delegate.options->study,
                            "Code or UUID; may be left out with one study");
  delegate.verb->add_option("--site", delegate.options->site, "Code or UUID");
  delegate.verb->add_option("--from", delegate.options->from,
                            "First day or instant; left out: now");
  delegate.verb->add_option("--until", delegate.options->until,
                            "Day or instant at which it ends; left out: open");

  const auto end = AddOnlineVerb<EndOptions>(
      cli, group, "end-delegation", "End a delegation now",
      "reprise user end-delegation 6f0c2c1e-5a6b-4e0e-9d0b-0a4a5d1c7b11", EndDelegation);
  end.verb->add_option("delegation", end.options->delegation_id, "UUID of the delegation")
      ->required();
}

void AddCreateVerb(Cli& cli, CLI::App* group) {
  const auto create = AddOnlineVerb<CreateOptions>(
      cli, group, "create", "Make an account with a first password",
      "reprise user create alice --name \"Alice Bernard\" --language fr --password-file first.txt",
      Create);
  create.verb
      ->add_option("login_name", create.options->login_name, "Lower case letters, digits and ._@-")
      ->required();
  create.verb->add_option("--name", create.options->display_name, "As colleagues know the person")
      ->required();
  // Here it is that of the new account.
  create.verb->remove_option(create.verb->get_option("--language"));
  create.verb->add_option("--language", create.options->interface_language, "Of the interface; left out: fr")
      ->check(CLI::IsMember({"fr", "en"}));
  create.verb->add_option("--password-file", create.options->password_file,
                          "File with the first password; otherwise it is asked for");
  create.verb->add_option("--participant", create.options->participant,
                          "Code or UUID of the participant who logs in with it");
  create.verb->add_option("--study", create.options->study, "Of the participant's code");
}

}  // namespace

void AddUserVerbs(Cli& cli) {
  CLI::App* const group = AddGroup(cli, "user", "Accounts, delegations, the own password and second factor");
  AddCreateVerb(cli, group);

  const auto list = AddOnlineVerb<ListOptions>(cli, group, "list", "List accounts by login name",
                                               "reprise user list --output csv", List);
  AddLimit(list.verb, list.options->limit);

  const auto disable =
      AddOnlineVerb<DisableOptions>(cli, group, "disable", "Close an account and end its sessions",
                                    "reprise user disable alice", Disable);
  disable.verb->add_option("user", disable.options->user, "Login name or UUID")->required();

  AddRescueVerbs(cli, group);
  AddDelegationVerbs(cli, group);
  AddFactorVerbs(cli, group);

  const auto password = AddOnlineVerb<PasswordOptions>(
      cli, group, "password", "Replace the own password and end the other sessions",
      "reprise user password", ChangePassword);
  password.verb->add_option("--old-password-file", password.options->old_file,
                            "File with the password in force; otherwise it is asked for");
  password.verb->add_option("--password-file", password.options->new_file,
                            "File with the new password; otherwise it is asked for");

  AddOnlineVerb<ServerOptions>(cli, group, "self", "Who is logged in, and what she may do where",
                               "reprise user self", Self);
}

}  // namespace reprise::cli
