// SPDX-License-Identifier: Apache-2.0
#include "services/enrolment/convert.h"
#include "services/enrolment/handler/handlers.h"
#include "services/enrolment/store/course_store.h"
#include "services/enrolment/store/participant_store.h"
#include "services/platform/rpc/page.h"
#include "services/platform/status.h"

namespace reprise::enrolment {

absl::StatusOr<v1::ListParticipantsResponse> Handlers::ListParticipants(
    const Call& call, const v1::ListParticipantsRequest& request) {
  REPRISE_ASSIGN_OR_RETURN(const int size, rpc::PageSize(request.page_size(), 100, 1000));
  REPRISE_ASSIGN_OR_RETURN(const std::string after, rpc::PageKey(request.page_token()));
  return db_.Read(call, [&](db::Tx& tx) -> absl::StatusOr<v1::ListParticipantsResponse> {
    REPRISE_ASSIGN_OR_RETURN(std::vector<Participant> participants,
                             enrolment::ListParticipants(tx, request.study_id(), request.site_id(),
                                                         after, size + 1));
    v1::ListParticipantsResponse response;
    if (participants.size() > static_cast<size_t>(size)) {
      participants.pop_back();
      response.set_next_page_token(rpc::PageToken(participants.back().code));
    }
    REPRISE_ASSIGN_OR_RETURN(const std::vector<Course> courses, LoadCourses(tx, participants));
    for (size_t i = 0; i < participants.size(); ++i) participants[i].status = StatusOf(courses[i]);
    for (const Participant& participant : participants) {
      *response.add_participants() = ToProto(participant);
    }
    return response;
  });
}

}  // namespace reprise::enrolment
