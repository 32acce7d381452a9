// SPDX-License-Identifier: Apache-2.0
#include "services/platform/testing/database.h"

#include <libpq-fe.h>
#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <memory>

#include "absl/strings/str_cat.h"

#include "services/platform/error/error.h"
#include "services/platform/status.h"

namespace reprise::testing {
namespace {

// What `command` prints, without the last line break; ends the process where it fails.
std::string Run(const std::string& command) {
  FILE* const pipe = ::popen(command.c_str(), "r");
  REPRISE_CHECK(pipe != nullptr);
  std::string out;
  for (int c = std::fgetc(pipe); c != EOF; c = std::fgetc(pipe)) out += static_cast<char>(c);
  if (::pclose(pipe) != 0) {
    std::cerr << "failed: " << command << "\n" << out;
    std::abort();
  }
  while (!out.empty() && out.back() == '\n') out.pop_back();
  return out;
}

TextRows RowsOf(const PGresult* result) {
  TextRows rows;
  for (int row = 0; row < PQntuples(result); ++row) {
    rows.emplace_back();
    for (int column = 0; column < PQnfields(result); ++column) {
      rows.back().push_back(PQgetisnull(result, row, column) ? "NULL" : PQgetvalue(result, row, column));
    }
  }
  return rows;
}

}  // namespace

absl::StatusOr<TextRows> RunSql(const std::string& url, const std::string& sql) {
  const std::unique_ptr<PGconn, void (*)(PGconn*)> connection(PQconnectdb(url.c_str()), &PQfinish);
  if (PQstatus(connection.get()) != CONNECTION_OK) {
    return error::Make(absl::StatusCode::kUnavailable, "UNREACHABLE", PQerrorMessage(connection.get()));
  }
  PQsetNoticeProcessor(connection.get(), [](void*, const char*) {}, nullptr);
  const std::unique_ptr<PGresult, void (*)(PGresult*)> result(PQexec(connection.get(), sql.c_str()),
                                                             &PQclear);
  const ExecStatusType state = PQresultStatus(result.get());
  if (state != PGRES_COMMAND_OK && state != PGRES_TUPLES_OK) {
    const char* const sqlstate = PQresultErrorField(result.get(), PG_DIAG_SQLSTATE);
    return error::Make(absl::StatusCode::kUnknown, sqlstate == nullptr ? "" : sqlstate,
                       PQresultErrorMessage(result.get()));
  }
  return RowsOf(result.get());
}

TestDatabase::TestDatabase() {
  // A build without the daemon (thread sanitizer) borrows the cluster of one that has it.
  const char* const borrowed = std::getenv("REPRISE_TEST_BUILD");
  cluster_url_ = Run(absl::StrCat(REPRISE_SOURCE, "/services/platform/testing/cluster start ",
                                  borrowed != nullptr ? borrowed : REPRISE_BUILD));
  static std::atomic<int> made{0};
  name_ = absl::StrCat("test_", ::getpid(), "_", ++made);
  url_ = absl::StrCat(cluster_url_, " dbname=", name_);
  const auto done = RunSql(absl::StrCat(cluster_url_, " user=postgres dbname=postgres"),
                           absl::StrCat("CREATE DATABASE ", name_, " TEMPLATE reprise"));
  if (!done.ok()) std::cerr << done.status() << "\n";
  REPRISE_CHECK(done.ok());
}

TestDatabase::~TestDatabase() {
  (void)RunSql(absl::StrCat(cluster_url_, " user=postgres dbname=postgres"),
               absl::StrCat("DROP DATABASE ", name_, " WITH (FORCE)"));
}

std::string TestDatabase::UrlOf(const std::string& role) const {
  return absl::StrCat(url_, " user=", role);
}

TextRows TestDatabase::Sql(const std::string& sql) const {
  auto rows = RunSql(UrlOf("postgres"), sql);
  if (!rows.ok()) std::cerr << rows.status() << "\n";
  REPRISE_CHECK(rows.ok());
  return *std::move(rows);
}

std::string TestDatabase::Value(const std::string& sql) const {
  const TextRows rows = Sql(sql);
  return rows.empty() ? "" : rows[0][0];
}

absl::StatusOr<TextRows> TestDatabase::SqlAs(const std::string& role, const std::string& sql) const {
  return RunSql(UrlOf(role), sql);
}

TestFolder::TestFolder() {
  std::string pattern = (std::filesystem::temp_directory_path() / "reprise-XXXXXX").string();
  // The socket of a cluster in it has a short path only.
  if (pattern.size() > 60) pattern = "/tmp/reprise-XXXXXX";
  REPRISE_CHECK(::mkdtemp(pattern.data()) != nullptr);
  path_ = pattern;
}

TestFolder::~TestFolder() {
  std::error_code failure;
  std::filesystem::remove_all(path_, failure);
}

TestCluster::TestCluster() : folder_(TestFolder().path()) {
  Start();
}

TestCluster::~TestCluster() {
  Kill();
  std::error_code failure;
  std::filesystem::remove_all(folder_, failure);
}

void TestCluster::Start() {
  url_ = Run(absl::StrCat(REPRISE_SOURCE, "/deploy/cluster start ", folder_, " --throwaway"));
}

void TestCluster::Kill() { Run(absl::StrCat(REPRISE_SOURCE, "/deploy/cluster kill ", folder_)); }

}  // namespace reprise::testing
