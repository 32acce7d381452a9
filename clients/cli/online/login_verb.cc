// SPDX-License-Identifier: Apache-2.0
#include <iostream>

#include "reprise/access/v1/access_service.pb.h"

#include "clients/cli/cli.h"
#include "clients/cli/online/arguments.h"
#include "clients/cli/online/connection.h"
#include "clients/cli/online/print.h"
#include "clients/cli/verbs.h"
#include "services/platform/status.h"

namespace reprise::cli {
namespace {

namespace v1 = ::reprise::access::v1;

absl::Status LogIn(const ServerOptions& options, const std::string& login_name,
                   const std::string& password_file) {
  v1::LoginRequest request;
  request.set_login_name(login_name);
  REPRISE_ASSIGN_OR_RETURN(*request.mutable_password(), ReadPassword(password_file, "Password"));
  ServerConnection connection(options);
  REPRISE_ASSIGN_OR_RETURN(const auto* const method, FindMethod("access/Login"));
  REPRISE_ASSIGN_OR_RETURN(const auto answer, connection.Call(method, request));
  v1::LoginResponse response;
  response.CopyFrom(*answer);
  REPRISE_RETURN_IF_ERROR(KeepSession({.server = connection.server(),
                                       .ca_file = connection.ca_file(),
                                       .token = response.session_token()}));
  // The token stays in the session file.
  if (options.output != "table") std::cout << Print(response.user(), options.output);
  std::cerr << "Logged in as " << response.user().login_name() << ".\n";
  return absl::OkStatus();
}

}  // namespace

void AddLoginVerbs(Cli& cli) {
  struct Options {
    std::shared_ptr<ServerOptions> server = std::make_shared<ServerOptions>();
    std::string login_name;
    std::string password_file;
  };
  const auto options = std::make_shared<Options>();
  CLI::App* const login = cli.app.add_subcommand("login", "Start a session");
  login->footer("Example: reprise login alice --server 127.0.0.1:7443");
  login->add_option("login_name", options->login_name, "Who logs in")->required();
  login->add_option(
      "--password-file", options->password_file,
      "File with the password; otherwise it is asked for, or read from standard input");
  AddServerOptions(login, options->server);
  cli.OnRun(login, [options] {
    return LogIn(*options->server, options->login_name, options->password_file);
  });

  const auto ending = std::make_shared<ServerOptions>();
  CLI::App* const logout = cli.app.add_subcommand("logout", "End the session");
  logout->footer("Example: reprise logout");
  AddServerOptions(logout, ending);
  cli.OnRun(logout, [ending]() -> absl::Status {
    ServerConnection connection(*ending);
    REPRISE_RETURN_IF_ERROR(connection.CallJson("access/Logout", "{}").status());
    if (ending->output != "table") std::cout << Print(access::v1::LogoutResponse(), ending->output);
    REPRISE_RETURN_IF_ERROR(ForgetSession());
    std::cerr << "Logged out.\n";
    return absl::OkStatus();
  });
}

}  // namespace reprise::cli
