// SPDX-License-Identifier: Apache-2.0
#include "services/phase/domain/survival/errors.h"

#include "absl/strings/str_cat.h"

#include "services/platform/error/error.h"

namespace reprise::survival {

absl::Status ObservationTimeInvalid(absl::string_view path) {
  return error::InvalidField(path, "OBSERVATION_TIME_INVALID",
                             "A time is a finite number of days, 0 or more.");
}

absl::Status ObservationStatusUnknown(absl::string_view path) {
  return error::InvalidField(path, "OBSERVATION_STATUS_UNKNOWN",
                             "A status is 0 (censored), 1 (event) or 2 (competing event).");
}

absl::Status GroupOutOfRange(absl::string_view path, int groups) {
  return error::InvalidField(path, "GROUP_OUT_OF_RANGE",
                             absl::StrCat("A group is a number from 0 to ", groups - 1, "."));
}

absl::Status HorizonInvalid() {
  return error::InvalidField("tau", "HORIZON_INVALID",
                             "The horizon tau is a finite number of days above 0.");
}

}  // namespace reprise::survival
