// SPDX-License-Identifier: Apache-2.0
#include "services/platform/audit/append.h"
#include "services/platform/convert/wire_time.h"
#include "services/platform/status.h"
#include "services/questionnaire/convert/response.h"
#include "services/questionnaire/handler/handlers.h"
#include "services/questionnaire/store/response_store.h"
#include "services/questionnaire/store/schedule_store.h"

namespace reprise::questionnaire {

absl::StatusOr<v1::Response> Handlers::SubmitResponse(const Call& call,
                                                      const v1::SubmitResponseRequest& request) {
  REPRISE_ASSIGN_OR_RETURN(const std::string instance_id,
                           ParseUuid(request.instance_id(), "instance_id"));
  // Whoever submits has mostly just read the instance, and then one trip to the database is enough. What
  // was remembered may be out of date or another caller's, so that only success is believed.
  if (const std::optional<Instance> remembered = instances_.Remembered(instance_id)) {
    auto made = Submit(call, request, instance_id, remembered);
    if (made.ok() || absl::IsUnavailable(made.status())) return made;
  }
  return Submit(call, request, instance_id, std::nullopt);
}

absl::StatusOr<v1::Response> Handlers::Submit(const Call& call, const v1::SubmitResponseRequest& request,
                                              const std::string& instance_id,
                                              const std::optional<Instance>& remembered) {
  return db_.Transact(call, [&](db::Tx& tx) -> absl::StatusOr<v1::Response> {
    REPRISE_ASSIGN_OR_RETURN(const Instance instance,
                             remembered.has_value() ? absl::StatusOr<Instance>(*remembered)
                                                    : instances_.Load(tx, instance_id));
    REPRISE_ASSIGN_OR_RETURN(const std::shared_ptr<const Form> form,
                             forms_.Get(tx, instance.instrument_version_id));
    REPRISE_ASSIGN_OR_RETURN(const absl::CivilDay answered_date, AnsweredDate(tx, instance, request));
    REPRISE_ASSIGN_OR_RETURN(StoredAnswers stored, form->Accept(FromProto(request.answers())));
    const Response response{.instance_id = instance_id,
                            .version = 1,
                            .stored = std::move(stored),
                            .submit_time = call.now,
                            .submitted_by = call.actor.user_id,
                            .change_reason = {},
                            .answered_date = answered_date};
    InsertFirstResponse(tx, instance, response);
    REPRISE_RETURN_IF_ERROR(audit::Append(tx, {.action = "response.submit",
                                               .subject_type = "instance",
                                               .subject_id = instance_id,
                                               .study_id = instance.study_id,
                                               .site_id = instance.site_id,
                                               .participant_id = instance.participant_id,
                                               .new_version = 1}));
    return ReceiptToProto(response);
  });
}

// Today at her site, or the day that was given; the schedule is asked only about a day that was not
// possible when the instance was opened, and may be since T0 was corrected.
absl::StatusOr<absl::CivilDay> Handlers::AnsweredDate(db::Tx& tx, const Instance& instance,
                                                      const v1::SubmitResponseRequest& request) {
  REPRISE_ASSIGN_OR_RETURN(const absl::TimeZone zone, zones_.Get(tx, instance.site_id));
  const absl::CivilDay today = absl::ToCivilDay(tx.call().now, zone);
  if (!request.has_answered_date()) return today;
  REPRISE_ASSIGN_OR_RETURN(const absl::CivilDay given,
                           convert::FromProto(request.answered_date(), "answered_date"));
  const absl::Status at_opening = CheckAnsweredDate(given, today, instance.earliest_date);
  if (at_opening.ok()) return given;
  if (given > today) return at_opening;
  REPRISE_ASSIGN_OR_RETURN(const Standing standing, LoadStanding(tx, instance.participant_id));
  REPRISE_ASSIGN_OR_RETURN(const std::vector<Occasion> occasions,
                           ListOccasionsOf(tx, instance.participant_id));
  for (const Occasion& occasion : occasions) {
    if (occasion.instance_id != instance.instance_id) continue;
    REPRISE_RETURN_IF_ERROR(
        CheckAnsweredDate(given, today, EarliestDay(occasion.window, standing.consent_date)));
  }
  return given;
}

}  // namespace reprise::questionnaire
