// SPDX-License-Identifier: Apache-2.0
// The two small languages inside dictionary cells: `1, Yes | 0, No`, and action tags.
#ifndef REPRISE_QUESTIONNAIRE_DOMAIN_EXCHANGE_REDCAP_CHOICES_H_
#define REPRISE_QUESTIONNAIRE_DOMAIN_EXCHANGE_REDCAP_CHOICES_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

#include "services/questionnaire/domain/exchange/report.h"
#include "services/questionnaire/domain/instrument/instrument.h"

namespace reprise::exchange {

// The choices of a cell; labels in `language`. One finding for each at `place`.
std::vector<instrument::Choice> ParseChoices(absl::string_view cell, const std::string& language,
                                             const std::string& place, Report& report);

struct ActionTag {
  std::string name;   // @CHARLIMIT
  std::string value;  // without quotes; empty where there is none
};

// Action tags of an annotation, and what is left of it without them.
struct Annotation {
  std::vector<ActionTag> tags;
  std::string rest;
};
Annotation ParseAnnotation(absl::string_view cell);

// Codes as lists write them inside a tag's value: `0,9`.
std::vector<std::string> SplitCodes(absl::string_view value);

// Whether a choice's code can be kept.
bool IsUsableCode(absl::string_view code);

}  // namespace reprise::exchange

#endif  // REPRISE_QUESTIONNAIRE_DOMAIN_EXCHANGE_REDCAP_CHOICES_H_
