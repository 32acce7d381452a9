// SPDX-License-Identifier: Apache-2.0
// The built daemon as an operator runs it: reprised on loopback with free ports, all services in one
// process or one process each, on a database of its own.
#ifndef REPRISE_TESTS_CONFORMANCE_SERVER_H_
#define REPRISE_TESTS_CONFORMANCE_SERVER_H_

#include <sys/types.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "services/platform/testing/client.h"
#include "services/platform/testing/database.h"

namespace reprise::conformance {

class Server {
 public:
  // `split`: one process a service. Ends the test program where one does not come up.
  Server(const std::vector<std::string>& services, bool split);
  ~Server();
  const testing::Client& client() const { return *client_; }
  const testing::TestDatabase& database() const { return database_; }
  // Whether every process still runs.
  bool alive() const;

 private:
  std::string Spawn(const std::string& services);
  void MakeAdministrator();

  testing::TestDatabase database_;
  testing::TestFolder folder_;
  std::vector<pid_t> processes_;
  std::unique_ptr<testing::Client> client_;
};

}  // namespace reprise::conformance

#endif  // REPRISE_TESTS_CONFORMANCE_SERVER_H_
