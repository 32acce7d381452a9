// SPDX-License-Identifier: Apache-2.0
#include "clients/cli/online/connection.h"

#include <google/protobuf/dynamic_message.h>
#include <google/protobuf/util/json_util.h>
#include <grpcpp/create_channel.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/security/credentials.h>
#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/proto_buffer_reader.h>

#include <chrono>
#include <cstdlib>
#include <fstream>
#include <map>
#include <thread>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "reprise/platform/v1/options.pb.h"

#include "clients/cli/cli.h"
#include "clients/cli/files.h"
#include "clients/cli/online/language.h"
#include "services/platform/error/error.h"
#include "services/platform/id/id.h"
#include "services/platform/rpc/wire_status.h"
#include "services/platform/status.h"
#include "services/platform/text/address.h"

namespace reprise::cli {
namespace {

using google::protobuf::Message;
using google::protobuf::MethodDescriptor;

constexpr int kAttempts = 3;

std::string FromEnvironment(const char* name) {
  const char* const value = std::getenv(name);
  return value == nullptr ? "" : value;
}

std::string FirstOf(const std::string& a, const std::string& b, const std::string& c) {
  return !a.empty() ? a : !b.empty() ? b : c;
}

// Empty for an empty path.
absl::Status ReadWhere(const std::string& path, std::string& bytes) {
  if (path.empty()) return absl::OkStatus();
  REPRISE_ASSIGN_OR_RETURN(bytes, ReadFile(path));
  return absl::OkStatus();
}

absl::StatusOr<std::shared_ptr<grpc::ChannelCredentials>> Credentials(const ServerOptions& options,
                                                                      const std::string& server,
                                                                      const std::string& ca_file) {
  if (ca_file.empty()) {
    if (text::StaysHere(server)) return grpc::InsecureChannelCredentials();
    return error::Make(
        absl::StatusCode::kFailedPrecondition, "TLS_REQUIRED",
        "Passwords and answers go to another computer only encrypted; name the server's "
        "authority with --ca-file.",
        {{"server", server}});
  }
  grpc::SslCredentialsOptions tls;
  REPRISE_RETURN_IF_ERROR(ReadWhere(ca_file, tls.pem_root_certs));
  REPRISE_RETURN_IF_ERROR(ReadWhere(options.client_certificate_file, tls.pem_cert_chain));
  REPRISE_RETURN_IF_ERROR(ReadWhere(options.client_key_file, tls.pem_private_key));
  return grpc::SslCredentials(tls);
}

grpc::ByteBuffer ToBuffer(const Message& message) {
  const grpc::Slice slice(message.SerializeAsString());
  return grpc::ByteBuffer(&slice, 1);
}

std::unique_ptr<Message> FromBuffer(const MethodDescriptor* method, grpc::ByteBuffer* buffer) {
  std::unique_ptr<Message> message(google::protobuf::MessageFactory::generated_factory()
                                       ->GetPrototype(method->output_type())
                                       ->New());
  grpc::ProtoBufferReader reader(buffer);
  return message->ParseFromZeroCopyStream(&reader) ? std::move(message) : nullptr;
}

std::string PathOf(const MethodDescriptor* method) {
  return absl::StrCat("/", method->service()->full_name(), "/", method->name());
}

// `unix:/a` serves everything; `access=unix:/a,study=unix:/b` names a daemon for each service.
// INVALID_ARGUMENT SERVER_MALFORMED.
absl::StatusOr<std::map<std::string, std::string>> AddressesOf(const std::string& server) {
  std::map<std::string, std::string> addresses;  // by service; "" serves the others
  if (!absl::StrContains(server, '=')) return std::map<std::string, std::string>{{"", server}};
  for (const absl::string_view part : absl::StrSplit(server, ',')) {
    const std::vector<std::string> pair = absl::StrSplit(part, absl::MaxSplits('=', 1));
    if (pair.size() != 2 || pair[0].empty() || pair[1].empty()) {
      return error::InvalidField("--server", "SERVER_MALFORMED",
                                 "An address, or SERVICE=ADDRESS for each service with commas between.");
    }
    addresses[pair[0]] = pair[1];
  }
  return addresses;
}

}  // namespace

void FillRequestId(Message& request) {
  const auto* const field = request.GetDescriptor()->FindFieldByName("request_id");
  if (field == nullptr || !request.GetReflection()->GetString(request, field).empty()) return;
  RandomIdSource ids;
  request.GetReflection()->SetString(&request, field, ids.NewUuid());
}

absl::StatusOr<const MethodDescriptor*> FindMethod(const std::string& name) {
  const MethodDescriptor* found = nullptr;
  const auto* const pool = google::protobuf::DescriptorPool::generated_pool();
  for (const char* const service :
       {"access.v1.AccessService", "study.v1.StudyService", "enrolment.v1.EnrolmentService",
        "phase.v1.PhaseService", "questionnaire.v1.QuestionnaireService", "cohort.v1.CohortService",
        "extract.v1.ExtractService", "quality.v1.QualityService"}) {
    const auto* const descriptor = pool->FindServiceByName(absl::StrCat("reprise.", service));
    for (int i = 0; descriptor != nullptr && i < descriptor->method_count(); ++i) {
      const MethodDescriptor* const method = descriptor->method(i);
      const std::string full = PathOf(method);
      const std::string package = absl::StrCat(
          "/", std::string(service).substr(0, std::string(service).find('.')), "/", method->name());
      if (absl::EndsWith(full, absl::StrCat("/", name)) || full == absl::StrCat("/", name) ||
          absl::EndsWith(full, absl::StrCat(".", name)) || package == absl::StrCat("/", name)) {
        found = method;
      }
    }
  }
  if (found == nullptr) {
    return error::Make(absl::StatusCode::kNotFound, "METHOD_UNKNOWN", "There is no such method.",
                       {{"method", name}});
  }
  return found;
}

void AddServerOptions(CLI::App* verb, const std::shared_ptr<ServerOptions>& options) {
  constexpr const char* kGroup = "Server";
  verb->add_option("--server", options->server, "Address, such as 127.0.0.1:7443 or unix:/path")
      ->group(kGroup);
  verb->add_option("--ca-file", options->ca_file,
                   "PEM file of the server's authority; turns TLS on")
      ->group(kGroup);
  CLI::Option* const certificate =
      verb->add_option("--client-certificate", options->client_certificate_file,
                       "PEM, for mutual TLS")
          ->group(kGroup);
  CLI::Option* const key =
      verb->add_option("--client-key", options->client_key_file, "PEM, for mutual TLS")
          ->group(kGroup);
  certificate->needs(key);
  key->needs(certificate);
  verb->add_option("--output", options->output, "How the answer is printed")
      ->check(CLI::IsMember({"table", "json", "csv"}))
      ->capture_default_str();
  verb->add_option("--language", options->language, "Of the server's sentences; left out: of the locale")
      ->check(CLI::IsMember({"fr", "en"}))
      ->group(kGroup);
}

struct ServerConnection::Channel {
  std::map<std::string, std::unique_ptr<grpc::GenericStub>> stubs;  // by service, as AddressesOf
  std::string server;
  std::string ca_file;
  std::string token;
  std::string language;  // empty: as the server likes
  absl::Status broken;   // why there is no channel

