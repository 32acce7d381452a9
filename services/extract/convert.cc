// SPDX-License-Identifier: Apache-2.0
#include "services/extract/convert.h"

#include "services/platform/convert/wire_time.h"

namespace reprise::extract {

v1::Extract ToProto(const Request& request) {
  v1::Extract wire;
  wire.set_extract_id(request.extract_id);
  wire.set_study_id(request.study_id);
  wire.set_stage(request.stage);
  wire.set_state(!request.decision.has_value()  ? v1::Extract::STATE_REQUESTED
                 : request.decision->approved ? v1::Extract::STATE_APPROVED
                                              : v1::Extract::STATE_REFUSED);
  *wire.mutable_cut_time() = convert::ToProto(request.cut_time);
  wire.set_purpose(request.purpose);
  wire.set_requested_by(request.requested_by);
  if (request.decision.has_value()) {
    wire.set_decided_by(request.decision->decided_by);
    *wire.mutable_decide_time() = convert::ToProto(request.decision->decide_time);
    wire.set_decision_reason(request.decision->reason);
  }
  wire.set_withdrawn_since(static_cast<int32_t>(request.withdrawn_since));
  return wire;
}

}  // namespace reprise::extract
