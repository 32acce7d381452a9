// SPDX-License-Identifier: Apache-2.0
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"

#include "clients/cli/files.h"
#include "clients/cli/online/connection.h"
#include "services/platform/status.h"

namespace reprise::cli {

std::string SessionFile() {
  if (const char* const file = std::getenv("REPRISE_SESSION_FILE")) return file;
  if (const char* const folder = std::getenv("XDG_CONFIG_HOME")) {
    return absl::StrCat(folder, "/reprise/session");
  }
  const char* const home = std::getenv("HOME");
  return absl::StrCat(home == nullptr ? "." : home, "/.config/reprise/session");
}

absl::StatusOr<KeptSession> LoadSession() {
  KeptSession session;
  std::error_code failure;
  if (!std::filesystem::exists(SessionFile(), failure)) return session;
  REPRISE_ASSIGN_OR_RETURN(const std::string text, ReadFile(SessionFile()));
  const auto json = nlohmann::json::parse(text, nullptr, false);
  if (!json.is_object()) return session;
  session.server = json.value("server", "");
  session.ca_file = json.value("ca_file", "");
  session.token = json.value("token", "");
  return session;
}

absl::Status KeepSession(const KeptSession& session) {
  std::error_code failure;
  std::filesystem::create_directories(std::filesystem::path(SessionFile()).parent_path(), failure);
  const mode_t before = ::umask(0077);
  const nlohmann::json json = {
      {"server", session.server}, {"ca_file", session.ca_file}, {"token", session.token}};
  const absl::Status written = WriteFile(SessionFile(), json.dump() + "\n");
  ::umask(before);
  return written;
}

absl::Status ForgetSession() {
  std::error_code failure;
  std::filesystem::remove(SessionFile(), failure);
  return absl::OkStatus();
}

}  // namespace reprise::cli
