// SPDX-License-Identifier: Apache-2.0
#include "services/platform/status.h"
#include "services/study/convert.h"
#include "services/study/handler/handlers.h"
#include "services/study/store/study_store.h"

namespace reprise::study {

absl::StatusOr<v1::ListStudiesResponse> Handlers::ListStudies(const Call& call,
                                                              const v1::ListStudiesRequest&) {
  return db_.Read(call, [&](db::Tx& tx) -> absl::StatusOr<v1::ListStudiesResponse> {
    REPRISE_ASSIGN_OR_RETURN(const std::vector<Study> studies, study::ListStudies(tx));
    REPRISE_ASSIGN_OR_RETURN(const std::vector<Site> sites, ListSites(tx));
    v1::ListStudiesResponse response;
    for (const Study& study : studies) {
      v1::StudyWithSites* const entry = response.add_studies();
      *entry->mutable_study() = ToProto(study);
      for (const Site& site : sites) {
        if (site.study_id == study.study_id) *entry->add_sites() = ToProto(site);
      }
    }
    return response;
  });
}

}  // namespace reprise::study
