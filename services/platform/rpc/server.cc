// SPDX-License-Identifier: Apache-2.0
#include "services/platform/rpc/server.h"

#include <grpcpp/ext/proto_server_reflection_plugin.h>
#include <grpcpp/health_check_service_interface.h>
#include <grpcpp/security/server_credentials.h>
#include <grpcpp/server_builder.h>
#include <grpcpp/support/channel_arguments.h>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"

#include "services/platform/error/error.h"
#include "services/platform/rpc/callback_threads.h"
#include "services/platform/runtime/secrets.h"
#include "services/platform/status.h"
#include "services/platform/text/address.h"

namespace reprise::rpc {
namespace {

using Listen = platform::v1::Config::Listen;

absl::Status Refuse(const char* reason, const std::string& message) {
  return error::Make(absl::StatusCode::kFailedPrecondition, reason, message);
}

absl::StatusOr<std::shared_ptr<grpc::ServerCredentials>> Credentials(const Listen& listen) {
  if (listen.tls_certificate_file().empty() != listen.tls_key_file().empty()) {
    return Refuse("TLS_INCOMPLETE", "listen.tls_certificate_file and listen.tls_key_file go together.");
  }
  if (listen.tls_certificate_file().empty()) {
    if (!text::StaysHere(listen.address()) || !listen.tls_client_ca_file().empty()) {
      return Refuse("LISTEN_INSECURE",
                    "Without a TLS certificate only a loopback address or a unix: path is served.");
    }
    return grpc::InsecureServerCredentials();
  }
  REPRISE_ASSIGN_OR_RETURN(std::string key, runtime::ReadTlsFile(listen.tls_key_file()));
  REPRISE_ASSIGN_OR_RETURN(std::string certificate,
                           runtime::ReadTlsFile(listen.tls_certificate_file()));
  grpc::SslServerCredentialsOptions options(
      listen.tls_client_ca_file().empty()
          ? GRPC_SSL_DONT_REQUEST_CLIENT_CERTIFICATE
          : GRPC_SSL_REQUEST_AND_REQUIRE_CLIENT_CERTIFICATE_AND_VERIFY);
  options.pem_key_cert_pairs.push_back({std::move(key), std::move(certificate)});
  if (!listen.tls_client_ca_file().empty()) {
    REPRISE_ASSIGN_OR_RETURN(options.pem_root_certs, runtime::ReadTlsFile(listen.tls_client_ca_file()));
  }
  return grpc::SslServerCredentials(options);
}

}  // namespace

absl::StatusOr<std::unique_ptr<Server>> Server::Start(
    const platform::v1::Config& config, const std::vector<grpc::Service*>& services) {
  REPRISE_ASSIGN_OR_RETURN(const std::shared_ptr<grpc::ServerCredentials> credentials,
                           Credentials(config.listen()));
  KeepCallbackThreads();
  grpc::EnableDefaultHealthCheckService(true);
  grpc::reflection::InitProtoReflectionServerBuilderPlugin();
  grpc::ServerBuilder builder;
  int port = 0;
  builder.AddListeningPort(config.listen().address(), credentials, &port);
  builder.SetMaxReceiveMessageSize(config.calls().max_request_bytes());
  // Two daemons on one port would answer in turns; the second must fail instead.
  builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
  for (grpc::Service* const service : services) builder.RegisterService(service);
  auto server = std::make_unique<Server>();
  server->server_ = builder.BuildAndStart();
  if (server->server_ == nullptr) {
    return Refuse("ADDRESS_UNAVAILABLE",
                  absl::StrCat("The address ", config.listen().address(), " cannot be listened on."));
  }
  const std::string& asked = config.listen().address();
  server->address_ = absl::StartsWith(asked, "unix:")
                         ? asked
                         : absl::StrCat(asked.substr(0, asked.rfind(':')), ":", port);
  return server;
}

std::shared_ptr<grpc::Channel> Server::InProcessChannel() {
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(64 << 20);
  return server_->InProcessChannel(arguments);
}

void Server::Drain(absl::Duration grace) {
  server_->GetHealthCheckService()->SetServingStatus(false);
  server_->Shutdown(absl::ToChronoTime(absl::Now() + grace));
  server_->Wait();
}

}  // namespace reprise::rpc
