// SPDX-License-Identifier: Apache-2.0
// What the protocol says about a site, a stage and a day, and whether something may be recorded there.
#ifndef REPRISE_ENROLMENT_DOMAIN_GROUND_H_
#define REPRISE_ENROLMENT_DOMAIN_GROUND_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"

#include "services/enrolment/domain/errors.h"

namespace reprise::enrolment {

// Both days inclusive; no first day: never open, no last day: not closed.
struct Opening {
  Day opens;
  Day closes;
  bool Holds(absl::CivilDay day) const { return opens && *opens <= day && (!closes || day <= *closes); }
};

// The place and the day of an act.
struct Ground {
  std::string site_code;
  absl::CivilDay day;       // of the act
  absl::CivilDay today;     // at the site
  Opening site = {};        // by the newest protocol
  std::string stage = {};
  int protocol_version = 0; // in force on `day`; 0: none
  bool needs_ethics = true;
  Day ethics_opinion = {};
  bool has_stage = false;   // whether that version knows the stage
  Opening stage_opening = {};
};

// INVALID_ARGUMENT DATE_IN_FUTURE for `path`.
absl::Status CheckNotFuture(const Ground& ground, absl::string_view path);
// FAILED_PRECONDITION PROTOCOL_MISSING, STAGE_NOT_OPEN, SITE_NOT_OPEN; INVALID_ARGUMENT STAGE_UNKNOWN.
absl::Status CheckOpen(const Ground& ground);
// FAILED_PRECONDITION SITE_NOT_OPEN.
absl::Status CheckSiteOpen(const Ground& ground);
// FAILED_PRECONDITION ETHICS_OPINION_MISSING.
absl::Status CheckEthics(const Ground& ground);

// A text beside a coded fact. INVALID_ARGUMENT FIELD_TOO_LONG over 500 bytes, TEXT_HOLDS_IDENTITY.
absl::Status CheckReason(const std::string& text, absl::string_view path);

}  // namespace reprise::enrolment

#endif  // REPRISE_ENROLMENT_DOMAIN_GROUND_H_
