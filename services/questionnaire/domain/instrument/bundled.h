// SPDX-License-Identifier: Apache-2.0
// The definitions of deploy/instruments, compiled in: our own forms with French and English text,
// and the published instruments without any wording.
#ifndef REPRISE_QUESTIONNAIRE_DOMAIN_INSTRUMENT_BUNDLED_H_
#define REPRISE_QUESTIONNAIRE_DOMAIN_INSTRUMENT_BUNDLED_H_

#include "absl/types/span.h"

namespace reprise::instrument {

struct BundledFile {
  const char* name;   // phq-9.yaml
  const char* bytes;  // read it with LoadInstrument
};

absl::Span<const BundledFile> BundledInstruments();

}  // namespace reprise::instrument

#endif  // REPRISE_QUESTIONNAIRE_DOMAIN_INSTRUMENT_BUNDLED_H_
