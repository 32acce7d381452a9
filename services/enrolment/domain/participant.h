// SPDX-License-Identifier: Apache-2.0
// A participant as research knows her.
#ifndef REPRISE_ENROLMENT_DOMAIN_PARTICIPANT_H_
#define REPRISE_ENROLMENT_DOMAIN_PARTICIPANT_H_

#include <cstdint>
#include <string>

#include "absl/time/time.h"

#include "services/enrolment/domain/errors.h"
#include "services/enrolment/domain/lifecycle.h"

namespace reprise::enrolment {

struct Participant {
  std::string participant_id;
  std::string study_id;
  std::string site_id;
  std::string code;  // "LYO-0042"
  absl::Time made_time;
  std::string screening_id = {};
  std::string stage = {};
  absl::CivilDay consent_date = {};
  int protocol_version = 0;  // in force on that day
  int age_at_consent = 0;    // years
  ParticipantStatus status = ParticipantStatus::kNone;
};

// The site's code, a hyphen and at least four digits; `number` starts at 1.
std::string ParticipantCode(const std::string& site_code, int64_t number);

// OK, or INVALID_ARGUMENT DATE_BEFORE_CONSENT for `path`.
absl::Status CheckNotBeforeConsent(const Participant& participant, absl::CivilDay day,
                                   absl::string_view path);

}  // namespace reprise::enrolment

#endif  // REPRISE_ENROLMENT_DOMAIN_PARTICIPANT_H_
