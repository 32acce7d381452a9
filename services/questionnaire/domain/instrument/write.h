// SPDX-License-Identifier: Apache-2.0
// An instrument as its YAML document: fields that say nothing are left out, every text is quoted,
// so that reading the result gives the same value again.
#ifndef REPRISE_QUESTIONNAIRE_DOMAIN_INSTRUMENT_WRITE_H_
#define REPRISE_QUESTIONNAIRE_DOMAIN_INSTRUMENT_WRITE_H_

#include <string>

#include "absl/strings/string_view.h"

#include "services/questionnaire/domain/instrument/instrument.h"

namespace reprise::instrument {

std::string WriteYaml(const Instrument& instrument);
// A text as a double-quoted YAML string; a very long one is folded, so that no line exceeds what
// ParseYaml takes.
std::string Quoted(absl::string_view text);

}  // namespace reprise::instrument

#endif  // REPRISE_QUESTIONNAIRE_DOMAIN_INSTRUMENT_WRITE_H_