  void Introduce(grpc::ClientContext& context) const {
    if (!token.empty()) context.AddMetadata("authorization", absl::StrCat("Bearer ", token));
    if (!language.empty()) context.AddMetadata("accept-language", language);
  }
  void Prepare(grpc::ClientContext& context, const MethodDescriptor* method) const {
    Introduce(context);
    if (method->options().GetExtension(platform::v1::takes_long)) return;  // the server's deadline holds
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(60));
  }

  // reprise.study.v1.StudyService is `study`. INVALID_ARGUMENT SERVER_MALFORMED.
  absl::StatusOr<grpc::GenericStub*> StubOf(const MethodDescriptor* method) const {
    REPRISE_RETURN_IF_ERROR(broken);
    const std::vector<std::string> package = absl::StrSplit(method->file()->package(), '.');
    for (const std::string& service : {package.size() > 1 ? package[1] : "", std::string()}) {
      const auto at = stubs.find(service);
      if (at != stubs.end()) return at->second.get();
    }
    return error::InvalidField("--server", "SERVER_MALFORMED", "No address is named for this service.");
  }
};

ServerConnection::ServerConnection(const ServerOptions& options)
    : channel_(std::make_unique<Channel>()) {
  Channel& channel = *channel_;
  const absl::StatusOr<KeptSession> kept = LoadSession();
  if (!kept.ok()) channel.broken = kept.status();
  const KeptSession session = kept.ok() ? *kept : KeptSession{};
  channel.server = FirstOf(options.server, FromEnvironment("REPRISE_SERVER"),
                           session.server.empty() ? "127.0.0.1:7443" : session.server);
  channel.ca_file = FirstOf(options.ca_file, FromEnvironment("REPRISE_CA_FILE"),
                            channel.server == session.server ? session.ca_file : "");
  channel.token = FirstOf(options.token, FromEnvironment("REPRISE_TOKEN"),
                          channel.server == session.server ? session.token : "");
  channel.language = LanguageFor(options.language, LocaleOfEnvironment());
  const auto addresses = AddressesOf(channel.server);
  if (!addresses.ok()) {
    channel.broken = addresses.status();
    return;
  }
  for (const auto& [service, address] : *addresses) {
    const auto credentials = Credentials(options, address, channel.ca_file);
    if (!credentials.ok()) {
      channel.broken = credentials.status();
      return;
    }
    channel.stubs[service] =
        std::make_unique<grpc::GenericStub>(grpc::CreateChannel(address, *credentials));
  }
}

