// SPDX-License-Identifier: Apache-2.0
// Visits and deliveries against the protocol: what may be recorded, by whom, and what is unusual.
#ifndef REPRISE_PHASE_DOMAIN_COURSE_VISITS_H_
#define REPRISE_PHASE_DOMAIN_COURSE_VISITS_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"

#include "services/phase/domain/course/facts.h"
#include "services/phase/domain/course/windows.h"

namespace reprise::phase {

// Null where the protocol has no such visit or component for her.
const VisitRule* FindVisit(const Protocol& protocol, const std::string& visit);
const ComponentRule* FindComponent(const Protocol& protocol, const std::string& component);

// INVALID_ARGUMENT MODE_UNKNOWN.
absl::Status CheckMode(const std::string& mode);

// `roles`: those by which the caller may record visits at her site (`coordinator`, ...).
// PERMISSION_DENIED VISIT_NOT_YOURS.
absl::Status CheckRecorder(const VisitRule& rule, const std::vector<std::string>& roles);

// Measures of a visit that took place: none where only coordinators record it; NONE stands alone.
// INVALID_ARGUMENT MEASURE_UNKNOWN.
absl::Status CheckMeasures(const VisitRule& rule, const std::vector<std::string>& measures);

// True where the visit took place within its window; false also where there is no window.
bool InWindow(const Visit& visit, const std::optional<Window>& window);

// Whether a leave longer than `months` months had been reached on the day, by the merged episodes of
// full leave or by the work situation: its last day by then is the `months`th month's day or later.
bool HadLeaveLongerThan(const Facts& facts, const std::vector<Window>& leave_episodes, int months,
                        absl::CivilDay day);

// Flags of a delivery, in this order:
//   CONTROL_ARM      she is allocated to an arm without the intervention
//   OUT_OF_WINDOW    the window is known and the day is not in it
//   OUT_OF_PROTOCOL  asked for, or she had stopped the intervention
// INVALID_ARGUMENT RECIPIENT_UNKNOWN; FAILED_PRECONDITION COMPONENT_NOT_APPLICABLE (not where asked for)
absl::StatusOr<std::vector<std::string>> CheckDelivery(const ComponentRule& rule,
                                                       const Participation& participation,
                                                       const Facts& facts,
                                                       const std::vector<Window>& leave_episodes,
                                                       const Delivery& delivery, bool out_of_protocol);

}  // namespace reprise::phase

#endif  // REPRISE_PHASE_DOMAIN_COURSE_VISITS_H_
