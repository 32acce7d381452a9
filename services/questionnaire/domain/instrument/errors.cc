// SPDX-License-Identifier: Apache-2.0
#include "services/questionnaire/domain/instrument/errors.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace reprise::instrument {

absl::Status InstrumentInvalid(const std::vector<error::Violation>& faults) {
  return error::Invalid("INSTRUMENT_INVALID", "The instrument definition has faults.", faults);
}

absl::Status WordingInvalid(const std::vector<error::Violation>& faults) {
  return error::Invalid("WORDING_INVALID", "The wording does not fit the instrument.", faults);
}

absl::Status LicenceGateClosed(absl::string_view instrument_id,
                               const std::vector<std::string>& lacks, absl::string_view sentences) {
  return error::Make(
      absl::StatusCode::kFailedPrecondition, "LICENCE_GATE_CLOSED",
      absl::StrCat("The instrument cannot be published yet. ", sentences),
      {{"instrument", std::string(instrument_id)}, {"lacks", absl::StrJoin(lacks, ",")}});
}

}  // namespace reprise::instrument
