// SPDX-License-Identifier: Apache-2.0
#include <iostream>

#include "reprise/access/v1/access_service.pb.h"

#include "clients/cli/cli.h"
#include "clients/cli/online/arguments.h"
#include "clients/cli/online/connection.h"
#include "clients/cli/online/print.h"
#include "clients/cli/verbs.h"
#include "services/platform/error/error.h"
#include "services/platform/status.h"

namespace reprise::cli {
namespace {

namespace v1 = ::reprise::access::v1;

struct LoginOptions : ServerOptions {
  std::string login_name, password_file, code;
};

// Asks for the code of a second factor only where the account turns out to have one.
absl::StatusOr<v1::LoginResponse> AskForSession(ServerConnection& connection, const LoginOptions& options) {
  v1::LoginRequest request;
  request.set_login_name(options.login_name);
  request.set_second_factor_code(options.code);
  REPRISE_ASSIGN_OR_RETURN(*request.mutable_password(), ReadPassword(options.password_file, "Password"));
  auto response = CallAs<v1::LoginResponse>(connection, "access/Login", request);
  if (error::ReasonOf(response.status()) != "SECOND_FACTOR_REQUIRED") return response;
  const auto code = ReadPassword("", "Code of your authenticator, or a recovery code");
  if (!code.ok()) return response;  // nobody there to ask: the server's own word
  request.set_second_factor_code(*code);
  return CallAs<v1::LoginResponse>(connection, "access/Login", request);
}

absl::Status LogIn(const LoginOptions& options) {
  ServerConnection connection(options);
  REPRISE_ASSIGN_OR_RETURN(const v1::LoginResponse response, AskForSession(connection, options));
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
  const auto options = std::make_shared<LoginOptions>();
  CLI::App* const login = cli.app.add_subcommand("login", "Start a session");
  login->footer("Example: reprise login alice --server 127.0.0.1:7443");
  login->add_option("login_name", options->login_name, "Who logs in")->required();
  login->add_option(
      "--password-file", options->password_file,
      "File with the password; otherwise it is asked for, or read from standard input");
  login->add_option("--code", options->code,
                    "Code of your authenticator, or a recovery code; otherwise it is asked for where the "
                    "account needs one");
  AddServerOptions(login, options);
  cli.OnRun(login, [options] { return LogIn(*options); });

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
