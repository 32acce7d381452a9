// SPDX-License-Identifier: Apache-2.0
// Reads one rule row and one bilingual sentence. Internal to this folder.
#ifndef REPRISE_PHASE_DOMAIN_LEGAL_RULE_PARTS_H_
#define REPRISE_PHASE_DOMAIN_LEGAL_RULE_PARTS_H_

#include <string>

#include "absl/status/statusor.h"

#include "services/phase/domain/endpoint/fields.h"
#include "services/phase/domain/legal/rule.h"

namespace reprise::legal {

constexpr MilestoneKind kMilestones[] = {
    MilestoneKind::kPreReturnVisit, MilestoneKind::kReturnVisit, MilestoneKind::kLiaisonMeeting,
    MilestoneKind::kTrialOfReturn, MilestoneKind::kTherapeuticPartTime,
    MilestoneKind::kPrescriptionCap};

// INVALID_ARGUMENT FIELD_INVALID naming `place` and field.
absl::StatusOr<Rule> ReadRule(const YAML::Node& node, const std::string& place);

// Reads the sentence `field` in both languages into `text`; `reader` keeps what is wrong.
void ReadPart(endpoint::FieldReader& reader, const char* field, Text& text);

}  // namespace reprise::legal

#endif  // REPRISE_PHASE_DOMAIN_LEGAL_RULE_PARTS_H_
