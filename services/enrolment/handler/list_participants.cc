// SPDX-License-Identifier: Apache-2.0
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"

#include "services/enrolment/convert.h"
#include "services/enrolment/handler/handlers.h"
#include "services/enrolment/store/course_store.h"
#include "services/enrolment/store/participant_store.h"
#include "services/platform/error/error.h"
#include "services/platform/rpc/page.h"
#include "services/platform/status.h"

namespace reprise::enrolment {
namespace {

using Statuses = std::set<v1::ParticipantStatus>;

absl::StatusOr<Statuses> ReadStatuses(const v1::ListParticipantsRequest& request) {
  Statuses statuses;
  for (int i = 0; i < request.statuses_size(); ++i) {
    const auto status = request.statuses(i);
    if (status == v1::PARTICIPANT_STATUS_UNSPECIFIED || !v1::ParticipantStatus_IsValid(status)) {
      return error::InvalidField(absl::StrCat("statuses[", i, "]"), "STATUS_INVALID",
                                 "One of the statuses of the contract is required.");
    }
    statuses.insert(status);
  }
  return statuses;
}

// Up to asked.limit participants in these statuses (none: all). Statuses follow from events, so they are
// told apart here, a batch at a time.
absl::StatusOr<std::vector<Participant>> ListInStatuses(db::Tx& tx, ParticipantsAsked asked,
                                                        const Statuses& statuses) {
  std::vector<Participant> found;
  while (true) {
    REPRISE_ASSIGN_OR_RETURN(std::vector<Participant> batch, enrolment::ListParticipants(tx, asked));
    REPRISE_ASSIGN_OR_RETURN(const std::vector<Course> courses, LoadCourses(tx, batch));
    const bool last = batch.size() < static_cast<size_t>(asked.limit);
    if (!batch.empty()) asked.after_code = batch.back().code;
    for (size_t i = 0; i < batch.size() && found.size() < static_cast<size_t>(asked.limit); ++i) {
      batch[i].status = StatusOf(courses[i]);
      if (statuses.empty() || statuses.count(ToProto(batch[i].status)) > 0) found.push_back(std::move(batch[i]));
    }
    if (last || found.size() == static_cast<size_t>(asked.limit)) return found;
  }
}

}  // namespace

absl::StatusOr<v1::ListParticipantsResponse> Handlers::ListParticipants(
    const Call& call, const v1::ListParticipantsRequest& request) {
  REPRISE_ASSIGN_OR_RETURN(const Statuses statuses, ReadStatuses(request));
  REPRISE_ASSIGN_OR_RETURN(const int size, rpc::PageSize(request.page_size(), 100, 1000));
  REPRISE_ASSIGN_OR_RETURN(const std::string after, rpc::PageKey(request.page_token()));
  return db_.Read(call, [&](db::Tx& tx) -> absl::StatusOr<v1::ListParticipantsResponse> {
    REPRISE_ASSIGN_OR_RETURN(
        std::vector<Participant> participants,
        ListInStatuses(tx, {.study_id = request.study_id(), .site_id = request.site_id(),
                            .stage = request.stage(), .after_code = after, .limit = size + 1}, statuses));
    v1::ListParticipantsResponse response;
    if (participants.size() > static_cast<size_t>(size)) {
      participants.pop_back();
      response.set_next_page_token(rpc::PageToken(participants.back().code));
    }
    for (const Participant& participant : participants) {
      *response.add_participants() = ToProto(participant);
    }
    return response;
  });
}

}  // namespace reprise::enrolment
