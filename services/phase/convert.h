// SPDX-License-Identifier: Apache-2.0
// Between reprise.phase.v1 and the course. Paths in faults are those of the request.
#ifndef REPRISE_PHASE_CONVERT_H_
#define REPRISE_PHASE_CONVERT_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "reprise/phase/v1/phase_service.pb.h"

#include "services/phase/domain/course/derived.h"
#include "services/phase/domain/course/visit_list.h"

namespace reprise::phase {

// `language` is fr or en, of the sentences.
v1::Course ToProto(const Participation& participation, const Protocol& protocol, const Facts& facts,
                   const Derived& derived, const std::string& language);
v1::VisitEntry ToProto(const ListedVisit& visit);
const std::string& In(const std::string& language, const legal::Text& text);

// INVALID_ARGUMENT EPISODES_INVALID with KIND_UNKNOWN or DATE_INVALID for each faulty field.
absl::StatusOr<WorkTimeline> WorkFromProto(const v1::CorrectedTimeline& wire);
absl::StatusOr<PhaseTimeline> PhasesFromProto(const v1::CorrectedTimeline& wire);

}  // namespace reprise::phase

#endif  // REPRISE_PHASE_CONVERT_H_
