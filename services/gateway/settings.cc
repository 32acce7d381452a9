// SPDX-License-Identifier: Apache-2.0
#include "services/gateway/settings.h"

#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

#include "services/platform/error/error.h"
#include "services/platform/rpc/callback_threads.h"
#include "services/platform/runtime/secrets.h"
#include "services/platform/status.h"
#include "services/platform/text/address.h"

namespace reprise::gateway {
namespace {

using Config = platform::v1::Config::Gateway;

// Largest message that a service may answer with.
constexpr int kMaxAnswerBytes = 64 << 20;

absl::Status Refuse(const char* reason, const std::string& message) {
  return error::Make(absl::StatusCode::kFailedPrecondition, reason, message);
}

std::vector<std::string> ListOf(const std::string& text) {
  std::vector<std::string> items;
  for (const absl::string_view item : absl::StrSplit(text, ',')) {
    const absl::string_view bare = absl::StripAsciiWhitespace(item);
    if (!bare.empty()) items.emplace_back(bare);
  }
  return items;
}

// Nothing where none is named.
absl::StatusOr<std::string> Pem(const std::string& path) {
  return path.empty() ? std::string() : runtime::ReadTlsFile(path);
}

absl::Duration Milliseconds(int32_t count) { return absl::Milliseconds(count); }

}  // namespace

absl::StatusOr<Server::Options> ServerOptionsOf(const Config& config) {
  Server::Options options{.address = config.address(),
                          .tls = nullptr,
                          .threads = config.threads(),
                          .max_connections = config.max_connections(),
                          .max_connections_per_client = config.max_connections_per_client(),
                          .trusted_proxies = ListOf(config.trusted_proxies())};
  if (config.address().empty()) {
    return error::InvalidField("gateway.address", "FIELD_REQUIRED", "A value is required.");
  }
  if (config.tls_certificate_file().empty() != config.tls_key_file().empty()) {
    return Refuse("TLS_INCOMPLETE",
                  "gateway.tls_certificate_file and gateway.tls_key_file go together.");
  }
  if (!config.tls_key_file().empty()) {
    REPRISE_RETURN_IF_ERROR(runtime::CheckOwnerOnly(config.tls_key_file()));
    REPRISE_RETURN_IF_ERROR(Pem(config.tls_certificate_file()).status());
    REPRISE_ASSIGN_OR_RETURN(
        options.tls, TlsContext::Load(config.tls_certificate_file(), config.tls_key_file()));
  } else if (!text::StaysHere(config.address()) && !absl::StartsWith(config.origin(), "https://")) {
    return Refuse("LISTEN_INSECURE",
                  "Without a TLS certificate the gateway listens on a loopback address only, unless "
                  "gateway.origin says that a proxy in front of it serves https.");
  }
  return options;
}

absl::StatusOr<Site> SiteOf(const Config& config) {
  const std::string& origin = config.origin();
  const size_t host = origin.find("://") == std::string::npos ? 0 : origin.find("://") + 3;
  const bool scheme = absl::StartsWith(origin, "https://") || absl::StartsWith(origin, "http://");
  if (!origin.empty() && (!scheme || host == origin.size() || absl::StrContains(origin.substr(host), '/'))) {
    return error::InvalidField("gateway.origin", "ORIGIN_MALFORMED",
                               "A scheme and a host are required, as https://reprise.example.org.");
  }
  return Site{.origin = origin, .trusted_proxies = ListOf(config.trusted_proxies())};
}

absl::StatusOr<std::shared_ptr<grpc::Channel>> ChannelOf(const Config& config,
                                                         std::shared_ptr<grpc::Channel> own) {
  if (config.backend_address().empty()) {
    if (own != nullptr) return own;
    return Refuse("BACKEND_MISSING",
                  "A gateway alone in its process needs gateway.backend_address.");
  }
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(kMaxAnswerBytes);
  std::shared_ptr<grpc::ChannelCredentials> credentials = grpc::InsecureChannelCredentials();
  if (!config.backend_ca_file().empty()) {
    grpc::SslCredentialsOptions options;
    REPRISE_ASSIGN_OR_RETURN(options.pem_root_certs, Pem(config.backend_ca_file()));
    REPRISE_ASSIGN_OR_RETURN(options.pem_cert_chain, Pem(config.backend_certificate_file()));
    REPRISE_ASSIGN_OR_RETURN(options.pem_private_key, Pem(config.backend_key_file()));
    credentials = grpc::SslCredentials(options);
  } else if (!text::StaysHere(config.backend_address())) {
    return Refuse("LISTEN_INSECURE",
                  "Without gateway.backend_ca_file only a backend on this machine is spoken to.");
  }
  rpc::KeepCallbackThreads();
  return grpc::CreateCustomChannel(config.backend_address(), credentials, arguments);
}

Service ServiceOf(const Config& config) {
  return {.limits = {.header_bytes = static_cast<size_t>(config.max_header_bytes()),
                     .body_bytes = static_cast<size_t>(config.max_body_bytes())},
          .header_time = Milliseconds(config.header_milliseconds()),
          .body_time = Milliseconds(config.body_milliseconds()),
          .idle_time = Milliseconds(config.idle_milliseconds()),
          .write_time = Milliseconds(config.write_milliseconds()),
          .handle = nullptr,
          .refuse = nullptr,
          .finished = nullptr};
}

}  // namespace reprise::gateway
