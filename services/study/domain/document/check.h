// SPDX-License-Identifier: Apache-2.0
// The rules of a study document that it can be held against alone (docs/study-document.md).
#ifndef REPRISE_STUDY_DOMAIN_DOCUMENT_CHECK_H_
#define REPRISE_STUDY_DOMAIN_DOCUMENT_CHECK_H_

#include <vector>

#include "services/platform/text/yaml_tree.h"
#include "services/study/domain/document/fault.h"

namespace reprise::study {

// All faults, in no particular order; fields of a wrong kind are passed over. Reasons:
//   FIELD_REQUIRED, FIELD_TOO_LONG, TEXT_HOLDS_IDENTITY, LANGUAGE_MISSING, LANGUAGE_UNKNOWN,
//   CODE_MALFORMED, CODE_TWICE, DATE_MALFORMED, WORD_UNKNOWN, NUMBER_OUT_OF_RANGE,
//   TIME_ZONE_UNKNOWN, REFERENCE_UNKNOWN, REFERENCE_TWICE, PERIOD_REVERSED, WINDOW_REVERSED,
//   TARGETS_UNORDERED, PILOT_KIND_REQUIRED, PILOT_KIND_MISPLACED, STAGE_EXCLUDES_ITSELF,
//   ARMS_TOO_FEW, ALLOCATION_REQUIRED, ALLOCATION_WITHOUT_ARMS, BLOCK_SIZE_UNEVEN,
//   BLOCK_SIZE_TWICE, FACTOR_LEVELS, TIMEPOINT_NOT_REQUIRED, CONSENT_FORMS_OVERLAP,
//   QUESTIONNAIRE_TWICE, THRESHOLDS_REVERSED, RULE_OF_MISSING, RULE_OF_MISPLACED,
//   PRIMARY_ENDPOINT_TWICE
std::vector<Fault> CheckDocument(const text::YamlNode& root);

}  // namespace reprise::study

#endif  // REPRISE_STUDY_DOMAIN_DOCUMENT_CHECK_H_
