// SPDX-License-Identifier: Apache-2.0
// A database of its own for a test, cloned from the migrated template, gone with the object; and a
// whole cluster of its own for tests that stop PostgreSQL.
//   testing::TestDatabase database;
//   db::Pool pool(database.UrlOf("reprise_study"), 2, absl::Seconds(5));
#ifndef REPRISE_PLATFORM_TESTING_DATABASE_H_
#define REPRISE_PLATFORM_TESTING_DATABASE_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace reprise::testing {

// Rows of columns as PostgreSQL prints them; a null is the text "NULL".
using TextRows = std::vector<std::vector<std::string>>;

// Runs hand-written statements at `url`; the rows of the last. The status has the SQLSTATE as reason.
absl::StatusOr<TextRows> RunSql(const std::string& url, const std::string& sql);

class TestDatabase {
 public:
  // Starts the build's test cluster where it does not run; ends the process where it cannot.
  TestDatabase();
  ~TestDatabase();
  TestDatabase(const TestDatabase&) = delete;

  // Without a user, as a daemon is configured.
  const std::string& url() const { return url_; }
  std::string UrlOf(const std::string& role) const;

  // As the superuser; ends the process where a statement fails, so that a typing error is no pass.
  TextRows Sql(const std::string& sql) const;
  // The first column of the first row.
  std::string Value(const std::string& sql) const;
  // As a service's role; a refusal is an answer.
  absl::StatusOr<TextRows> SqlAs(const std::string& role, const std::string& sql) const;

 private:
  std::string cluster_url_;
  std::string name_;
  std::string url_;
};

// A throwaway cluster with an empty database `reprise`.
class TestCluster {
 public:
  TestCluster();
  ~TestCluster();
  void Start();
  void Kill();  // as a power cut would
  const std::string& url() const { return url_; }

 private:
  std::string folder_;
  std::string url_;
};

// A new folder that only its owner can enter; gone with the object.
class TestFolder {
 public:
  TestFolder();
  ~TestFolder();
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace reprise::testing

#endif  // REPRISE_PLATFORM_TESTING_DATABASE_H_
