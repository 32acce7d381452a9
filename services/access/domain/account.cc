// SPDX-License-Identifier: Apache-2.0
#include "services/access/domain/account.h"

#include <algorithm>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

#include "services/platform/error/error.h"
#include "services/platform/id/id.h"

namespace reprise::access {
namespace {

constexpr size_t kMinPassword = 12;
constexpr size_t kMaxPassword = 1024;
constexpr size_t kMaxDisplayName = 200;

absl::Duration Doubled(int failures, int free, absl::Duration longest) {
  if (failures <= free) return absl::ZeroDuration();
  return std::min(absl::Seconds(1 << std::min(failures - free, 9)), longest);
}

bool IsLoginName(const std::string& name) {
  if (name.size() < 3 || name.size() > 64) return false;
  for (size_t i = 0; i < name.size(); ++i) {
    const char c = name[i];
    const bool letter_or_digit = absl::ascii_islower(c) || absl::ascii_isdigit(c);
    if (!letter_or_digit && (i == 0 || std::string("._@-").find(c) == std::string::npos)) return false;
  }
  return true;
}

}  // namespace

absl::Status CheckPassword(const std::string& password, const std::string& login_name,
                           const std::string& field) {
  const bool repeated = !password.empty() && password.find_first_not_of(password[0]) == std::string::npos;
  if (password.size() >= kMinPassword && password.size() <= kMaxPassword && !repeated &&
      absl::AsciiStrToLower(password) != login_name) {
    return absl::OkStatus();
  }
  return error::InvalidField(field, "PASSWORD_TOO_WEAK",
                             "12 to 1024 bytes are required, not the login name and not one "
                             "character repeated.");
}

absl::Status CheckNewAccount(const Account& account, const std::string& password) {
  std::vector<error::Violation> violations;
  if (!IsLoginName(account.login_name)) {
    violations.push_back({"login_name", "LOGIN_NAME_MALFORMED",
                          "3 to 64 lower case letters, digits or ._@- are required, a letter or "
                          "digit first."});
  } else if (absl::StartsWith(account.login_name, kParticipantPrefix)) {
    violations.push_back({"login_name", "LOGIN_NAME_RESERVED",
                          absl::StrCat("`", kParticipantPrefix, "` begins the names of participants "
                                       "who come by links.")});
  }
  if (account.display_name.empty()) {
    violations.push_back({"display_name", "FIELD_REQUIRED", "A name is required."});
  } else if (account.display_name.size() > kMaxDisplayName) {
    violations.push_back({"display_name", "FIELD_TOO_LONG",
                          absl::StrCat("At most ", kMaxDisplayName, " bytes.")});
  }
  if (account.language != "fr" && account.language != "en") {
    violations.push_back({"language", "LANGUAGE_UNKNOWN", "`fr` or `en` is required."});
  }
  if (!account.participant_id.empty()) {
    if (const auto id = ParseUuid(account.participant_id, "participant_id"); !id.ok()) {
      violations.push_back(error::DetailOf(id.status()).violations[0]);
    }
  }
  if (const absl::Status weak = CheckPassword(password, account.login_name, "password"); !weak.ok()) {
    violations.push_back(error::DetailOf(weak).violations[0]);
  }
  if (violations.empty()) return absl::OkStatus();
  return error::Invalid("ACCOUNT_INVALID", "The account cannot be made as asked.", violations);
}

absl::Duration LoginDelay(int failures) { return Doubled(failures, 5, absl::Minutes(5)); }

absl::Duration AddressDelay(int failures) { return Doubled(failures, 50, absl::Seconds(30)); }

std::string EtagOf(const Account& account) { return absl::StrCat("v", account.version); }

}  // namespace reprise::access
