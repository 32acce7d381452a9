// SPDX-License-Identifier: Apache-2.0
#include "clients/cli/online/arguments.h"

#include <termios.h>
#include <unistd.h>

#include <filesystem>
#include <iostream>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

#include "clients/cli/files.h"
#include "clients/cli/online/connection.h"
#include "services/platform/error/error.h"
#include "services/platform/status.h"

namespace reprise::cli {
namespace {

using access::v1::Role;

constexpr const char* kRolePrefix = "ROLE_";

absl::Status PasswordMissing() {
  return error::InvalidField("password", "PASSWORD_MISSING", "A password is required.");
}

std::string FirstLine(const std::string& text) {
  std::string line = text.substr(0, text.find('\n'));
  if (!line.empty() && line.back() == '\r') line.pop_back();
  return line;
}

bool AtTerminal() { return ::isatty(STDIN_FILENO) == 1; }

absl::StatusOr<std::string> TypedPassword(const std::string& prompt) {
  termios shown{};
  const bool terminal = AtTerminal() && ::tcgetattr(STDIN_FILENO, &shown) == 0;
  if (terminal) {
    std::cerr << prompt << ": " << std::flush;
    termios hidden = shown;
    hidden.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden);
  }
  std::string password;
  std::getline(std::cin, password);
  if (terminal) {
    ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown);
    std::cerr << "\n";
  }
  password = FirstLine(password);
  if (password.empty()) return PasswordMissing();
  return password;
}

}  // namespace

absl::StatusOr<std::string> ReadPassword(const std::string& file, const std::string& prompt) {
  if (file.empty()) return TypedPassword(prompt);
  REPRISE_ASSIGN_OR_RETURN(const std::string text, ReadFile(file));
  std::string password = FirstLine(text);
  if (password.empty()) return PasswordMissing();
  return password;
}

absl::StatusOr<std::string> ReadNewPassword(const std::string& file, const std::string& prompt) {
  REPRISE_ASSIGN_OR_RETURN(std::string password, ReadPassword(file, prompt));
  if (!file.empty() || !AtTerminal()) return password;
  REPRISE_ASSIGN_OR_RETURN(const std::string again, TypedPassword("The same again"));
  if (again != password) {
    return error::InvalidField("password", "PASSWORDS_DIFFER",
                               "The two passwords typed are not the same.");
  }
  return password;
}

absl::StatusOr<absl::Time> ParseInstant(const std::string& text, const std::string& path,
                                        absl::TimeZone zone) {
  absl::Time time;
  if (absl::ParseTime(absl::RFC3339_full, text, &time, nullptr) && time != absl::InfiniteFuture() &&
      time != absl::InfinitePast()) {
    return time;
  }
  absl::CivilDay day;
  if (absl::ParseCivilTime(text, &day) && text.size() == 10) return absl::FromCivil(day, zone);
  return error::InvalidField(
      path, "INSTANT_MALFORMED",
      "A day such as 2026-02-01 or an instant such as 2026-02-01T08:30:00+01:00 is "
      "required.");
}

std::vector<std::string> RoleNames() {
  std::vector<std::string> names;
  for (int number = access::v1::Role_MIN + 1; number <= access::v1::Role_MAX; ++number) {
    const std::string name = access::v1::Role_Name(static_cast<Role>(number));
    names.push_back(absl::AsciiStrToLower(name.substr(std::string(kRolePrefix).size())));
  }
  return names;
}

Role RoleOf(const std::string& name) {
  Role role = access::v1::ROLE_UNSPECIFIED;
  access::v1::Role_Parse(absl::StrCat(kRolePrefix, absl::AsciiStrToUpper(name)), &role);
  return role;
}

std::string BesideSession(const std::string& name) {
  return (std::filesystem::path(SessionFile()).parent_path() / name).string();
}

}  // namespace reprise::cli
