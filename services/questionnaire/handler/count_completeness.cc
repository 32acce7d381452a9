// SPDX-License-Identifier: Apache-2.0
#include "services/platform/convert/wire_time.h"
#include "services/platform/status.h"
#include "services/questionnaire/convert/instance.h"
#include "services/questionnaire/domain/response/errors.h"
#include "services/questionnaire/handler/handlers.h"
#include "services/questionnaire/store/completeness_store.h"

namespace reprise::questionnaire {
namespace {

absl::StatusOr<CompletenessCut> CutOf(const Call& call, const v1::CountCompletenessRequest& request) {
  CompletenessCut cut{.study_id = {}, .stage = request.stage(), .as_of = call.now};
  REPRISE_ASSIGN_OR_RETURN(cut.study_id, ParseUuid(request.study_id(), "study_id"));
  if (request.has_site_id()) {
    REPRISE_ASSIGN_OR_RETURN(cut.site_id, ParseUuid(request.site_id(), "site_id"));
  }
  if (cut.stage.empty()) return StageRequired();
  if (request.has_as_of_time()) {
    REPRISE_ASSIGN_OR_RETURN(cut.as_of, convert::FromProto(request.as_of_time(), "as_of_time"));
    if (cut.as_of > call.now) return InstantInFuture();
  }
  return cut;
}

v1::CompletenessCount ToProto(const CompletenessCount& count) {
  v1::CompletenessCount wire;
  wire.set_timepoint(count.timepoint);
  wire.set_instrument_id(count.instrument_id);
  wire.set_required(count.required);
  wire.set_respondent(ToProto(count.respondent));
  wire.set_participants(count.participants);
  wire.set_in_window(count.in_window);
  wire.set_out_of_window(count.out_of_window);
  wire.set_open(count.open);
  wire.set_missed(count.missed);
  wire.set_cancelled(count.cancelled);
  wire.set_later(count.later);
  wire.set_anchor_unknown(count.anchor_unknown);
  return wire;
}

}  // namespace

absl::StatusOr<v1::CountCompletenessResponse> Handlers::CountCompleteness(
    const Call& call, const v1::CountCompletenessRequest& request) {
  REPRISE_ASSIGN_OR_RETURN(const CompletenessCut cut, CutOf(call, request));
  return db_.Read(call, [&](db::Tx& tx) -> absl::StatusOr<v1::CountCompletenessResponse> {
    REPRISE_RETURN_IF_ERROR(CheckStage(tx, cut.study_id, cut.stage));
    REPRISE_ASSIGN_OR_RETURN(const Sight sight, LoadSight(tx, cut));
    REPRISE_ASSIGN_OR_RETURN(const auto people, ListCounted(tx, cut));
    REPRISE_ASSIGN_OR_RETURN(const auto forms, ListScheduled(tx, cut));
    REPRISE_ASSIGN_OR_RETURN(const auto opened, ListOpened(tx, cut));
    REPRISE_ASSIGN_OR_RETURN(const TimepointTitles timepoints, LoadTimepoints(tx, cut.study_id));
    v1::CountCompletenessResponse response;
    response.set_study_id(cut.study_id);
    response.set_stage(cut.stage);
    *response.mutable_as_of_time() = convert::ToProto(cut.as_of);
    for (const std::string& site : sight.sites) response.add_sites_visible(site);
    response.set_complete(sight.complete);
    response.set_participants(static_cast<int>(people.size()));
    for (const CompletenessCount& count : CountByForm(people, forms, opened)) {
      v1::CompletenessCount& wire = *response.add_counts();
      wire = ToProto(count);
      if (const auto words = timepoints.find(count.timepoint); words != timepoints.end()) {
        wire.mutable_timepoint_title()->insert(words->second.begin(), words->second.end());
      }
      if (count.instrument_version_id.empty()) continue;
      REPRISE_ASSIGN_OR_RETURN(const std::shared_ptr<const Form> form,
                               forms_.Get(tx, count.instrument_version_id));
      wire.mutable_title()->insert(form->title().begin(), form->title().end());
    }
    return response;
  });
}

}  // namespace reprise::questionnaire
