// SPDX-License-Identifier: Apache-2.0
// reprised: hosts any subset of the services, and the few acts that must happen before it can.
#include <signal.h>

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <sstream>

#include "absl/strings/str_cat.h"

#include "services/access/bootstrap.h"
#include "services/daemon/daemon.h"
#include "services/daemon/migrations.h"
#include "services/platform/error/error.h"
#include "services/platform/log/log.h"
#include "services/platform/runtime/config.h"
#include "services/platform/status.h"

namespace reprise::daemon {
namespace {

struct Options {
  std::string config_file;
  std::string services = "all";
  std::string migrate_url;
  std::string make_secrets;
  std::string first_administrator;
  std::string password_file;
};

absl::StatusOr<std::string> ReadAll(const std::string& path) {
  if (path.empty()) return std::string();
  std::ifstream file(path);
  std::ostringstream bytes;
  if (!file || !(bytes << file.rdbuf())) {
    return error::Make(absl::StatusCode::kNotFound, "FILE_UNREADABLE", "A file cannot be read.",
                       {{"file", path}});
  }
  return bytes.str();
}

absl::Status RunMigrate(const std::string& url) {
  REPRISE_ASSIGN_OR_RETURN(const auto applied, db::Migrate(url, RolesSql(), Migrations()));
  for (const std::string& name : applied) log::Info("migrated", {{"migration", name}});
  return absl::OkStatus();
}

absl::Status RunBootstrap(const Options& options, const platform::v1::Config& config) {
  REPRISE_RETURN_IF_ERROR(runtime::RequireStores(config));
  REPRISE_RETURN_IF_ERROR(runtime::CheckOwnerOnly(options.password_file));
  REPRISE_ASSIGN_OR_RETURN(std::string password, ReadAll(options.password_file));
  while (!password.empty() && password.back() == '\n') password.pop_back();
  REPRISE_ASSIGN_OR_RETURN(const runtime::Secrets secrets,
                           runtime::Secrets::Load(config.secrets_directory()));
  REPRISE_ASSIGN_OR_RETURN(const std::string url,
                           db::UrlForRole(config.database().url(), "reprise_access"));
  db::Pool pool(url, 1, absl::Seconds(5));
  db::Database database(pool, secrets.Get(runtime::kAuditKey), {});
  SystemClock clock;
  RandomIdSource ids;
  return access::MakeFirstAdministrator(database, clock, ids, options.first_administrator, password);
}

void WaitFor(const sigset_t& signals) {
  int signal = 0;
  sigwait(&signals, &signal);
  log::Info("draining");
}

void SayGateway(const gateway::Gateway& gateway) {
  log::Info("gateway listening", {{"address", gateway.address()}, {"url", gateway.url()}});
}

// The edge alone: neither database nor secrets.
absl::Status ServeGateway(const platform::v1::Config& config, const sigset_t& signals) {
  metrics::Metrics metrics;
  if (!config.metrics().address().empty() && !metrics.Serve(config.metrics().address())) {
    return error::Make(absl::StatusCode::kFailedPrecondition, "ADDRESS_UNAVAILABLE",
                       "The metrics address cannot be listened on.");
  }
  REPRISE_ASSIGN_OR_RETURN(const std::unique_ptr<gateway::Gateway> gateway,
                           gateway::Gateway::Start(config, nullptr, metrics));
  SayGateway(*gateway);
  WaitFor(signals);
  gateway->Drain(absl::Milliseconds(config.calls().drain_milliseconds()));
  log::Info("stopped");
  return absl::OkStatus();
}

absl::Status Serve(const Options& options, const platform::v1::Config& config,
                   const sigset_t& signals) {
  REPRISE_ASSIGN_OR_RETURN(const Selection selection, SelectModules(options.services));
  if (selection.modules.empty()) return ServeGateway(config, signals);
  REPRISE_ASSIGN_OR_RETURN(const std::unique_ptr<Daemon> daemon, Daemon::Start(config, selection));
  if (daemon->gateway() != nullptr) SayGateway(*daemon->gateway());
  log::Info("listening", {{"address", daemon->address()}, {"services", options.services}});
  WaitFor(signals);
  daemon->Drain();
  log::Info("stopped");
  return absl::OkStatus();
}

absl::Status Run(const Options& options, const sigset_t& signals) {
  if (!options.make_secrets.empty()) return runtime::Secrets::Make(options.make_secrets);
  if (!options.migrate_url.empty()) return RunMigrate(options.migrate_url);
  REPRISE_ASSIGN_OR_RETURN(const std::string text, ReadAll(options.config_file));
  REPRISE_ASSIGN_OR_RETURN(const platform::v1::Config config,
                           runtime::ReadConfig(text, options.config_file, &std::getenv));
  if (!options.first_administrator.empty()) return RunBootstrap(options, config);
  return Serve(options, config, signals);
}

}  // namespace
}  // namespace reprise::daemon

int main(int argc, char** argv) {
  // Before any thread exists, so that every thread inherits it and only sigwait sees them.
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  signal(SIGPIPE, SIG_IGN);

  reprise::daemon::Options options;
  CLI::App app("The Reprise daemon", "reprised");
  app.add_option("--config", options.config_file, "Configuration (text format of config.proto)");
  app.add_option("--services", options.services, "`all`, or names with commas between them; `gateway` is the edge for browsers")
      ->capture_default_str();
  app.add_option("--migrate", options.migrate_url,
                 "Bring the database at this URL to this program's schema, then exit; the URL's user "
                 "must be able to create roles");
  app.add_option("--make-secrets", options.make_secrets,
                 "Make the missing secret files in this folder, then exit");
  CLI::Option* const administrator =
      app.add_option("--first-administrator", options.first_administrator,
                     "Make the first account with this login name, then exit");
  app.add_option("--password-file", options.password_file,
                 "Its password, in a file readable by its owner alone")
      ->needs(administrator);
  CLI11_PARSE(app, argc, argv);

  const absl::Status status = reprise::daemon::Run(options, signals);
  if (status.ok()) return 0;
  const reprise::error::Detail detail = reprise::error::DetailOf(status);
  std::cerr << "reprised: " << status.message() << " [" << detail.reason << "]\n";
  for (const auto& [key, value] : detail.metadata) std::cerr << "  " << key << " = " << value << "\n";
  for (const auto& violation : detail.violations) {
    std::cerr << "  " << violation.path << ": " << violation.message << "\n";
  }
  return 1;
}
