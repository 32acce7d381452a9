// SPDX-License-Identifier: Apache-2.0
#include "services/daemon/daemon.h"

#include <thread>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/synchronization/notification.h"
#include "absl/time/clock.h"

#include "services/daemon/migrations.h"
#include "services/platform/db/migrate.h"
#include "services/platform/error/error.h"
#include "services/platform/id/seal.h"
#include "services/platform/log/log.h"
#include "services/platform/runtime/config.h"
#include "services/platform/status.h"

namespace reprise::daemon {
namespace {

constexpr absl::Duration kForgetInterval = absl::Hours(1);

}  // namespace

Daemon::Daemon(const platform::v1::Config& config, runtime::Secrets secrets, rpc::Rules rules)
    : config_(config),
      secrets_(std::move(secrets)),
      request_key_(KeyedHash(secrets_.Get(runtime::kAuditKey), "platform.request")),
      rules_(std::move(rules)),
      forgetting_(kForgetInterval, [this] { ForgetRequests(); }) {
  identities_ = std::make_unique<rpc::IdentityResolver>(
      DatabaseOf("gate", {}), clock_,
      rpc::IdentityResolver::Options{
          .idle = absl::Seconds(config_.sessions().idle_seconds()),
          .participant_idle = absl::Seconds(config_.sessions().participant_idle_seconds()),
          .cache = absl::Milliseconds(config_.sessions().cache_milliseconds())});
  stream_workers_ = std::make_unique<rpc::Workers>(config_.calls().stream_threads(),
                                                   config_.calls().queue_length());
}

Daemon::~Daemon() { Drain(); }

Daemon::Hosted::Hosted(Daemon& daemon, const ModuleEntry& entry)
    : name(entry.name),
      workers(std::make_unique<rpc::Workers>(daemon.config_.calls().worker_threads(),
                                             daemon.config_.calls().queue_length())),
      pipeline({.rules = daemon.rules_,
                .identities = *daemon.identities_,
                .workers = *workers,
                .stream_workers = *daemon.stream_workers_,
                .metrics = daemon.metrics_,
                .clock = daemon.clock_,
                .ids = daemon.ids_,
                .max_deadline = absl::Milliseconds(daemon.config_.calls().deadline_milliseconds()),
                .max_stream_deadline =
                    absl::Milliseconds(daemon.config_.calls().stream_deadline_milliseconds()),
                .trusted_gateways = absl::StrSplit(daemon.config_.calls().trusted_gateways(),
                                                   absl::ByAnyChar(", "), absl::SkipEmpty()),
                .request_key = daemon.request_key_}),
      environment{.config = daemon.config_,
                  .secrets = daemon.secrets_,
                  .pipeline = pipeline,
                  .clock = daemon.clock_,
                  .ids = daemon.ids_,
                  .database = [&daemon](const std::string& service,
                                        absl::Span<const db::ConstraintReason> constraints)
                      -> db::Database& { return daemon.DatabaseOf(service, constraints); }},
      module(entry.make(environment)) {}

db::Database& Daemon::DatabaseOf(const std::string& service,
                                 absl::Span<const db::ConstraintReason> constraints) {
  Opened& opened = databases_[service];
  if (opened.database == nullptr) {
    // The URL was parsed when the schema was checked.
    const auto url = db::UrlForRole(config_.database().url(), "reprise_" + service);
    REPRISE_CHECK(url.ok());
    opened.pool =
        std::make_unique<db::Pool>(*url, config_.database().connections_per_service(),
                                   absl::Milliseconds(config_.database().acquire_milliseconds()));
    opened.database = std::make_unique<db::Database>(*opened.pool, secrets_.Get(runtime::kAuditKey),
                                                     constraints);
  }
  return *opened.database;
}

// Each service can delete its own records alone.
void Daemon::ForgetRequests() {
  const absl::Time now = clock_.Now();
  const Call call{.method = "daemon.forget_requests",
                  .scope = {.everywhere = true},
                  .now = now,
                  .deadline = now + absl::Minutes(5),
                  .ids = &ids_};
  for (const auto& hosted : hosted_) {
    const absl::StatusOr<int64_t> forgotten = databases_.at(hosted->name).database->ForgetRequests(
        call, now - absl::Hours(24) * config_.calls().replay_days());
    if (!forgotten.ok()) {
      log::Error("replay records could not be deleted",
                 {{"service", hosted->name}, {"reason", error::ReasonOf(forgotten.status())}});
    } else if (*forgotten > 0) {
      log::Info("replay records deleted", {{"service", hosted->name}, {"count", absl::StrCat(*forgotten)}});
    }
  }
}

absl::StatusOr<std::unique_ptr<Daemon>> Daemon::Start(const platform::v1::Config& config,
                                                      const Selection& selection) {
  const std::vector<ModuleEntry>& modules = selection.modules;
  REPRISE_RETURN_IF_ERROR(runtime::RequireStores(config));
  REPRISE_ASSIGN_OR_RETURN(runtime::Secrets secrets,
                           runtime::Secrets::Load(config.secrets_directory()));
  if (!config.listen().tls_key_file().empty()) {
    REPRISE_RETURN_IF_ERROR(runtime::CheckOwnerOnly(config.listen().tls_key_file()));
  }
  std::vector<std::string> services;
  for (const ModuleEntry& entry : modules) services.push_back(entry.proto_service);
  REPRISE_ASSIGN_OR_RETURN(rpc::Rules rules, rpc::Rules::Load(services));
  REPRISE_RETURN_IF_ERROR(db::CheckSchema(config.database().url(), Migrations()));

  std::unique_ptr<Daemon> daemon(new Daemon(config, std::move(secrets), std::move(rules)));
  std::vector<grpc::Service*> grpc_services;
  for (const ModuleEntry& entry : modules) {
    daemon->hosted_.push_back(std::make_unique<Hosted>(*daemon, entry));
    grpc_services.push_back(&daemon->hosted_.back()->module->service());
  }
  if (!config.metrics().address().empty() && !daemon->metrics_.Serve(config.metrics().address())) {
    return error::Make(absl::StatusCode::kFailedPrecondition, "ADDRESS_UNAVAILABLE",
                       "The metrics address cannot be listened on.");
  }
  REPRISE_ASSIGN_OR_RETURN(daemon->server_, rpc::Server::Start(config, grpc_services));
  for (const auto& hosted : daemon->hosted_) hosted->module->Start();
  daemon->forgetting_.Start();
  if (selection.gateway && !config.gateway().address().empty()) {
    REPRISE_ASSIGN_OR_RETURN(
        daemon->gateway_,
        gateway::Gateway::Start(config, daemon->server_->InProcessChannel(), daemon->metrics_));
  }
  return daemon;
}

void Daemon::Drain() {
  if (drained_) return;
  drained_ = true;
  const absl::Time end = absl::Now() + absl::Milliseconds(config_.calls().drain_milliseconds());
  // gRPC waits for every handler, and a handler may wait for a database that does not answer.
  absl::Notification stopped;
  std::thread patience([&] {
    if (stopped.WaitForNotificationWithDeadline(end)) return;
    log::Info("calls are broken off");
    for (const auto& [service, opened] : databases_) opened.pool->CutOff();
  });
  // Before the services, which answer its calls.
  if (gateway_ != nullptr) {
    gateway_->Drain(end - absl::Now());
    gateway_ = nullptr;
  }
  if (server_ != nullptr) server_->Drain(end - absl::Now());
  for (const auto& hosted : hosted_) hosted->workers.reset();
  stream_workers_.reset();
  for (const auto& hosted : hosted_) hosted->module->Stop();
  forgetting_.Stop();
  stopped.Notify();
  patience.join();
}

}  // namespace reprise::daemon
