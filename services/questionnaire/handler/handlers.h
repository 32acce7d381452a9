// SPDX-License-Identifier: Apache-2.0
// One method a RPC, one file a method: load, decide, store, record.
#ifndef REPRISE_QUESTIONNAIRE_HANDLER_HANDLERS_H_
#define REPRISE_QUESTIONNAIRE_HANDLER_HANDLERS_H_

#include "absl/status/statusor.h"
#include "reprise/questionnaire/v1/questionnaire_service.pb.h"

#include "services/platform/call.h"
#include "services/platform/db/database.h"
#include "services/questionnaire/domain/schedule/schedule.h"
#include "services/questionnaire/handler/forms.h"
#include "services/questionnaire/handler/instances.h"
#include "services/questionnaire/handler/zones.h"
#include "services/questionnaire/store/response_store.h"
#include "services/questionnaire/store/schedule_store.h"

namespace reprise::questionnaire {

// Thread-safe.
class Handlers {
 public:
  explicit Handlers(db::Database& db) : db_(db) {}

  absl::StatusOr<v1::InstrumentVersion> PublishInstrumentVersion(
      const Call&, const v1::PublishInstrumentVersionRequest&);
  absl::StatusOr<v1::ListInstrumentVersionsResponse> ListInstrumentVersions(
      const Call&, const v1::ListInstrumentVersionsRequest&);
  absl::StatusOr<v1::GetInstrumentDocumentResponse> GetInstrumentDocument(
      const Call&, const v1::GetInstrumentDocumentRequest&);
  absl::StatusOr<v1::Form> GetForm(const Call&, const v1::GetFormRequest&);
  absl::StatusOr<v1::Instance> OpenInstance(const Call&, const v1::OpenInstanceRequest&);
  absl::StatusOr<v1::ListInstancesResponse> ListInstances(const Call&,
                                                          const v1::ListInstancesRequest&);
  absl::StatusOr<v1::ListOccasionsResponse> ListOccasions(const Call&,
                                                          const v1::ListOccasionsRequest&);
  absl::StatusOr<v1::CountCompletenessResponse> CountCompleteness(const Call&,
                                                                  const v1::CountCompletenessRequest&);
  absl::StatusOr<v1::Draft> SaveAnswers(const Call&, const v1::SaveAnswersRequest&);
  absl::StatusOr<v1::Draft> GetDraft(const Call&, const v1::GetDraftRequest&);
  absl::StatusOr<v1::Response> SubmitResponse(const Call&, const v1::SubmitResponseRequest&);
  absl::StatusOr<v1::Response> CorrectResponse(const Call&, const v1::CorrectResponseRequest&);
  absl::StatusOr<v1::Response> GetResponse(const Call&, const v1::GetResponseRequest&);
  absl::StatusOr<v1::ListResponsesResponse> ListResponses(const Call&,
                                                          const v1::ListResponsesRequest&);

 private:
  // As of the call, with the state it is in and its titles.
  absl::StatusOr<v1::Instance> Shown(db::Tx& tx, const Occasion& occasion, const TimepointTitles& timepoints);
  // Without `remembered` the instance is read first.
  absl::StatusOr<v1::Response> Submit(const Call& call, const v1::SubmitResponseRequest& request,
                                      const std::string& instance_id,
                                      const std::optional<Instance>& remembered);
  absl::StatusOr<absl::CivilDay> AnsweredDate(db::Tx& tx, const Instance& instance,
                                              const v1::SubmitResponseRequest& request);

  db::Database& db_;
  Forms forms_;
  Instances instances_;
  Zones zones_;
};

}  // namespace reprise::questionnaire

#endif  // REPRISE_QUESTIONNAIRE_HANDLER_HANDLERS_H_
