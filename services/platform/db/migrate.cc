// SPDX-License-Identifier: Apache-2.0
#include "services/platform/db/migrate.h"

#include <sodium.h>

#include <algorithm>
#include <map>
#include <pqxx/pqxx>

#include "absl/strings/str_cat.h"

#include "services/platform/db/pool.h"
#include "services/platform/error/error.h"
#include "services/platform/status.h"

namespace reprise::db {
namespace {

constexpr long kLockId = 0x52657072;  // any number, the same in every daemon

constexpr char kPrepare[] = R"sql(
  DO $$ BEGIN EXECUTE format('GRANT CREATE ON DATABASE %I TO reprise_owner', current_database()); END $$;
  CREATE SCHEMA IF NOT EXISTS migration AUTHORIZATION reprise_owner;
  CREATE TABLE IF NOT EXISTS migration.applied (
    name       text        NOT NULL,
    sha256     text        NOT NULL,
    apply_time timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT applied_pkey PRIMARY KEY (name)
  );
  ALTER TABLE migration.applied OWNER TO reprise_owner;
  GRANT USAGE ON SCHEMA migration TO reprise_gate;
  GRANT SELECT ON migration.applied TO reprise_gate;
)sql";

std::string Sha256Hex(const std::string& bytes) {
  unsigned char hash[crypto_hash_sha256_BYTES];
  crypto_hash_sha256(hash, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
  char hex[2 * sizeof hash + 1];
  sodium_bin2hex(hex, sizeof hex, hash, sizeof hash);
  return hex;
}

std::string BaseName(const std::string& name) { return name.substr(name.rfind('/') + 1); }

absl::Status Refuse(const char* reason, const std::string& message) {
  return error::Make(absl::StatusCode::kFailedPrecondition, reason, message);
}

std::map<std::string, std::string> Applied(pqxx::connection& connection) {
  std::map<std::string, std::string> applied;
  pqxx::work work(connection);
  for (const pqxx::row& row : work.exec("SELECT name, sha256 FROM migration.applied")) {
    applied[row[0].as<std::string>()] = row[1].as<std::string>();
  }
  return applied;
}

// What keeps `applied` from being a beginning of `migrations`, or OK.
absl::Status Compare(const std::map<std::string, std::string>& applied,
                     absl::Span<const Migration> migrations) {
  std::map<std::string, std::string> known;
  for (const Migration& migration : migrations) known[migration.name] = Sha256Hex(migration.sql);
  for (const auto& [name, sha256] : applied) {
    const auto at = known.find(name);
    if (at == known.end()) {
      return Refuse("MIGRATION_UNKNOWN",
                    absl::StrCat("The database has the migration ", name, ", which this program lacks."));
    }
    if (at->second != sha256) {
      return Refuse("MIGRATION_CHANGED",
                    absl::StrCat("The migration ", name, " was applied with another content."));
    }
  }
  return absl::OkStatus();
}

absl::Status Apply(pqxx::connection& connection, const Migration& migration) {
  try {
    pqxx::work work(connection);
    work.exec("SET LOCAL ROLE reprise_owner");
    work.exec(migration.sql);
    work.exec_params("INSERT INTO migration.applied (name, sha256) VALUES ($1, $2)", migration.name,
                     Sha256Hex(migration.sql));
    work.commit();
    return absl::OkStatus();
  } catch (const pqxx::broken_connection&) {
    throw;
  } catch (const std::exception& failure) {
    return Refuse("MIGRATION_FAILED", absl::StrCat(migration.name, ": ", failure.what()));
  }
}

}  // namespace

std::vector<Migration> InOrder(std::vector<Migration> migrations) {
  std::sort(migrations.begin(), migrations.end(), [](const Migration& a, const Migration& b) {
    return std::pair(BaseName(a.name), a.name) < std::pair(BaseName(b.name), b.name);
  });
  return migrations;
}

absl::StatusOr<std::vector<std::string>> Migrate(const std::string& admin_url,
                                                 const std::string& roles_sql,
                                                 absl::Span<const Migration> migrations) {
  try {
    pqxx::connection connection(admin_url);
    {
      pqxx::nontransaction direct(connection);
      direct.exec("SET client_min_messages = warning");
      direct.exec(absl::StrCat("SELECT pg_advisory_lock(", kLockId, ")"));
      direct.exec(roles_sql);
      direct.exec("GRANT reprise_owner TO CURRENT_USER");
      direct.exec(kPrepare);
    }
    const std::map<std::string, std::string> applied = Applied(connection);
    REPRISE_RETURN_IF_ERROR(Compare(applied, migrations));
    std::vector<std::string> done;
    for (const Migration& migration : migrations) {
      if (applied.count(migration.name) > 0) continue;
      REPRISE_RETURN_IF_ERROR(Apply(connection, migration));
      done.push_back(migration.name);
    }
    return done;
  } catch (const pqxx::broken_connection&) {
    return error::Retry("DATABASE_UNREACHABLE", "The database cannot be reached.", absl::Seconds(1));
  } catch (const std::exception& failure) {
    return Refuse("MIGRATION_FAILED", failure.what());
  }
}

absl::Status CheckSchema(const std::string& url, absl::Span<const Migration> migrations) {
  REPRISE_ASSIGN_OR_RETURN(const std::string gate_url, UrlForRole(url, "reprise_gate"));
  try {
    pqxx::connection connection(gate_url);
    const auto applied = Applied(connection);
    REPRISE_RETURN_IF_ERROR(Compare(applied, migrations));
    if (applied.size() != migrations.size()) {
      return Refuse("SCHEMA_MISMATCH",
                    absl::StrCat("The database has ", applied.size(), " of ", migrations.size(),
                                 " migrations; run `reprised --migrate`."));
    }
    return absl::OkStatus();
  } catch (const pqxx::broken_connection&) {
    return error::Retry("DATABASE_UNREACHABLE", "The database cannot be reached.", absl::Seconds(1));
  } catch (const std::exception&) {
    return Refuse("SCHEMA_MISMATCH", "The database was never migrated; run `reprised --migrate`.");
  }
}

}  // namespace reprise::db
