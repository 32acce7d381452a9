// SPDX-License-Identifier: Apache-2.0
// Accounts: what a login name and a password must be, and how guessing is slowed down.
#ifndef REPRISE_ACCESS_DOMAIN_ACCOUNT_H_
#define REPRISE_ACCESS_DOMAIN_ACCOUNT_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"

namespace reprise::access {

struct Account {
  std::string user_id;
  std::string login_name;
  std::string display_name;
  std::string language;        // "fr", "en"
  std::string participant_id;  // empty for staff
  std::optional<absl::Time> disabled_time;
  absl::Time made_time;
  int64_t version = 1;
  bool second_factor_on = false;
};

// Begins the login names of the accounts that participants' links make; no other name does.
inline constexpr char kParticipantPrefix[] = "participant-";

// All faults at once:
//   INVALID_ARGUMENT ACCOUNT_INVALID with LOGIN_NAME_MALFORMED, LOGIN_NAME_RESERVED, FIELD_REQUIRED,
//   FIELD_TOO_LONG, LANGUAGE_UNKNOWN, ID_MALFORMED, PASSWORD_TOO_WEAK
absl::Status CheckNewAccount(const Account& account, const std::string& password);

// INVALID_ARGUMENT PASSWORD_TOO_WEAK for `field`: fewer than 12 or more than 1024 bytes, the login
// name, or one repeated character.
absl::Status CheckPassword(const std::string& password, const std::string& login_name,
                           const std::string& field);

// How long the next login by the same name from the same address must wait after `failures` within the last
// quarter of an hour: nothing up to 5, then 2, 4, 8 ... seconds, at most 5 minutes.
absl::Duration LoginDelay(int failures);
// The same for all names from one address, which a whole hospital may share: nothing up to 50, then 2, 4, 8 ...
// seconds, at most 30.
absl::Duration AddressDelay(int failures);

std::string EtagOf(const Account& account);

}  // namespace reprise::access

#endif  // REPRISE_ACCESS_DOMAIN_ACCOUNT_H_
