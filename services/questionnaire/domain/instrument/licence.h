// SPDX-License-Identifier: Apache-2.0
// The licence gate: what ought to be recorded before a study publishes an instrument. It protects the
// owner's rights and the study; it is not legal advice. `reprise instrument wording load` and `check`
// judge by it, nothing else does: the server publishes a definition of any tier.
#ifndef REPRISE_QUESTIONNAIRE_DOMAIN_INSTRUMENT_LICENCE_H_
#define REPRISE_QUESTIONNAIRE_DOMAIN_INSTRUMENT_LICENCE_H_

#include "absl/status/status.h"
#include "absl/time/civil_time.h"

#include "services/questionnaire/domain/instrument/instrument.h"
#include "services/questionnaire/domain/instrument/wording.h"

namespace reprise::instrument {

// OK where the instrument may be published on `today`. An instrument of tier b or c needs wording,
// licence reference, scope and an expiry that has not passed (its day still counts); of tier a or
// own only its words, its own or loaded. `wording` may be null. Everything lacking at once:
//   FAILED_PRECONDITION LICENCE_GATE_CLOSED, metadata `lacks` a comma list of WORDING_MISSING,
//   WORDING_UNFIT (another instrument or version, or items without words),
//   LICENCE_REFERENCE_MISSING, LICENCE_SCOPE_MISSING, LICENCE_EXPIRY_MISSING (or no date),
//   LICENCE_EXPIRED
absl::Status CheckLicenceGate(const Instrument& definition, const Wording* wording,
                              const LicenceRecord& record, absl::CivilDay today);

}  // namespace reprise::instrument

#endif  // REPRISE_QUESTIONNAIRE_DOMAIN_INSTRUMENT_LICENCE_H_
