// SPDX-License-Identifier: Apache-2.0
// Second factors, forgotten passwords, who is delegated, and participants' links.
#include <iostream>

#include "absl/strings/str_cat.h"

#include "reprise/access/v1/access_service.pb.h"

#include "clients/cli/online/arguments.h"
#include "clients/cli/online/codes.h"
#include "clients/cli/online/field_verbs.h"
#include "clients/cli/online/print.h"
#include "clients/cli/online/verb.h"
#include "clients/cli/verbs.h"
#include "services/platform/status.h"

namespace reprise::cli {
namespace {

namespace v1 = ::reprise::access::v1;

struct CodeOptions : ServerOptions {
  std::string password_file, code;
};

absl::StatusOr<std::string> ReadCode(const std::string& code, const std::string& prompt) {
  if (!code.empty()) return code;
  return ReadPassword("", prompt);
}

absl::Status Start(ServerConnection& server, const CodeOptions& options) {
  v1::StartSecondFactorRequest request;
  REPRISE_ASSIGN_OR_RETURN(*request.mutable_password(), ReadPassword(options.password_file, "Password"));
  REPRISE_ASSIGN_OR_RETURN(const auto started, CallAs<v1::StartSecondFactorResponse>(
                                                   server, "access/StartSecondFactor", request));
  std::cout << Print(started, options.output);
  std::cerr << "Enter the secret into your authenticator, then: reprise user factor confirm\n";
  return absl::OkStatus();
}

absl::Status Confirm(ServerConnection& server, const CodeOptions& options) {
  v1::ConfirmSecondFactorRequest request;
  REPRISE_ASSIGN_OR_RETURN(*request.mutable_code(), ReadCode(options.code, "Code of the authenticator"));
  REPRISE_ASSIGN_OR_RETURN(const auto confirmed, CallAs<v1::ConfirmSecondFactorResponse>(
                                                     server, "access/ConfirmSecondFactor", request));
  std::cout << Print(confirmed, options.output);
  std::cerr << "Keep the recovery codes where your telephone is not: each is good for one login.\n";
  return absl::OkStatus();
}

absl::Status Renew(ServerConnection& server, const CodeOptions& options) {
  v1::RenewRecoveryCodesRequest request;
  REPRISE_ASSIGN_OR_RETURN(*request.mutable_code(), ReadCode(options.code, "Code"));
  REPRISE_ASSIGN_OR_RETURN(const auto renewed, CallAs<v1::RenewRecoveryCodesResponse>(
                                                   server, "access/RenewRecoveryCodes", request));
  std::cout << Print(renewed, options.output);
  std::cerr << "The recovery codes before are void.\n";
  return absl::OkStatus();
}

absl::Status Remove(ServerConnection& server, const CodeOptions& options) {
  v1::RemoveSecondFactorRequest request;
  REPRISE_ASSIGN_OR_RETURN(*request.mutable_password(), ReadPassword(options.password_file, "Password"));
  REPRISE_ASSIGN_OR_RETURN(*request.mutable_code(), ReadCode(options.code, "Code"));
  REPRISE_ASSIGN_OR_RETURN(const auto removed, CallAs<v1::RemoveSecondFactorResponse>(
                                                   server, "access/RemoveSecondFactor", request));
  if (options.output != "table") std::cout << Print(removed, options.output);
  std::cerr << "The second factor is off.\n";
  return absl::OkStatus();
}

struct RescueOptions : ServerOptions {
  std::string user, reason, password_file;
};

absl::Status ResetFactor(ServerConnection& server, const RescueOptions& options) {
  v1::ResetSecondFactorRequest request;
  REPRISE_ASSIGN_OR_RETURN(*request.mutable_user_id(), Codes(server).UserId(options.user));
  request.set_reason(options.reason);
  REPRISE_ASSIGN_OR_RETURN(const auto user,
                           CallAs<v1::User>(server, "access/ResetSecondFactor", request));
  std::cout << Print(user, options.output);
  return absl::OkStatus();
}

absl::Status ResetPassword(ServerConnection& server, const RescueOptions& options) {
  v1::ResetPasswordRequest request;
  REPRISE_ASSIGN_OR_RETURN(*request.mutable_user_id(), Codes(server).UserId(options.user));
  REPRISE_ASSIGN_OR_RETURN(*request.mutable_password(),
                           ReadNewPassword(options.password_file,
                                           absl::StrCat("New first password of ", options.user)));
  REPRISE_ASSIGN_OR_RETURN(const auto user, CallAs<v1::User>(server, "access/ResetPassword", request));
  std::cout << Print(user, options.output);
  return absl::OkStatus();
}

absl::Status Enable(ServerConnection& server, const RescueOptions& options) {
  REPRISE_ASSIGN_OR_RETURN(const v1::User user, Codes(server).User(options.user));
  v1::EnableUserRequest request;
  request.set_user_id(user.user_id());
  request.set_etag(user.etag());
  REPRISE_ASSIGN_OR_RETURN(const auto enabled, CallAs<v1::User>(server, "access/EnableUser", request));
  std::cout << Print(enabled, options.output);
  return absl::OkStatus();
}

constexpr char kPasswordFile[] = "File with the password; otherwise it is asked for";
constexpr char kCode[] = "Of the authenticator, or a recovery code; otherwise it is asked for";

}  // namespace

void AddFactorVerbs(Cli& cli, CLI::App* group) {
  CLI::App* const factor = group->add_subcommand("factor", "The second factor of an account");
  factor->require_subcommand(1);
  const auto start = AddOnlineVerb<CodeOptions>(cli, factor, "start", "Start a second factor for yourself",
                                                "reprise user factor start", Start);
  start.verb->add_option("--password-file", start.options->password_file, kPasswordFile);
  const auto confirm = AddOnlineVerb<CodeOptions>(
      cli, factor, "confirm", "Switch it on by its first code and get recovery codes",
      "reprise user factor confirm --code 123456", Confirm);
  confirm.verb->add_option("--code", confirm.options->code,
                           "What the authenticator shows; otherwise it is asked for");
  const auto renew = AddOnlineVerb<CodeOptions>(cli, factor, "renew", "Get new recovery codes for the old",
                                                "reprise user factor renew", Renew);
  renew.verb->add_option("--code", renew.options->code, kCode);
  const auto remove = AddOnlineVerb<CodeOptions>(cli, factor, "remove", "Switch your second factor off",
                                                 "reprise user factor remove", Remove);
  remove.verb->add_option("--password-file", remove.options->password_file, kPasswordFile);
  remove.verb->add_option("--code", remove.options->code, kCode);
  const auto reset = AddOnlineVerb<RescueOptions>(
      cli, factor, "reset", "Switch off that of somebody who lost hers",
      "reprise user factor reset alice --reason \"came in person with her badge\"", ResetFactor);
  reset.verb->add_option("user", reset.options->user, "Login name or UUID")->required();
  reset.verb->add_option("--reason", reset.options->reason, "How you know that it is she; kept with the change")
      ->required();
}

void AddRescueVerbs(Cli& cli, CLI::App* group) {
  const auto enable = AddOnlineVerb<RescueOptions>(cli, group, "enable", "Open a closed account again",
                                                   "reprise user enable alice", Enable);
  enable.verb->add_option("user", enable.options->user, "Login name or UUID")->required();
  const auto reset = AddOnlineVerb<RescueOptions>(
      cli, group, "reset-password", "Give a new first password to somebody who forgot hers",
      "reprise user reset-password alice --password-file first.txt\nShe must change it at her next login.",
      ResetPassword);
  reset.verb->add_option("user", reset.options->user, "Login name or UUID")->required();
  reset.verb->add_option("--password-file", reset.options->password_file,
                         "File with the new first password; otherwise it is asked for");
  AddFieldVerbs(cli, group,
                {{"delegations", "access/ListDelegations", "List who is delegated in a study",
                  "reprise user delegations --live",
                  {{"--study", "study_id", "Code or UUID; may be left out with one study", false, Names::kStudy},
                   {"--live", "live_only", "Only those that are live now"}},
                  {"login_name", "display_name", "delegation.role", "delegation.from_time",
                   "delegation.until_time", "delegation.delegation_id"}}});
}

void AddLinkVerbs(Cli& cli, CLI::App* group) {
  CLI::App* const link = group->add_subcommand("link", "Personal links by which participants come in");
  link->require_subcommand(1);
  const Argument participant{"participant", "participant_id", "Code or UUID", true, Names::kParticipant};
  AddFieldVerbs(
      cli, link,
      {{"create", "access/CreateParticipantLink", "Make a link and a short code; both are shown once",
        "reprise participant link create LYO-0042 --until 2026-04-01",
        {participant,
         {"--until", "until_time", "Day or instant at which it ends, at most 60 days ahead; left out: 14 days"},
         {"--instance", "instance_id", "UUID of the questionnaire to land on"},
         {"--account-language", "language", "fr or en, of her account where it is made now"}}},
       {"list", "access/ListParticipantLinks", "List a participant's links, the latest first",
        "reprise participant link list LYO-0042", {participant},
        {"state", "made_time", "until_time", "redeem_time", "revoke_time", "link_id"}},
       {"revoke", "access/RevokeParticipantLink", "Revoke a link, and end the session that it started",
        "reprise participant link revoke 0a4a5d1c-7b11-4e0e-9d0b-6f0c2c1e5a6b",
        {{"link", "link_id", "UUID", true}}}});
}

}  // namespace reprise::cli
