// SPDX-License-Identifier: Apache-2.0
// Consents, the forms on which they are signed, and the age that is judged on the day of the first.
#ifndef REPRISE_ENROLMENT_DOMAIN_CONSENT_H_
#define REPRISE_ENROLMENT_DOMAIN_CONSENT_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"

#include "services/enrolment/domain/errors.h"

namespace reprise::enrolment {

enum class ConsentMode { kNone, kPaper, kElectronic };
const char* NameOf(ConsentMode mode);  // "PAPER"
ConsentMode ConsentModeOf(absl::string_view name);

struct Consent {
  std::string consent_id;
  std::string participant_id;
  std::string form;
  std::string form_version;
  absl::CivilDay signed_date;
  ConsentMode mode = ConsentMode::kNone;
  std::vector<std::string> scopes;
  absl::Time made_time;
};

// A version of a form by the newest protocol that has it. Both days inclusive.
struct ConsentForm {
  std::string form;
  std::string form_version;
  absl::CivilDay valid_from;
  Day valid_until;
};

// INVALID_ARGUMENT FIELD_REQUIRED (form, form_version, mode), CODE_MALFORMED for scopes.
absl::Status CheckConsent(const Consent& consent);

// INVALID_ARGUMENT CONSENT_FORM_UNKNOWN; FAILED_PRECONDITION CONSENT_FORM_EXPIRED,
// CONSENT_FORM_NOT_YET_VALID on the day of the signature.
absl::Status CheckForm(const Consent& consent, const std::optional<ConsentForm>& form);

// Where a participant stands with a form that she signed.
struct ConsentStanding {
  Consent newest;                     // of the form, by day of signature
  std::optional<ConsentForm> renewal; // the newest version valid on `today`, where she has not signed it
};
// By code of the form; `consents` by day of signature.
std::vector<ConsentStanding> StandingsOf(const std::vector<Consent>& consents,
                                         const std::vector<ConsentForm>& forms, absl::CivilDay today);

// Whole years; somebody born on 29 February ages on 1 March in other years.
int AgeOn(absl::CivilDay born, absl::CivilDay day);

// A criterion that is an age in years, both inclusive; a maximum of 0: none.
struct AgeCriterion {
  std::string criterion;
  bool inclusion = true;
  int min_age = 0;
  int max_age = 0;
};

// FAILED_PRECONDITION AGE_NOT_ELIGIBLE naming the first criterion that `age` does not meet.
absl::Status CheckAge(int age, const std::vector<AgeCriterion>& criteria);

}  // namespace reprise::enrolment

#endif  // REPRISE_ENROLMENT_DOMAIN_CONSENT_H_
