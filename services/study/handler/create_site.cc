// SPDX-License-Identifier: Apache-2.0
#include "services/platform/audit/append.h"
#include "services/platform/id/id.h"
#include "services/platform/status.h"
#include "services/study/convert.h"
#include "services/study/handler/handlers.h"
#include "services/study/store/study_store.h"

namespace reprise::study {

absl::StatusOr<v1::Site> Handlers::CreateSite(const Call& call, const v1::CreateSiteRequest& request) {
  REPRISE_ASSIGN_OR_RETURN(const std::string study_id, ParseUuid(request.study_id(), "study_id"));
  const Site site{.site_id = call.ids->NewUuid(),
                  .study_id = study_id,
                  .code = request.code(),
                  .name = request.name(),
                  .time_zone = request.time_zone().empty() ? "Europe/Paris" : request.time_zone(),
                  .made_time = call.now};
  REPRISE_RETURN_IF_ERROR(CheckNewSite(site));
  return db_.Transact(call, [&](db::Tx& tx) -> absl::StatusOr<v1::Site> {
    InsertSite(tx, site);
    REPRISE_RETURN_IF_ERROR(audit::Append(tx, {.action = "site.create", .subject_type = "site",
                                               .subject_id = site.site_id,
                                               .study_id = site.study_id,
                                               .site_id = site.site_id}));
    return ToProto(site);
  });
}

}  // namespace reprise::study
