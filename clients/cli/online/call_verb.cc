// SPDX-License-Identifier: Apache-2.0
#include <iostream>

#include "absl/strings/str_cat.h"

#include "clients/cli/files.h"
#include "clients/cli/online/connection.h"
#include "clients/cli/online/print.h"
#include "clients/cli/verbs.h"
#include "services/platform/status.h"

namespace reprise::cli {

void AddCallVerb(Cli& cli) {
  struct Options {
    std::shared_ptr<ServerOptions> server = std::make_shared<ServerOptions>();
    std::string method;
    std::string json = "{}";
  };
  const auto options = std::make_shared<Options>();
  CLI::App* const verb = cli.app.add_subcommand("call", "Call any method with a request in JSON");
  verb->footer(
      "Example: reprise call access/GetSelf '{}' --output json\n"
      "The method may be shortened to access/GetSelf; @FILE reads the request from a file. A "
      "missing\n"
      "request_id is filled in.");
  verb->add_option("method", options->method, "SERVICE/METHOD")->required();
  verb->add_option("json", options->json, "The request")->capture_default_str();
  AddServerOptions(verb, options->server);
  cli.OnRun(verb, [options]() -> absl::Status {
    std::string json = options->json;
    if (!json.empty() && json[0] == '@') {
      REPRISE_ASSIGN_OR_RETURN(json, ReadFile(json.substr(1)));
    }
    ServerConnection connection(*options->server);
    REPRISE_ASSIGN_OR_RETURN(const auto answer, connection.CallJson(options->method, json));
    std::cout << Print(*answer, options->server->output);
    return absl::OkStatus();
  });
}

}  // namespace reprise::cli
