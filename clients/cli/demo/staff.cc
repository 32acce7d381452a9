// SPDX-License-Identifier: Apache-2.0
#include "clients/cli/demo/staff.h"

#include <sodium.h>

#include <nlohmann/json.hpp>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

#include "reprise/access/v1/access_service.pb.h"

#include "services/platform/status.h"

namespace reprise::cli::demo {
namespace {

namespace v1 = ::reprise::access::v1;

// 20 letters and digits that are not mistaken for each other: nearly 100 bits.
std::string NewPassword() {
  constexpr absl::string_view kLetters = "abcdefghijkmnpqrstuvwxyz23456789";
  std::string password;
  for (int i = 0; i < 20; ++i) {
    if (i > 0 && i % 5 == 0) password += '-';
    password += kLetters[randombytes_uniform(static_cast<uint32_t>(kLetters.size()))];
  }
  return password;
}

}  // namespace

absl::StatusOr<Member> EngageOne(ServerConnection& admin, const ServerOptions& options,
                                 const std::string& login_name, const std::string& display_name,
                                 v1::Role role, const std::string& study_id,
                                 const std::string& site_id) {
  Member member{.login_name = login_name, .password = NewPassword(), .role = v1::Role_Name(role),
                .user_id = {}, .connection = nullptr};
  v1::CreateUserRequest create;
  create.set_login_name(login_name);
  create.set_display_name(display_name);
  create.set_password(member.password);
  REPRISE_ASSIGN_OR_RETURN(const auto user, CallAs<v1::User>(admin, "access/CreateUser", create));
  member.user_id = user.user_id();
  v1::CreateDelegationRequest delegate;
  delegate.set_user_id(member.user_id);
  delegate.set_role(role);
  delegate.set_study_id(study_id);
  if (!site_id.empty()) delegate.set_site_id(site_id);
  REPRISE_RETURN_IF_ERROR(CallAs<v1::Delegation>(admin, "access/CreateDelegation", delegate).status());
  REPRISE_RETURN_IF_ERROR(LogIn(admin, options, member));
  return member;
}

absl::Status LogIn(ServerConnection& admin, const ServerOptions& options, Member& member) {
  v1::LoginRequest login;
  login.set_login_name(member.login_name);
  login.set_password(member.password);
  REPRISE_ASSIGN_OR_RETURN(const auto session, CallAs<v1::LoginResponse>(admin, "access/Login", login));
  ServerOptions own = options;
  own.token = session.session_token();
  member.connection = std::make_unique<ServerConnection>(own);
  return absl::OkStatus();
}

absl::StatusOr<Staff> Engage(ServerConnection& admin, const ServerOptions& options,
                             const std::string& study_id, const std::vector<study::v1::Site>& sites) {
  Staff staff;
  REPRISE_ASSIGN_OR_RETURN(staff.data, EngageOne(admin, options, "demo.data", "Gestion des données (démo)",
                                                 v1::ROLE_DATA_MANAGER, study_id, ""));
  REPRISE_ASSIGN_OR_RETURN(staff.researcher, EngageOne(admin, options, "demo.researcher", "Recherche (démo)",
                                                       v1::ROLE_RESEARCHER, study_id, ""));
  for (const study::v1::Site& site : sites) {
    const std::string code = absl::AsciiStrToLower(site.code());
    REPRISE_ASSIGN_OR_RETURN(
        Member coordinator,
        EngageOne(admin, options, absl::StrCat("demo.coordinator.", code),
                  absl::StrCat("Coordination ", site.name(), " (démo)"), v1::ROLE_COORDINATOR, study_id, site.site_id()));
    REPRISE_ASSIGN_OR_RETURN(
        Member physician,
        EngageOne(admin, options, absl::StrCat("demo.physician.", code),
                  absl::StrCat("Médecine du travail ", site.name(), " (démo)"), v1::ROLE_OCCUPATIONAL_PHYSICIAN,
                  study_id, site.site_id()));
    staff.coordinators.push_back(std::move(coordinator));
    staff.physicians.push_back(std::move(physician));
  }
  return staff;
}

std::string AccountsJson(const Staff& staff) {
  nlohmann::ordered_json accounts = nlohmann::ordered_json::array();
  const auto add = [&](const Member& member) {
    accounts.push_back({{"role", absl::AsciiStrToLower(member.role.substr(5))},
                        {"login_name", member.login_name},
                        {"password", member.password}});
  };
  add(staff.manager);
  add(staff.data);
  add(staff.researcher);
  for (const Member& member : staff.coordinators) add(member);
  for (const Member& member : staff.physicians) add(member);
  return accounts.dump(2) + "\n";
}

}  // namespace reprise::cli::demo
