// SPDX-License-Identifier: Apache-2.0
// What every import ends with: a licence block that says nothing is known yet, and a check whose
// remaining faults are mended by leaving out what causes them, each told in the report.
#ifndef REPRISE_QUESTIONNAIRE_DOMAIN_EXCHANGE_SETTLE_H_
#define REPRISE_QUESTIONNAIRE_DOMAIN_EXCHANGE_SETTLE_H_

#include "absl/strings/string_view.h"

#include "services/questionnaire/domain/exchange/report.h"

namespace reprise::exchange {

// Afterwards CheckInstrument finds no error, or the report refuses what it still finds.
void Settle(absl::string_view file, Imported& made);

}  // namespace reprise::exchange

#endif  // REPRISE_QUESTIONNAIRE_DOMAIN_EXCHANGE_SETTLE_H_
