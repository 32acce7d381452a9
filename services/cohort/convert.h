// SPDX-License-Identifier: Apache-2.0
// Between cohort.v1 and the service's own types.
#ifndef REPRISE_COHORT_CONVERT_H_
#define REPRISE_COHORT_CONVERT_H_

#include "reprise/cohort/v1/allocation.pb.h"

#include "services/cohort/domain/allocation/allocation.h"
#include "services/cohort/domain/flow/flow.h"
#include "services/cohort/domain/progression/board.h"

namespace reprise::cohort {

// Never with the seed or a place.
v1::AllocationList ToProto(const AllocationList& list);
v1::Allocation ToProto(const Allocation& allocation);
v1::FlowCounts ToProto(const FlowCounts& counts);
v1::ArmCount ToProto(const ArmCount& arm);
v1::ProgressionResult ToProto(const Judgement& judgement);
v1::ProgressionResult::Light ToProto(Colour colour);
Factors FromProto(const google::protobuf::Map<std::string, std::string>& factors);

}  // namespace reprise::cohort

#endif  // REPRISE_COHORT_CONVERT_H_
