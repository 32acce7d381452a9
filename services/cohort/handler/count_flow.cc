// SPDX-License-Identifier: Apache-2.0
#include "services/cohort/convert.h"
#include "services/cohort/handler/cut.h"
#include "services/cohort/handler/handlers.h"
#include "services/cohort/store/flow_store.h"
#include "services/platform/status.h"

namespace reprise::cohort {
namespace {

v1::ReasonCount ToReason(const std::pair<std::string, int64_t>& reason) {
  v1::ReasonCount wire;
  wire.set_reason(reason.first);
  wire.set_count(static_cast<int32_t>(reason.second));
  return wire;
}

v1::CountFlowResponse ResponseOf(const Cut& cut, const Sight& sight, const Flow& flow) {
  v1::CountFlowResponse response;
  response.set_study_id(cut.study_id);
  response.set_stage(cut.stage);
  *response.mutable_as_of_time() = convert::ToProto(cut.as_of);
  for (const std::string& site : sight.sites) response.add_sites_visible(site);
  response.set_complete(sight.complete);
  *response.mutable_total() = ToProto(flow.total);
  for (const FlowCounts& counts : flow.by_site) *response.add_by_site() = ToProto(counts);
  for (const FlowCounts& counts : flow.by_month) *response.add_by_month() = ToProto(counts);
  // Counts by arm at one place help to guess the next arm there.
  if (sight.complete) {
    for (const ArmCount& arm : flow.by_arm) *response.add_by_arm() = ToProto(arm);
  }
  return response;
}

}  // namespace

absl::StatusOr<v1::CountFlowResponse> Handlers::CountFlow(const Call& call, const v1::CountFlowRequest& request) {
  REPRISE_ASSIGN_OR_RETURN(const Cut cut, CutOf(call, request));
  return db_.Read(call, [&](db::Tx& tx) -> absl::StatusOr<v1::CountFlowResponse> {
    REPRISE_RETURN_IF_ERROR(CheckStage(tx, cut.study_id, cut.stage));
    REPRISE_ASSIGN_OR_RETURN(const Sight sight, LoadSight(tx, cut.study_id));
    REPRISE_ASSIGN_OR_RETURN(const auto screenings, CountScreenings(tx, cut));
    REPRISE_ASSIGN_OR_RETURN(const auto people, ListPeople(tx, cut));
    v1::CountFlowResponse response = ResponseOf(cut, sight, cohort::CountFlow(sight.sites, screenings.cells, people));
    for (const auto& reason : screenings.ineligible) *response.add_ineligible_reasons() = ToReason(reason);
    for (const auto& reason : screenings.declined) *response.add_decline_reasons() = ToReason(reason);
    REPRISE_ASSIGN_OR_RETURN(const int target, LoadTarget(tx, cut));
    response.set_target(target);
    return response;
  });
}

}  // namespace reprise::cohort
