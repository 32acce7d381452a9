// SPDX-License-Identifier: Apache-2.0
// Screening attempts, and when somebody may be screened or consent a second time.
#ifndef REPRISE_ENROLMENT_DOMAIN_SCREENING_H_
#define REPRISE_ENROLMENT_DOMAIN_SCREENING_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"

namespace reprise::enrolment {

struct Screening {
  std::string screening_id;
  std::string study_id;
  std::string site_id;
  std::string stage;
  int number = 0;  // 1, 2, ... at the site
  absl::CivilDay screened_date;
  int protocol_version = 0;
  std::vector<std::string> failed_criteria;  // as the protocol orders them; none: eligible
  std::string decline_reason = {};           // empty: has not declined
  bool identified = false;
  std::string participant_id = {};  // empty: has not consented
  absl::Time made_time;

  bool eligible() const { return failed_criteria.empty(); }
};

// `failed` in the order of `known`, each once. INVALID_ARGUMENT CRITERION_UNKNOWN naming each.
absl::StatusOr<std::vector<std::string>> OrderCriteria(const std::vector<std::string>& failed,
                                                       const std::vector<std::string>& known);

// FAILED_PRECONDITION SCREENING_INELIGIBLE, SCREENING_CONSENTED, SCREENING_DECLINED: nothing more can
// come of the attempt.
absl::Status CheckLive(const Screening& screening);

// An attempt somewhere in the study of a person recognised by her identity.
struct Attempt {
  std::string person_id;
  std::string stage;
  bool consented = false;
  bool open = false;  // eligible, neither declined nor consented
};

// A stage as far as it decides who may be in another one.
struct StageRule {
  std::string stage;
  std::string kind;
  std::string pilot_kind;
  std::vector<std::string> excludes;
};

// True where participants of one can never be in the other: one names the other, or they are an external
// pilot and the main stage, whatever the protocol says.
bool Exclude(const std::vector<StageRule>& rules, const std::string& one, const std::string& other);

// ALREADY_EXISTS PERSON_IN_STUDY where somebody with these attempts may not be screened for `stage`: she
// consented in it or in one that excludes it, or an attempt for it is open.
absl::Status CheckMayScreen(const std::vector<Attempt>& attempts, const std::vector<StageRule>& rules,
                            const std::string& stage);
// The same for a consent, whose own attempt is the open one.
absl::Status CheckMayConsent(const std::vector<Attempt>& attempts, const std::vector<StageRule>& rules,
                             const std::string& stage);

}  // namespace reprise::enrolment

#endif  // REPRISE_ENROLMENT_DOMAIN_SCREENING_H_
