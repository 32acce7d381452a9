// SPDX-License-Identifier: Apache-2.0
#include <map>
#include <utility>

#include "services/enrolment/convert.h"
#include "services/enrolment/handler/handlers.h"
#include "services/enrolment/store/course_store.h"
#include "services/enrolment/store/ground_store.h"
#include "services/enrolment/store/participant_store.h"
#include "services/platform/rpc/page.h"
#include "services/platform/status.h"

namespace reprise::enrolment {
namespace {

using FormsByStage = std::map<std::string, std::vector<ConsentForm>>;

absl::StatusOr<FormsByStage> LoadForms(db::Tx& tx, const std::vector<Participant>& participants) {
  FormsByStage forms;
  for (const Participant& participant : participants) {
    if (forms.count(participant.stage) > 0) continue;
    REPRISE_ASSIGN_OR_RETURN(forms[participant.stage], ListForms(tx, participant.study_id, participant.stage));
  }
  return forms;
}

// The statements are as many for a thousand participants as for one.
absl::Status AddConsents(db::Tx& tx, const std::vector<Participant>& participants, bool only_due,
                         v1::ListConsentsResponse& response) {
  if (participants.empty()) return absl::OkStatus();
  REPRISE_ASSIGN_OR_RETURN(const std::vector<Course> courses, LoadCourses(tx, participants));
  REPRISE_ASSIGN_OR_RETURN(const auto consents, LoadConsentsOf(tx, participants));
  REPRISE_ASSIGN_OR_RETURN(const FormsByStage forms, LoadForms(tx, participants));
  REPRISE_ASSIGN_OR_RETURN(const auto today, LoadToday(tx, participants[0].study_id, tx.call().now));
  for (size_t i = 0; i < participants.size(); ++i) {
    const Participant& participant = participants[i];
    const bool may_renew = CheckMayRenew(courses[i]).ok();
    for (ConsentStanding& standing :
         StandingsOf(consents[i], forms.at(participant.stage), today.at(participant.site_id))) {
      if (!may_renew) standing.renewal.reset();
      if (only_due && !standing.renewal) continue;
      *response.add_consents() = ToProto(standing, participant);
    }
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<v1::ListConsentsResponse> Handlers::ListConsents(const Call& call,
                                                                const v1::ListConsentsRequest& request) {
  REPRISE_ASSIGN_OR_RETURN(const int size, rpc::PageSize(request.page_size(), 100, 1000));
  REPRISE_ASSIGN_OR_RETURN(const std::string after, rpc::PageKey(request.page_token()));
  return db_.Read(call, [&](db::Tx& tx) -> absl::StatusOr<v1::ListConsentsResponse> {
    REPRISE_ASSIGN_OR_RETURN(
        std::vector<Participant> participants,
        enrolment::ListParticipants(tx, {.study_id = request.study_id(), .site_id = request.site_id(),
                                         .after_code = after, .limit = size + 1}));
    v1::ListConsentsResponse response;
    if (participants.size() > static_cast<size_t>(size)) {
      participants.pop_back();
      response.set_next_page_token(rpc::PageToken(participants.back().code));
    }
    REPRISE_RETURN_IF_ERROR(AddConsents(tx, participants, request.only_due(), response));
    return response;
  });
}

}  // namespace reprise::enrolment
