// SPDX-License-Identifier: Apache-2.0
#include "services/platform/status.h"
#include "services/questionnaire/convert/instance.h"
#include "services/questionnaire/handler/handlers.h"
#include "services/questionnaire/store/schedule_store.h"

namespace reprise::questionnaire {

absl::StatusOr<v1::ListInstancesResponse> Handlers::ListInstances(
    const Call& call, const v1::ListInstancesRequest& request) {
  REPRISE_ASSIGN_OR_RETURN(const std::string participant_id,
                           ParseUuid(request.participant_id(), "participant_id"));
  return db_.Read(call, [&](db::Tx& tx) -> absl::StatusOr<v1::ListInstancesResponse> {
    REPRISE_RETURN_IF_ERROR(LoadStanding(tx, participant_id).status());
    REPRISE_ASSIGN_OR_RETURN(const std::vector<Occasion> occasions,
                             ListOccasionsOf(tx, participant_id));
    REPRISE_ASSIGN_OR_RETURN(const NamesAround names, LoadNamesAround(tx, participant_id));
    REPRISE_ASSIGN_OR_RETURN(const TimepointTitles timepoints, LoadTimepointsAround(tx, participant_id));
    v1::ListInstancesResponse response;
    response.mutable_study_title()->insert(names.study_title.begin(), names.study_title.end());
    response.set_site_name(names.site_name);
    for (const Occasion& occasion : occasions) {
      REPRISE_ASSIGN_OR_RETURN(*response.add_instances(), Shown(tx, occasion, timepoints));
    }
    return response;
  });
}

absl::StatusOr<v1::Instance> Handlers::Shown(db::Tx& tx, const Occasion& occasion,
                                             const TimepointTitles& timepoints) {
  REPRISE_ASSIGN_OR_RETURN(const absl::TimeZone zone, zones_.Get(tx, occasion.site_id));
  const absl::CivilDay today = absl::ToCivilDay(tx.call().now, zone);
  instrument::Text title;
  if (!occasion.instrument_version_id.empty()) {
    REPRISE_ASSIGN_OR_RETURN(const std::shared_ptr<const Form> form,
                             forms_.Get(tx, occasion.instrument_version_id));
    title = form->title();
  }
  v1::Instance shown = ToProto(occasion, today, zone, title);
  if (const auto words = timepoints.find(occasion.timepoint); words != timepoints.end()) {
    shown.mutable_timepoint_title()->insert(words->second.begin(), words->second.end());
  }
  return shown;
}

}  // namespace reprise::questionnaire