const std::string& ServerConnection::server() const { return channel_->server; }
const std::string& ServerConnection::ca_file() const { return channel_->ca_file; }

absl::StatusOr<std::unique_ptr<Message>> ServerConnection::CallNamed(const std::string& method,
                                                                     const Message& request) {
  REPRISE_ASSIGN_OR_RETURN(const MethodDescriptor* const found, FindMethod(method));
  return Call(found, request);
}

ServerConnection::~ServerConnection() = default;

absl::StatusOr<std::unique_ptr<Message>> ServerConnection::Call(const MethodDescriptor* method,
                                                                const Message& request) {
  REPRISE_ASSIGN_OR_RETURN(grpc::GenericStub* const stub, channel_->StubOf(method));
  const std::unique_ptr<Message> filled(request.New());
  filled->CopyFrom(request);
  FillRequestId(*filled);
  absl::Status status;
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    if (attempt > 0) std::this_thread::sleep_for(std::chrono::milliseconds(200 << attempt));
    grpc::ClientContext context;
    channel_->Prepare(context, method);
    grpc::CompletionQueue queue;
    const grpc::ByteBuffer sent = ToBuffer(*filled);
    const auto call = stub->PrepareUnaryCall(&context, PathOf(method), sent, &queue);
    grpc::ByteBuffer received;
    grpc::Status outcome;
    call->StartCall();
    call->Finish(&received, &outcome, nullptr);
    void* tag = nullptr;
    bool ok = false;
    queue.Next(&tag, &ok);
    status = rpc::FromGrpc(outcome);
    if (status.ok()) {
      std::unique_ptr<Message> response = FromBuffer(method, &received);
      if (response != nullptr) return response;
      return error::Make(absl::StatusCode::kInternal, "ANSWER_MALFORMED",
                         "The server's answer cannot be read; is it another version?");
    }
    if (status.code() != absl::StatusCode::kUnavailable) break;
  }
  if (status.code() == absl::StatusCode::kUnavailable && error::ReasonOf(status).empty()) {
    return error::Make(absl::StatusCode::kUnavailable, "SERVER_UNREACHABLE",
                       "The server does not answer.",
                       {{"server", channel_->server}, {"cause", std::string(status.message())}});
  }
  return status;
}

absl::StatusOr<std::unique_ptr<Message>> ServerConnection::CallJson(const std::string& method_name,
                                                                    const std::string& json) {
  REPRISE_ASSIGN_OR_RETURN(const MethodDescriptor* const method, FindMethod(method_name));
  const std::unique_ptr<Message> request(google::protobuf::MessageFactory::generated_factory()
                                             ->GetPrototype(method->input_type())
                                             ->New());
  const auto parsed = google::protobuf::util::JsonStringToMessage(json, request.get());
  if (!parsed.ok()) {
    return error::InvalidField("JSON", "JSON_MALFORMED", std::string(parsed.message()));
  }
  return Call(method, *request);
}

absl::Status ServerConnection::Stream(const MethodDescriptor* method, const Message& request,
                                      const std::function<absl::Status(const Message&)>& each) {
  REPRISE_ASSIGN_OR_RETURN(grpc::GenericStub* const stub, channel_->StubOf(method));
  grpc::ClientContext context;
  channel_->Introduce(context);
  grpc::CompletionQueue queue;
  const auto step = [&queue] {
    void* tag = nullptr;
    bool ok = false;
    return queue.Next(&tag, &ok) && ok;
  };
  const auto call = stub->PrepareCall(&context, PathOf(method), &queue);
  call->StartCall(nullptr);
  absl::Status failed;
  if (step()) {
    call->Write(ToBuffer(request), nullptr);
    (void)step();
    call->WritesDone(nullptr);
    (void)step();
    grpc::ByteBuffer received;
    for (call->Read(&received, nullptr); step(); call->Read(&received, nullptr)) {
      const std::unique_ptr<Message> message = FromBuffer(method, &received);
      failed =
          message != nullptr ? each(*message) : absl::InternalError("The answer cannot be read.");
      if (failed.ok()) continue;
      context.TryCancel();
      break;
    }
  }
  grpc::Status outcome;
  call->Finish(&outcome, nullptr);
  (void)step();
  return failed.ok() ? rpc::FromGrpc(outcome) : failed;
}

}  // namespace reprise::cli
