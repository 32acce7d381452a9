// SPDX-License-Identifier: Apache-2.0
// reprised put together: pools, pipeline, modules, server, gateway; and its drain.
#ifndef REPRISE_DAEMON_DAEMON_H_
#define REPRISE_DAEMON_DAEMON_H_

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

#include "services/daemon/modules.h"
#include "services/gateway/gateway.h"
#include "services/platform/rpc/server.h"
#include "services/platform/time/periodic.h"

namespace reprise::daemon {

class Daemon {
 public:
  // Checks configuration, secrets, schema and access rules, then listens.
  static absl::StatusOr<std::unique_ptr<Daemon>> Start(const platform::v1::Config& config,
                                                       const Selection& selection);
  ~Daemon();
  const std::string& address() const { return server_->address(); }
  // Null where none is served.
  const gateway::Gateway* gateway() const { return gateway_.get(); }
  const metrics::Metrics& metrics() const { return metrics_; }
  // Refuses new calls, lets running ones finish for calls.drain_milliseconds and then breaks them off,
  // stops the modules.
  void Drain();

 private:
  Daemon(const platform::v1::Config& config, runtime::Secrets secrets, rpc::Rules rules);
  db::Database& DatabaseOf(const std::string& service,
                           absl::Span<const db::ConstraintReason> constraints);
  void ForgetRequests();

  const platform::v1::Config config_;
  const runtime::Secrets secrets_;
  const std::string request_key_;  // from the audit key, so the same in every process of the house
  const rpc::Rules rules_;
  SystemClock clock_;
  RandomIdSource ids_;
  metrics::Metrics metrics_;
  struct Opened {
    std::unique_ptr<db::Pool> pool;
    std::unique_ptr<db::Database> database;
  };
  std::map<std::string, Opened> databases_;
  std::unique_ptr<rpc::IdentityResolver> identities_;
  std::unique_ptr<rpc::Workers> stream_workers_;
  // A service with what it alone has: threads of its own, so that another's long calls do not hold its up.
  struct Hosted {
    Hosted(Daemon& daemon, const ModuleEntry& entry);
    const std::string name;
    std::unique_ptr<rpc::Workers> workers;
    rpc::Pipeline pipeline;
    runtime::Environment environment;
    const std::unique_ptr<runtime::Module> module;
  };
  std::vector<std::unique_ptr<Hosted>> hosted_;
  std::unique_ptr<rpc::Server> server_;
  std::unique_ptr<gateway::Gateway> gateway_;
  Periodic forgetting_;
  bool drained_ = false;
};

}  // namespace reprise::daemon

#endif  // REPRISE_DAEMON_DAEMON_H_
