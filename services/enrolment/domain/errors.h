// SPDX-License-Identifier: Apache-2.0
// Every failure of the enrolment service, by name.
#ifndef REPRISE_ENROLMENT_DOMAIN_ERRORS_H_
#define REPRISE_ENROLMENT_DOMAIN_ERRORS_H_

#include <string>

#include "absl/status/status.h"

namespace reprise::enrolment {

absl::Status SiteNotFound(const std::string& site_id);                // NOT_FOUND SITE_NOT_FOUND
absl::Status ParticipantNotFound(const std::string& participant_id);  // NOT_FOUND PARTICIPANT_NOT_FOUND

}  // namespace reprise::enrolment

#endif  // REPRISE_ENROLMENT_DOMAIN_ERRORS_H_
