// SPDX-License-Identifier: Apache-2.0
#include <termios.h>
#include <unistd.h>

#include <iostream>

#include "reprise/access/v1/access_service.pb.h"

#include "clients/cli/files.h"
#include "clients/cli/online/connection.h"
#include "clients/cli/verbs.h"
#include "services/platform/error/error.h"
#include "services/platform/status.h"

namespace reprise::cli {
namespace {

namespace v1 = ::reprise::access::v1;

// From a file (its first line), or typed without an echo.
absl::StatusOr<std::string> ReadPassword(const std::string& file) {
  std::string password;
  if (!file.empty()) {
    REPRISE_ASSIGN_OR_RETURN(const std::string text, ReadFile(file));
    return text.substr(0, text.find('\n'));
  }
  termios shown{};
  const bool terminal = ::tcgetattr(STDIN_FILENO, &shown) == 0;
  if (terminal) {
    std::cerr << "Password: " << std::flush;
    termios hidden = shown;
    hidden.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden);
  }
  std::getline(std::cin, password);
  if (terminal) {
    ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown);
    std::cerr << "\n";
  }
  return password;
}

absl::Status LogIn(const ServerOptions& options, const std::string& login_name,
                   const std::string& password_file) {
  v1::LoginRequest request;
  request.set_login_name(login_name);
  REPRISE_ASSIGN_OR_RETURN(*request.mutable_password(), ReadPassword(password_file));
  ServerConnection connection(options);
  REPRISE_ASSIGN_OR_RETURN(const auto* const method, FindMethod("access/Login"));
  REPRISE_ASSIGN_OR_RETURN(const auto answer, connection.Call(method, request));
  v1::LoginResponse response;
  response.CopyFrom(*answer);
  REPRISE_RETURN_IF_ERROR(KeepSession({.server = options.server,
                                       .ca_file = options.ca_file,
                                       .token = response.session_token()}));
  std::cout << "Logged in as " << response.user().login_name() << ".\n";
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
  login->add_option("--password-file", options->password_file,
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
    REPRISE_RETURN_IF_ERROR(ForgetSession());
    std::cout << "Logged out.\n";
    return absl::OkStatus();
  });
}

}  // namespace reprise::cli
