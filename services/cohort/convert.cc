// SPDX-License-Identifier: Apache-2.0
#include "services/cohort/convert.h"

#include "absl/strings/escaping.h"

#include "services/platform/convert/wire_time.h"

namespace reprise::cohort {

v1::AllocationList ToProto(const AllocationList& list) {
  v1::AllocationList wire;
  wire.set_list_id(list.list_id);
  wire.set_study_id(list.study_id);
  wire.set_stage(list.stage);
  wire.set_seed_sha256(absl::BytesToHexString(list.seed_sha256));
  wire.set_protocol_version(list.protocol_version);
  *wire.mutable_made_time() = convert::ToProto(list.made_time);
  wire.set_allocated(static_cast<int32_t>(list.allocated));
  return wire;
}

v1::Allocation ToProto(const Allocation& allocation) {
  v1::Allocation wire;
  wire.set_participant_id(allocation.participant_id);
  wire.set_arm(allocation.arm);
  for (const auto& [factor, level] : allocation.factors) (*wire.mutable_factors())[factor] = level;
  for (const auto& [factor, level] : Differences(allocation)) (*wire.mutable_corrected_factors())[factor] = level;
  *wire.mutable_randomised_date() = convert::ToProto(allocation.randomised_date);
  *wire.mutable_made_time() = convert::ToProto(allocation.made_time);
  return wire;
}

Factors FromProto(const google::protobuf::Map<std::string, std::string>& factors) {
  return Factors(factors.begin(), factors.end());
}

}  // namespace reprise::cohort
