// SPDX-License-Identifier: Apache-2.0
#include "tests/house/house.h"

#include <cstdlib>
#include <iostream>

#include "absl/strings/str_cat.h"

#include "services/access/bootstrap.h"
#include "services/platform/runtime/config.h"
#include "services/platform/status.h"

namespace reprise::house {
namespace {

platform::v1::Config ConfigOf(const House& house) {
  const std::string text = absl::StrCat(
      "listen { address: '127.0.0.1:0' } database { url: \"", house.database.url(),
      "\" connections_per_service: 8 } secrets_directory: '", house.secrets.path(),
      "' audit { seal_milliseconds: 20 } sessions { cache_milliseconds: 1 }"
      " calls { worker_threads: 8 } gateway { address: '127.0.0.1:0' trusted_proxies: '127.0.0.1' }");
  const auto config = runtime::ReadConfig(text, "test", [](const char*) { return nullptr; });
  REPRISE_CHECK(config.ok());
  return *config;
}

// Ends the house before the program ends its libraries.
class EndOfHouse : public ::testing::Environment {
 public:
  explicit EndOfHouse(std::unique_ptr<House>& house) : house_(house) {}
  void TearDown() override { house_.reset(); }

 private:
  std::unique_ptr<House>& house_;
};

}  // namespace

House::House() {
  REPRISE_CHECK(runtime::Secrets::Make(secrets.path()).ok());
  const auto keys = runtime::Secrets::Load(secrets.path());
  REPRISE_CHECK(keys.ok());
  {
    db::Pool pool(database.UrlOf("reprise_access"), 1, absl::Seconds(5));
    db::Database access(pool, keys->Get(runtime::kAuditKey), {});
    SystemClock clock;
    RandomIdSource ids;
    REPRISE_CHECK(access::MakeFirstAdministrator(access, clock, ids, "alice", kPassword).ok());
  }
  Restart();
  people = Settle(*client);
}

void House::Restart() {
  auto started = daemon::Daemon::Start(ConfigOf(*this), {});
  if (!started.ok()) std::cerr << started.status() << "\n";
  REPRISE_CHECK(started.ok());
  daemon = *std::move(started);
  client = std::make_unique<testing::Client>(
      std::map<std::string, std::string>{{"*", daemon->address()}});
}

House& HouseTest::house() {
  static std::unique_ptr<House> house;
  if (house == nullptr) {
    house = std::make_unique<House>();
    ::testing::AddGlobalTestEnvironment(new EndOfHouse(house));
  }
  return *house;
}

int HouseTest::Audited(const std::string& action, const std::string& subject_id) {
  return std::atoi(database()
                       .Value(absl::StrCat("SELECT count(*) FROM audit.event WHERE action = '", action,
                                           "' AND subject_id = '", subject_id, "'"))
                       .c_str());
}

}  // namespace reprise::house
