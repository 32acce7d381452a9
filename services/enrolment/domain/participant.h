// SPDX-License-Identifier: Apache-2.0
// A participant as research knows her.
#ifndef REPRISE_ENROLMENT_DOMAIN_PARTICIPANT_H_
#define REPRISE_ENROLMENT_DOMAIN_PARTICIPANT_H_

#include <cstdint>
#include <string>

#include "absl/time/time.h"

namespace reprise::enrolment {

struct Participant {
  std::string participant_id;
  std::string study_id;
  std::string site_id;
  std::string code;  // "LYO-0042"
  absl::Time made_time;
};

// The site's code, a hyphen and at least four digits; `number` starts at 1.
std::string ParticipantCode(const std::string& site_code, int64_t number);

}  // namespace reprise::enrolment

#endif  // REPRISE_ENROLMENT_DOMAIN_PARTICIPANT_H_
