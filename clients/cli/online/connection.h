// SPDX-License-Identifier: Apache-2.0
// The server as the command line sees it: any method by name, JSON in, messages out, over one
// channel with the session of the last `reprise login`.
#ifndef REPRISE_CLI_ONLINE_CONNECTION_H_
#define REPRISE_CLI_ONLINE_CONNECTION_H_

#include <google/protobuf/message.h>

#include <functional>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

#include "clients/cli/online/caller.h"

namespace CLI {
class App;
}

namespace reprise::cli {

// Options of every online verb: flags, else REPRISE_SERVER, REPRISE_CA_FILE and REPRISE_TOKEN, else
// what `reprise login` kept in the session file.
struct ServerOptions {
  // "127.0.0.1:7443", "unix:/path", or "access=unix:/a,study=unix:/b" where services run apart
  std::string server;
  std::string ca_file;                  // PEM; TLS where set
  std::string client_certificate_file;  // mutual TLS, with client_key_file
  std::string client_key_file;
  std::string output = "table";  // table, json, csv
  std::string language;          // fr, en; empty: of the locale
  std::string token;  // of a session that the program itself opened; never an option
};
// Adds --server, --ca-file, --client-certificate, --client-key, --output and --language to `verb`.
void AddServerOptions(CLI::App* verb, const std::shared_ptr<ServerOptions>& options);

// What `reprise login` keeps, in a file readable by its owner alone.
struct KeptSession {
  std::string server;
  std::string ca_file;
  std::string token;
};
// $REPRISE_SESSION_FILE, else $XDG_CONFIG_HOME/reprise/session, else ~/.config/reprise/session.
std::string SessionFile();
absl::StatusOr<KeptSession> LoadSession();  // empty fields where there is none
absl::Status KeepSession(const KeptSession& session);
absl::Status ForgetSession();

// The descriptor of "package.Service/Method", or of a unique ending of it such as
// "AccessService/Login" or "access/Login". NOT_FOUND METHOD_UNKNOWN.
absl::StatusOr<const google::protobuf::MethodDescriptor*> FindMethod(const std::string& name);

// The session's token goes to the server that gave it, or with REPRISE_TOKEN to the one named; a
// file of the options that cannot be read fails every call.
class ServerConnection : public Caller {
 public:
  explicit ServerConnection(const ServerOptions& options);
  ~ServerConnection() override;

  // The address in force: flag, environment, session, or 127.0.0.1:7443.
  const std::string& server() const;
  const std::string& ca_file() const;

  absl::StatusOr<std::unique_ptr<google::protobuf::Message>> CallNamed(
      const std::string& method, const google::protobuf::Message& request) override;

  // Calls a unary method. An empty request_id is filled in; UNAVAILABLE is tried three times with
  // the same one.
  absl::StatusOr<std::unique_ptr<google::protobuf::Message>> Call(
      const google::protobuf::MethodDescriptor* method, const google::protobuf::Message& request);
  // The same with the request as JSON (protobuf's mapping). INVALID_ARGUMENT JSON_MALFORMED.
  absl::StatusOr<std::unique_ptr<google::protobuf::Message>> CallJson(const std::string& method,
                                                                      const std::string& json);
  // A server-streaming method; `each` sees every message in order and ends the call by failing.
  absl::Status Stream(const google::protobuf::MethodDescriptor* method,
                      const google::protobuf::Message& request,
                      const std::function<absl::Status(const google::protobuf::Message&)>& each);

 private:
  struct Channel;
  std::unique_ptr<Channel> channel_;
};

// Fills an empty `request_id` field with a new UUID.
void FillRequestId(google::protobuf::Message& request);

}  // namespace reprise::cli

#endif  // REPRISE_CLI_ONLINE_CONNECTION_H_
