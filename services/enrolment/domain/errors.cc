// SPDX-License-Identifier: Apache-2.0
#include "services/enrolment/domain/errors.h"

#include "services/platform/error/error.h"

namespace reprise::enrolment {

absl::Status SiteNotFound(const std::string& site_id) {
  return error::Make(absl::StatusCode::kNotFound, "SITE_NOT_FOUND",
                     "There is no such site in the study.", {{"site_id", site_id}});
}
absl::Status ParticipantNotFound(const std::string& participant_id) {
  return error::Make(absl::StatusCode::kNotFound, "PARTICIPANT_NOT_FOUND",
                     "There is no such participant.", {{"participant_id", participant_id}});
}

}  // namespace reprise::enrolment
