// SPDX-License-Identifier: Apache-2.0
#include "services/platform/audit/append.h"
#include "services/platform/status.h"
#include "services/study/convert.h"
#include "services/study/handler/handlers.h"
#include "services/study/store/study_store.h"

namespace reprise::study {

absl::StatusOr<v1::Study> Handlers::CreateStudy(const Call& call, const v1::CreateStudyRequest& request) {
  const Study study{.study_id = call.ids->NewUuid(),
                    .code = request.code(),
                    .title = {request.title().begin(), request.title().end()},
                    .made_time = call.now};
  REPRISE_RETURN_IF_ERROR(CheckNewStudy(study));
  return db_.Transact(call, [&](db::Tx& tx) -> absl::StatusOr<v1::Study> {
    InsertStudy(tx, study);
    REPRISE_RETURN_IF_ERROR(audit::Append(tx, {.action = "study.create", .subject_type = "study",
                                               .subject_id = study.study_id,
                                               .study_id = study.study_id}));
    return ToProto(study);
  });
}

}  // namespace reprise::study
