// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "absl/strings/ascii.h"

#include "services/platform/audit/append.h"
#include "services/platform/status.h"
#include "services/questionnaire/convert/instance.h"
#include "services/questionnaire/domain/response/errors.h"
#include "services/questionnaire/handler/handlers.h"
#include "services/questionnaire/store/response_store.h"
#include "services/questionnaire/store/schedule_store.h"

namespace reprise::questionnaire {
namespace {

bool IsTimepoint(const std::string& text) {
  return !text.empty() && text.size() <= 40 && std::all_of(text.begin(), text.end(), [](char c) {
    return absl::ascii_isalnum(c) || std::string("+-_.").find(c) != std::string::npos;
  });
}

}  // namespace

absl::StatusOr<v1::Instance> Handlers::OpenInstance(const Call& call,
                                                    const v1::OpenInstanceRequest& request) {
  REPRISE_ASSIGN_OR_RETURN(const std::string participant_id,
                           ParseUuid(request.participant_id(), "participant_id"));
  REPRISE_ASSIGN_OR_RETURN(const std::string version_id,
                           ParseUuid(request.instrument_version_id(), "instrument_version_id"));
  if (!IsTimepoint(request.timepoint())) return TimepointMalformed();
  const std::string instance_id = call.ids->NewUuid();
  return db_.Transact(call, [&](db::Tx& tx) -> absl::StatusOr<v1::Instance> {
    REPRISE_ASSIGN_OR_RETURN(const Standing standing, LoadStanding(tx, participant_id));
    REPRISE_ASSIGN_OR_RETURN(const std::shared_ptr<const Form> form, forms_.Get(tx, version_id));
    REPRISE_ASSIGN_OR_RETURN(const std::vector<Occasion> occasions, ListOccasionsOf(tx, participant_id));
    REPRISE_ASSIGN_OR_RETURN(Occasion occasion,
                             OccasionFor(occasions, {.participant_id = participant_id,
                                                     .site_id = standing.site_id,
                                                     .instrument_version_id = version_id,
                                                     .instrument_id = form->instrument_id(),
                                                     .instrument_version = form->version(),
                                                     .timepoint = request.timepoint(),
                                                     .end_date = standing.end_date}));
    if (call.scope.own_only() && !occasion.scheduled) return InstanceNotScheduled();
    REPRISE_ASSIGN_OR_RETURN(const absl::TimeZone zone, zones_.Get(tx, standing.site_id));
    REPRISE_RETURN_IF_ERROR(CheckOpening(occasion, absl::ToCivilDay(call.now, zone)));
    occasion.instance_id = instance_id;
    occasion.open_time = call.now;
    InsertInstance(tx, {.instance_id = instance_id,
                        .participant_id = participant_id,
                        .instrument_version_id = version_id,
                        .timepoint = request.timepoint(),
                        .open_time = call.now,
                        .study_id = standing.study_id,
                        .site_id = standing.site_id,
                        .earliest_date = EarliestDay(occasion.window, standing.consent_date),
                        .respondent = occasion.respondent});
    REPRISE_RETURN_IF_ERROR(audit::Append(tx, {.action = "instance.open",
                                               .subject_type = "instance",
                                               .subject_id = instance_id,
                                               .study_id = standing.study_id,
                                               .site_id = standing.site_id,
                                               .participant_id = participant_id}));
    return Shown(tx, occasion, {});
  });
}

}  // namespace reprise::questionnaire
