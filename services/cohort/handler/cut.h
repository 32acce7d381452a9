// SPDX-License-Identifier: Apache-2.0
// The stage and instant of a request that counts.
#ifndef REPRISE_COHORT_HANDLER_CUT_H_
#define REPRISE_COHORT_HANDLER_CUT_H_

#include "absl/status/statusor.h"

#include "services/cohort/domain/errors.h"
#include "services/cohort/store/flow_store.h"
#include "services/platform/call.h"
#include "services/platform/convert/wire_time.h"
#include "services/platform/status.h"

namespace reprise::cohort {

// INVALID_ARGUMENT FIELD_REQUIRED, TIME_INVALID, INSTANT_IN_FUTURE.
template <typename Request>
absl::StatusOr<Cut> CutOf(const Call& call, const Request& request) {
  Cut cut{.study_id = {}, .stage = request.stage(), .as_of = call.now};
  REPRISE_ASSIGN_OR_RETURN(cut.study_id, ParseUuid(request.study_id(), "study_id"));
  if (cut.stage.empty()) return StageRequired();
  if (request.has_as_of_time()) {
    REPRISE_ASSIGN_OR_RETURN(cut.as_of, convert::FromProto(request.as_of_time(), "as_of_time"));
    if (cut.as_of > call.now) return InstantInFuture();
  }
  return cut;
}

}  // namespace reprise::cohort

#endif  // REPRISE_COHORT_HANDLER_CUT_H_
