// SPDX-License-Identifier: Apache-2.0
#include "services/enrolment/domain/participant.h"

#include "absl/strings/str_format.h"

namespace reprise::enrolment {

std::string ParticipantCode(const std::string& site_code, int64_t number) {
  return absl::StrFormat("%s-%04d", site_code, number);
}

absl::Status CheckNotBeforeConsent(const Participant& participant, absl::CivilDay day,
                                   absl::string_view path) {
  if (day >= participant.consent_date) return absl::OkStatus();
  return DateBeforeConsent(path, participant.consent_date);
}

}  // namespace reprise::enrolment
