// SPDX-License-Identifier: Apache-2.0
#include "tests/conformance/server.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>

#include "absl/strings/str_cat.h"

#include "services/platform/status.h"
#include "tests/house/people.h"

namespace reprise::conformance {
namespace {

void RunToEnd(const std::string& command) {
  if (std::system(command.c_str()) == 0) return;
  std::cerr << "failed: " << command << "\n";
  std::abort();
}

// The value of `"address":"..."` in the log line `listening`; empty for other lines.
std::string AddressIn(const std::string& line) {
  constexpr char kKey[] = "\"address\":\"";
  const size_t at = line.find(kKey);
  if (line.find("\"listening\"") == std::string::npos || at == std::string::npos) return "";
  const size_t begin = at + sizeof kKey - 1;
  return line.substr(begin, line.find('"', begin) - begin);
}

}  // namespace

Server::Server(const std::vector<std::string>& services, bool split) {
  std::ofstream(folder_.path() + "/reprised.conf") << absl::StrCat(
      "listen { address: '127.0.0.1:0' } database { url: \"", database_.url(),
      "\" connections_per_service: 8 } secrets_directory: '", folder_.path(),
      "/secrets' audit { seal_milliseconds: 50 } sessions { cache_milliseconds: 1 }"
      " calls { worker_threads: 8 }\n");
  RunToEnd(absl::StrCat(REPRISED, " --make-secrets ", folder_.path(), "/secrets"));
  MakeAdministrator();
  std::map<std::string, std::string> addresses;
  if (split) {
    for (const std::string& service : services) addresses[service] = Spawn(service);
  } else {
    addresses["*"] = Spawn("all");
  }
  client_ = std::make_unique<testing::Client>(addresses);
}

void Server::MakeAdministrator() {
  const std::string file = folder_.path() + "/password";
  {
    const mode_t before = ::umask(0077);
    std::ofstream(file) << house::kPassword << "\n";
    ::umask(before);
  }
  RunToEnd(absl::StrCat(REPRISED, " --config ", folder_.path(), "/reprised.conf --first-administrator alice",
                        " --password-file ", file));
}

std::string Server::Spawn(const std::string& services) {
  const std::string log = absl::StrCat(folder_.path(), "/", services, ".log");
  int ends[2];
  REPRISE_CHECK(::pipe2(ends, O_CLOEXEC) == 0);
  const pid_t child = ::fork();
  REPRISE_CHECK(child >= 0);
  if (child == 0) {
    ::dup2(ends[1], STDERR_FILENO);
    const std::string config = folder_.path() + "/reprised.conf";
    ::execl(REPRISED, REPRISED, "--config", config.c_str(), "--services", services.c_str(), nullptr);
    ::_exit(127);
  }
  ::close(ends[1]);
  processes_.push_back(child);
  FILE* const lines = ::fdopen(ends[0], "r");
  std::string address, all;
  char* line = nullptr;
  size_t size = 0;
  while (address.empty() && ::getline(&line, &size, lines) > 0) {
    all += line;
    address = AddressIn(line);
  }
  std::free(line);
  if (address.empty()) {
    std::cerr << all;
    std::abort();
  }
  // Its log lines are read no more; a pipe that nobody empties would stop it.
  const pid_t drain = ::fork();
  if (drain == 0) {
    const int sink = ::open(log.c_str(), O_WRONLY | O_CREAT, 0600);
    char buffer[4096];
    for (ssize_t n; (n = ::read(ends[0], buffer, sizeof buffer)) > 0;) {
      if (::write(sink, buffer, static_cast<size_t>(n)) != n) break;
    }
    ::_exit(0);
  }
  std::fclose(lines);
  return address;
}

bool Server::alive() const {
  for (const pid_t process : processes_) {
    if (::kill(process, 0) != 0 || ::waitpid(process, nullptr, WNOHANG) != 0) return false;
  }
  return true;
}

Server::~Server() {
  for (const pid_t process : processes_) ::kill(process, SIGTERM);
  for (const pid_t process : processes_) ::waitpid(process, nullptr, 0);
}

}  // namespace reprise::conformance
