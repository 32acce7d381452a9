// SPDX-License-Identifier: Apache-2.0
// Who somebody is: kept sealed, never in a message, and recognised by spellings of her name.
#ifndef REPRISE_ENROLMENT_DOMAIN_IDENTITY_H_
#define REPRISE_ENROLMENT_DOMAIN_IDENTITY_H_

#include <string>

#include "absl/status/status.h"
#include "absl/time/civil_time.h"

namespace reprise::enrolment {

// Text is UTF-8; optional fields may be empty.
struct Identity {
  std::string birth_name;
  std::string used_name;  // optional
  std::string given_name;
  absl::CivilDay birth_date;  // a year before 1900: there is no whole date
  std::string email;      // optional, as the next two
  std::string phone;
  std::string employer;
};

// INVALID_ARGUMENT IDENTITY_INVALID with a violation a field: FIELD_REQUIRED, FIELD_TOO_LONG,
// NAME_MALFORMED, DATE_INVALID (none, before 1900 or after `today`), EMAIL_MALFORMED, PHONE_MALFORMED,
// TEXT_HOLDS_IDENTITY (a social-security number, which is kept nowhere).
absl::Status CheckIdentity(const Identity& identity, absl::CivilDay today);

}  // namespace reprise::enrolment

#endif  // REPRISE_ENROLMENT_DOMAIN_IDENTITY_H_
