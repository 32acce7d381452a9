// SPDX-License-Identifier: Apache-2.0
#include "services/gateway/gateway.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"

#include "services/gateway/files/site_files.h"
#include "services/gateway/rpc/codec.h"
#include "services/gateway/rpc/framing.h"
#include "services/gateway/rpc/reply.h"
#include "services/gateway/rpc/rpc_handler.h"
#include "services/gateway/session/session_handler.h"
#include "services/gateway/settings.h"
#include "services/platform/error/error.h"
#include "services/platform/log/log.h"
#include "services/platform/status.h"

namespace reprise::gateway {
namespace {

// Tries to log in of one client; see LoginLimit. A whole site may share one address.
constexpr int kLoginBurst = 60;
constexpr absl::Duration kLoginRefill = absl::Seconds(1);

// Of grpc.health.v1: an empty HealthCheckRequest, and a HealthCheckResponse with status SERVING.
constexpr char kHealthMethod[] = "grpc.health.v1.Health/Check";
constexpr char kServing[] = "\x08\x01";

absl::Status MethodUnknown() {
  return error::Make(absl::StatusCode::kUnimplemented, "METHOD_UNKNOWN", "There is no such method.");
}

absl::Status Unreadable(int http_status, const RequestReader::Limits& limits) {
  if (http_status == 413) {
    return error::Make(absl::StatusCode::kResourceExhausted, "BODY_TOO_LARGE",
                       absl::StrCat("The body is larger than ", limits.body_bytes, " bytes."),
                       {{"max_bytes", absl::StrCat(limits.body_bytes)}});
  }
  if (http_status == 431) {
    return error::Make(absl::StatusCode::kResourceExhausted, "HEADERS_TOO_LARGE",
                       absl::StrCat("The headers are larger than ", limits.header_bytes, " bytes."),
                       {{"max_bytes", absl::StrCat(limits.header_bytes)}});
  }
  return error::Make(absl::StatusCode::kInvalidArgument, "REQUEST_MALFORMED",
                     "The request is not HTTP that this server reads.");
}

}  // namespace

struct Gateway::Inner {
  Inner(Site given_site, SiteFiles given_files, Service given_service,
        std::shared_ptr<grpc::Channel> channel, metrics::Metrics& given_metrics)
      : site(std::move(given_site)), files(std::move(given_files)), metrics(given_metrics),
        service(std::move(given_service)), backend(std::make_unique<Backend>(std::move(channel))) {
    service.handle = [this](const auto& exchange) { Handle(exchange); };
    service.refuse = [this](const auto& exchange, int status) {
      Refuse(exchange, Unreadable(status, service.limits), status);
    };
    service.finished = [this](const Record& record, int status, size_t bytes, absl::Duration took) {
      Note(record, status, bytes, took);
    };
  }

  ~Inner() {
    // Connections first, which cancels their calls; then the calls, which let go of the
    // connections; then the threads' contexts.
    if (server != nullptr) server->Drain(absl::ZeroDuration());
    backend = nullptr;
    server = nullptr;
  }

  void Handle(const std::shared_ptr<Exchange>& exchange);
  void Health(const std::shared_ptr<Exchange>& exchange);
  void Note(const Record& record, int status, size_t bytes, absl::Duration took);

  const Site site;
  const SiteFiles files;
  metrics::Metrics& metrics;
  Service service;
  LoginLimit limit{kLoginBurst, kLoginRefill};
  std::unique_ptr<Backend> backend;
  const RpcHandler rpc{*backend, site, limit};
  const SessionHandler session{*backend, site, limit};
  std::unique_ptr<Server> server;
  bool tls = false;
};

void Gateway::Inner::Handle(const std::shared_ptr<Exchange>& exchange) {
  const Request& request = exchange->request();
  const absl::string_view path = request.Path();
  if (path == "/healthz") return Health(exchange);
  if (SessionHandler::Serves(path)) return session.Serve(exchange);
  if (const auto* const method = FindMethod(path); method != nullptr) {
    if (request.method == "POST") return rpc.Serve(exchange, *method);
    return exchange->Send({.status = 405, .headers = {{"Allow", "POST"}}});
  }
  if (ProtocolOf(request.Header("content-type"))) return Refuse(exchange, MethodUnknown(), 404);
  exchange->record().route = "files";
  exchange->Send(files.Answer(request));
}

void Gateway::Inner::Health(const std::shared_ptr<Exchange>& exchange) {
  exchange->record().route = "healthz";
  backend->StartUnary(
      {.method = kHealthMethod, .request = "", .metadata = {}, .deadline = absl::Now() + absl::Seconds(2)},
      [exchange](absl::Status status, std::string answer) {
        exchange->Post([exchange, serving = status.ok() && answer == kServing] {
          exchange->Send({.status = serving ? 200 : 503,
                          .headers = {{"Content-Type", "text/plain; charset=utf-8"}},
                          .body = serving ? "serving\n" : "not serving\n"});
        });
      });
}

void Gateway::Inner::Note(const Record& record, int status, size_t bytes, absl::Duration took) {
  metrics.Answered(record.route, status, took);
  log::Info("http", {{"route", record.route},
                     {"status", absl::StrCat(status)},
                     {"code", record.code},
                     {"reason", record.reason},
                     {"bytes", absl::StrCat(bytes)},
                     {"milliseconds", absl::StrCat(absl::ToInt64Milliseconds(took))}});
}

Gateway::Gateway(std::unique_ptr<Inner> inner) : inner_(std::move(inner)) {}
Gateway::~Gateway() = default;

absl::StatusOr<std::unique_ptr<Gateway>> Gateway::Start(const platform::v1::Config& config,
                                                        std::shared_ptr<grpc::Channel> own,
                                                        metrics::Metrics& metrics) {
  const platform::v1::Config::Gateway& part = config.gateway();
  REPRISE_ASSIGN_OR_RETURN(Server::Options options, ServerOptionsOf(part));
  REPRISE_ASSIGN_OR_RETURN(Site site, SiteOf(part));
  REPRISE_ASSIGN_OR_RETURN(auto channel, ChannelOf(part, std::move(own)));
  REPRISE_ASSIGN_OR_RETURN(SiteFiles files, SiteFiles::Load(part.static_directory()));
  const bool tls = options.tls != nullptr;
  auto inner = std::make_unique<Inner>(std::move(site), std::move(files), ServiceOf(part),
                                       std::move(channel), metrics);
  REPRISE_ASSIGN_OR_RETURN(inner->server, Server::Start(std::move(options), inner->service));
  inner->tls = tls;
  return std::unique_ptr<Gateway>(new Gateway(std::move(inner)));
}

const std::string& Gateway::address() const { return inner_->server->address(); }

std::string Gateway::url() const {
  if (!inner_->site.origin.empty()) return inner_->site.origin;
  return absl::StrCat(inner_->tls ? "https://" : "http://", address());
}

void Gateway::Drain(absl::Duration grace) { inner_->server->Drain(grace); }

}  // namespace reprise::gateway
