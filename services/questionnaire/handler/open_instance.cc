// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "absl/strings/ascii.h"

#include "services/platform/audit/append.h"
#include "services/platform/status.h"
#include "services/questionnaire/convert/instance.h"
#include "services/questionnaire/domain/response/errors.h"
#include "services/questionnaire/handler/handlers.h"
#include "services/questionnaire/store/response_store.h"

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
  Instance instance{.instance_id = call.ids->NewUuid(),
                    .participant_id = {},
                    .instrument_version_id = {},
                    .timepoint = request.timepoint(),
                    .open_time = call.now,
                    .study_id = {},
                    .site_id = {}};
  REPRISE_ASSIGN_OR_RETURN(instance.participant_id,
                           ParseUuid(request.participant_id(), "participant_id"));
  REPRISE_ASSIGN_OR_RETURN(instance.instrument_version_id,
                           ParseUuid(request.instrument_version_id(), "instrument_version_id"));
  if (!IsTimepoint(instance.timepoint)) return TimepointMalformed();
  return db_.Transact(call, [&](db::Tx& tx) -> absl::StatusOr<v1::Instance> {
    REPRISE_ASSIGN_OR_RETURN(const Place place, LoadPlace(tx, instance.participant_id));
    InsertInstance(tx, instance);
    REPRISE_RETURN_IF_ERROR(audit::Append(tx, {.action = "instance.open",
                                               .subject_type = "instance",
                                               .subject_id = instance.instance_id,
                                               .study_id = place.study_id,
                                               .site_id = place.site_id,
                                               .participant_id = instance.participant_id}));
    return ToProto(instance);
  });
}

}  // namespace reprise::questionnaire
