// SPDX-License-Identifier: Apache-2.0
// The people of the demo study: their accounts, delegations and open sessions. Every call of the demo
// is made by one of them, with that person's rights.
#ifndef REPRISE_CLI_DEMO_STAFF_H_
#define REPRISE_CLI_DEMO_STAFF_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

#include "reprise/access/v1/delegation.pb.h"
#include "reprise/study/v1/study.pb.h"

#include "clients/cli/online/connection.h"

namespace reprise::cli::demo {

struct Member {
  std::string login_name;
  std::string password;
  std::string role;
  std::string user_id;
  std::unique_ptr<ServerConnection> connection;
};

struct Staff {
  Member manager;     // study manager of the whole study
  Member data;        // data manager
  Member researcher;
  std::vector<Member> coordinators;  // one a site, in the order of the sites
  std::vector<Member> physicians;
};

// Starts a session of hers in place of the one she has, which ends when it is not used for long.
absl::Status LogIn(ServerConnection& admin, const ServerOptions& options, Member& member);

// Makes the accounts and delegations as the administrator of `admin` and logs everybody in.
//   ALREADY_EXISTS LOGIN_NAME_TAKEN where a demo was played on this server before
absl::StatusOr<Staff> Engage(ServerConnection& admin, const ServerOptions& options,
                             const std::string& study_id, const std::vector<study::v1::Site>& sites);

// The study manager alone, who applies the document that makes the sites.
absl::StatusOr<Member> EngageOne(ServerConnection& admin, const ServerOptions& options,
                                 const std::string& login_name, const std::string& display_name,
                                 access::v1::Role role, const std::string& study_id,
                                 const std::string& site_id);

// Login names and passwords by role, JSON.
std::string AccountsJson(const Staff& staff);

}  // namespace reprise::cli::demo

#endif  // REPRISE_CLI_DEMO_STAFF_H_
