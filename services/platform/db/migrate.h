// SPDX-License-Identifier: Apache-2.0
// Forward-only migrations: each file once, in order, in a transaction of its own, under an advisory
// lock, remembered with its checksum. The daemon refuses a schema that is not exactly its own.
#ifndef REPRISE_PLATFORM_DB_MIGRATE_H_
#define REPRISE_PLATFORM_DB_MIGRATE_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"

namespace reprise::db {

struct Migration {
  std::string name;  // "access/20261121_03_create_user.sql"
  std::string sql;
};

// Files in the order of application: by their name without the folder.
std::vector<Migration> InOrder(std::vector<Migration> migrations);

// Makes the roles, then applies what is missing as reprise_owner. `admin_url` connects as a superuser
// or a role that may create roles. Returns the names applied now.
//   FAILED_PRECONDITION MIGRATION_CHANGED (a landed file has another checksum),
//   MIGRATION_UNKNOWN (the database is ahead), MIGRATION_FAILED; UNAVAILABLE DATABASE_UNREACHABLE
absl::StatusOr<std::vector<std::string>> Migrate(const std::string& admin_url,
                                                 const std::string& roles_sql,
                                                 absl::Span<const Migration> migrations);

// FAILED_PRECONDITION SCHEMA_MISMATCH where the database at `url` does not hold exactly `migrations`.
absl::Status CheckSchema(const std::string& url, absl::Span<const Migration> migrations);

}  // namespace reprise::db

#endif  // REPRISE_PLATFORM_DB_MIGRATE_H_
