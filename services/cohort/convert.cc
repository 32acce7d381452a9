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

v1::FlowCounts ToProto(const FlowCounts& counts) {
  const auto narrow = [](int64_t count) { return static_cast<int32_t>(count); };
  v1::FlowCounts wire;
  wire.set_site(counts.site);
  wire.set_month(counts.month);
  wire.set_screened(narrow(counts.screened));
  wire.set_eligible(narrow(counts.eligible));
  wire.set_ineligible(narrow(counts.ineligible));
  wire.set_declined(narrow(counts.declined));
  wire.set_consented(narrow(counts.consented));
  wire.set_screen_failed(narrow(counts.screen_failed));
  wire.set_enrolled(narrow(counts.enrolled));
  wire.set_randomised(narrow(counts.randomised));
  wire.set_completed(narrow(counts.completed));
  wire.set_withdrawn(narrow(counts.withdrawn));
  wire.set_intervention_stopped(narrow(counts.intervention_stopped));
  wire.set_lost(narrow(counts.lost));
  wire.set_deceased(narrow(counts.deceased));
  wire.set_going_on(narrow(counts.going_on));
  return wire;
}

v1::ArmCount ToProto(const ArmCount& arm) {
  v1::ArmCount wire;
  wire.set_arm(arm.arm);
  wire.set_allocated(static_cast<int32_t>(arm.allocated));
  wire.set_left(static_cast<int32_t>(arm.left));
  wire.set_completed(static_cast<int32_t>(arm.completed));
  return wire;
}

v1::ProgressionResult::Light ToProto(Colour colour) {
  switch (colour) {
    case Colour::kGreen: return v1::ProgressionResult::LIGHT_GREEN;
    case Colour::kAmber: return v1::ProgressionResult::LIGHT_AMBER;
    case Colour::kRed: return v1::ProgressionResult::LIGHT_RED;
    case Colour::kNone: break;
  }
  return v1::ProgressionResult::LIGHT_UNSPECIFIED;
}

v1::ProgressionResult ToProto(const Judgement& judgement) {
  v1::ProgressionResult wire;
  wire.set_rule(judgement.rule.code);
  for (const auto& [language, text] : judgement.rule.title) (*wire.mutable_title())[language] = text;
  wire.set_metric(judgement.rule.metric);
  wire.set_numerator(judgement.count.numerator);
  wire.set_denominator(judgement.count.denominator);
  if (judgement.estimate.has_value()) wire.set_estimate(*judgement.estimate);
  if (judgement.lower.has_value()) wire.set_lower(*judgement.lower);
  if (judgement.upper.has_value()) wire.set_upper(*judgement.upper);
  wire.set_green(judgement.rule.green);
  wire.set_red(judgement.rule.red);
  wire.set_light(ToProto(judgement.colour));
  wire.set_post_hoc(judgement.rule.post_hoc);
  wire.set_withheld(judgement.withheld);
  return wire;
}

Factors FromProto(const google::protobuf::Map<std::string, std::string>& factors) {
  return Factors(factors.begin(), factors.end());
}

}  // namespace reprise::cohort
