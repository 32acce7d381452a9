// SPDX-License-Identifier: Apache-2.0
#include "clients/cli/demo/play.h"

#include <iterator>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"

#include "reprise/cohort/v1/cohort_service.pb.h"
#include "reprise/enrolment/v1/enrolment_service.pb.h"
#include "reprise/phase/v1/phase_service.pb.h"
#include "reprise/questionnaire/v1/questionnaire_service.pb.h"

#include "services/platform/convert/wire_time.h"
#include "services/platform/error/error.h"
#include "services/platform/status.h"

namespace reprise::cli::demo {
namespace {

namespace en = ::reprise::enrolment::v1;
namespace ph = ::reprise::phase::v1;
namespace qu = ::reprise::questionnaire::v1;

using convert::ToProto;

template <typename Enum, typename Parse>
Enum Named(Parse parse, const std::string& prefix, const std::string& code) {
  Enum value{};
  (void)parse(prefix + code, &value);
  return value;
}

// The consent form that is valid on the day for the stage; null where there is none.
const study::v1::StudyDocument::ConsentForm* FormOn(const Plan& plan, Day day) {
  const std::string text = absl::FormatCivilTime(day);
  for (const auto& form : plan.document->consent_forms()) {
    const bool stage = form.stages().empty() || absl::c_linear_search(form.stages(), plan.stage);
    if (stage && form.valid_from() <= text && (form.valid_until().empty() || text <= form.valid_until())) {
      return &form;
    }
  }
  return nullptr;
}

}  // namespace

template <typename Answer>
absl::StatusOr<Answer> Player::Do(Member& who, const std::string& method,
                                  const google::protobuf::Message& request) {
  ++tally_.calls;
  return CallAs<Answer>(*who.connection, method, request);
}

absl::Status Player::Forgive(const std::string& method, const absl::Status& status) {
  const bool broken = status.code() == absl::StatusCode::kUnavailable ||
                      status.code() == absl::StatusCode::kUnauthenticated ||
                      status.code() == absl::StatusCode::kUnimplemented ||
                      status.code() == absl::StatusCode::kInternal;
  if (status.ok() || broken) return status;
  const std::lock_guard<std::mutex> lock(tally_.mutex);
  std::string what = absl::StrCat(method, " ", error::ReasonOf(status));
  for (const error::Violation& violation : error::DetailOf(status).violations) {
    absl::StrAppend(&what, " ", violation.path, " ", violation.reason);
  }
  ++tally_.refused[what];
  return absl::OkStatus();
}

absl::Status Player::Play(const Story& story, uint64_t place) {
  en::ScreenCandidateRequest screen;
  screen.set_study_id(site_.study_id());
  screen.set_site_id(site_.site_id());
  screen.set_stage(plan_.stage);
  *screen.mutable_screened_date() = ToProto(story.screened);
  for (const std::string& code : story.failed) screen.add_failed_criteria(code);
  if (story.identity.has_value()) *screen.mutable_identity() = *story.identity;
  const auto screening = Do<en::Screening>(coordinator_, "enrolment/ScreenCandidate", screen);
  if (!screening.ok()) return Forgive("ScreenCandidate", screening.status());
  ++tally_.screened;
  if (!story.decline.empty()) {
    en::DeclineCandidateRequest decline;
    decline.set_screening_id(screening->screening_id());
    decline.set_reason(story.decline);
    return Forgive("DeclineCandidate",
                   Do<en::Screening>(coordinator_, "enrolment/DeclineCandidate", decline).status());
  }
  if (!story.participation.has_value()) return absl::OkStatus();
  REPRISE_ASSIGN_OR_RETURN(const bool enrolled, Enrol(screening->screening_id(), *story.participation));
  if (!enrolled) return absl::OkStatus();
  ++tally_.participants;
  dice_ = std::make_unique<Dice>(plan_.seed ^ 0xA115U, place, 7);
  for (const Step& step : story.participation->steps) REPRISE_RETURN_IF_ERROR(Perform(step));
  return absl::OkStatus();
}

absl::StatusOr<bool> Player::Enrol(const std::string& screening_id, const Participation& told) {
  const auto* const form = FormOn(plan_, told.consent);
  if (form == nullptr) {
    REPRISE_RETURN_IF_ERROR(Forgive("RecordConsent", absl::FailedPreconditionError("no form is valid")));
    return false;
  }
  en::RecordConsentRequest consent;
  consent.set_screening_id(screening_id);
  consent.set_form(form->code());
  consent.set_form_version(form->version());
  *consent.mutable_signed_date() = ToProto(told.consent);
  consent.set_mode(en::CONSENT_MODE_PAPER);
  const auto participant = Do<en::Participant>(coordinator_, "enrolment/RecordConsent", consent);
  REPRISE_RETURN_IF_ERROR(Forgive("RecordConsent", participant.status()));
  if (!participant.ok()) return false;
  en::EnrolParticipantRequest enrol;
  enrol.set_participant_id(participant->participant_id());
  *enrol.mutable_enrolled_date() = ToProto(told.enrolled);
  const auto enrolled = Do<en::Participation>(coordinator_, "enrolment/EnrolParticipant", enrol);
  REPRISE_RETURN_IF_ERROR(Forgive("EnrolParticipant", enrolled.status()));
  participant_id_ = participant->participant_id();
  factors_ = told.factors;
  arm_.clear();
  return enrolled.ok();
}

// By kind of step: who does it and with which request.
absl::Status Player::Perform(const Step& step) {
  static constexpr absl::Status (Player::*kActs[])(const Step&) = {
      &Player::Milestone, &Player::Milestone, &Player::Leave, &Player::Work, &Player::Phase, &Player::Visit,
      &Player::Deliver, &Player::Questionnaires, &Player::Allocate, &Player::Assign, &Player::Withdraw,
      &Player::Lifecycle};
  static_assert(std::size(kActs) == static_cast<size_t>(Step::Kind::kLifecycle) + 1, "one act a kind");
  const bool intervention = absl::c_any_of(plan_.document->arms(), [&](const auto& arm) {
    return arm.intervention() && arm.code() == arm_;
  });
  if (step.arm == Step::Arm::kIntervention && !intervention) return absl::OkStatus();
  if (step.arm == Step::Arm::kControl && (intervention || arm_.empty())) return absl::OkStatus();
  return (this->*kActs[static_cast<size_t>(step.kind)])(step);
}

template <typename Answer, typename Request>
absl::Status Player::Act(Member& who, const std::string& method, Request request) {
  request.set_participant_id(participant_id_);
  return Forgive(method.substr(method.find('/') + 1), Do<Answer>(who, method, request).status());
}

absl::Status Player::Milestone(const Step& step) {
  ph::RecordMilestoneRequest request;
  request.set_kind(Named<ph::Milestone::Kind>(ph::Milestone::Kind_Parse, "KIND_", step.code));
  *request.mutable_date() = ToProto(step.date);
  if (step.kind == Step::Kind::kCorrectedT0) request.set_change_reason("Hospital letter received.");
  return Act<ph::Course>(coordinator_, "phase/RecordMilestone", request);
}

absl::Status Player::Leave(const Step& step) {
  ph::RecordLeaveRequest request;
  *request.mutable_issued_date() = ToProto(step.date);
  *request.mutable_start_date() = ToProto(step.date);
  *request.mutable_end_date() = ToProto(step.until);
  request.set_kind(Named<ph::LeavePrescription::Kind>(ph::LeavePrescription::Kind_Parse, "KIND_", step.code));
  request.set_cause(ph::LeavePrescription::CAUSE_ILLNESS);
  request.set_part_time(step.part_time);
  return Act<ph::Course>(coordinator_, "phase/RecordLeave", request);
}

absl::Status Player::Work(const Step& step) {
  ph::ChangeWorkStatusRequest request;
  request.set_kind(Named<ph::WorkStatusEpisode::Kind>(ph::WorkStatusEpisode::Kind_Parse, "KIND_", step.code));
  if (step.percent > 0) request.set_percent(step.percent);
  *request.mutable_start_date() = ToProto(step.date);
  return Act<ph::Course>(coordinator_, "phase/ChangeWorkStatus", request);
}

absl::Status Player::Phase(const Step& step) {
  ph::ChangePhaseRequest request;
  request.set_kind(Named<ph::PhaseEpisode::Kind>(ph::PhaseEpisode::Kind_Parse, "KIND_", step.code));
  *request.mutable_start_date() = ToProto(step.date);
  request.set_trigger(step.detail);
  return Act<ph::Course>(coordinator_, "phase/ChangePhase", request);
}

// What was measured is the physician's to record.
absl::Status Player::Visit(const Step& step) {
  ph::RecordVisitRequest request;
  request.set_visit(step.code);
  *request.mutable_date() = ToProto(step.date);
  request.set_mode(dice_->Chance(0.3) ? "TELEPHONE" : "IN_PERSON");
  if (!step.detail.empty()) request.add_measures(step.detail);
  return Act<ph::Course>(step.detail.empty() ? coordinator_ : physician_, "phase/RecordVisit", request);
}

absl::Status Player::Deliver(const Step& step) {
  ph::RecordDeliveryRequest request;
  request.set_component(step.code);
  *request.mutable_delivered_date() = ToProto(step.date);
  request.set_recipient(step.detail);
  return Act<ph::Course>(coordinator_, "phase/RecordDelivery", request);
}

absl::Status Player::Allocate(const Step& /*step*/) {
  cohort::v1::AllocateParticipantRequest request;
  request.set_participant_id(participant_id_);
  for (const auto& [factor, level] : factors_) (*request.mutable_factors())[factor] = level;
  const auto allocated = Do<cohort::v1::Allocation>(coordinator_, "cohort/AllocateParticipant", request);
  if (allocated.ok()) arm_ = allocated->arm();
  return Forgive("AllocateParticipant", allocated.status());
}

absl::Status Player::Assign(const Step& /*step*/) {
  en::AssignPhysicianRequest request;
  request.set_user_id(physician_.user_id);
  return Act<en::Participant>(coordinator_, "enrolment/AssignPhysician", request);
}

absl::Status Player::Withdraw(const Step& step) {
  en::WithdrawParticipantRequest request;
  request.set_kind(Named<en::WithdrawalKind>(en::WithdrawalKind_Parse, "WITHDRAWAL_KIND_", step.code));
  *request.mutable_withdrawal_date() = ToProto(step.date);
  return Act<en::Participation>(coordinator_, "enrolment/WithdrawParticipant", request);
}

absl::Status Player::Lifecycle(const Step& step) {
  en::RecordLifecycleEventRequest request;
  request.set_kind(Named<en::LifecycleEvent::Kind>(en::LifecycleEvent::Kind_Parse, "KIND_", step.code));
  *request.mutable_event_date() = ToProto(step.date);
  return Act<en::Participation>(coordinator_, "enrolment/RecordLifecycleEvent", request);
}

absl::Status Player::Questionnaires(const Step& step) {
  for (const auto& due : plan_.document->questionnaires()) {
    const bool stage = due.stages().empty() || absl::c_linear_search(due.stages(), plan_.stage);
    const auto form = forms_.find({due.instrument(), due.version()});
    if (due.timepoint() != step.code || !stage || form == forms_.end()) continue;
    qu::OpenInstanceRequest open;
    open.set_participant_id(participant_id_);
    open.set_instrument_version_id(form->second.instrument_version_id);
    open.set_timepoint(step.code);
    const auto instance = Do<qu::Instance>(coordinator_, "questionnaire/OpenInstance", open);
    if (!instance.ok()) {
      REPRISE_RETURN_IF_ERROR(Forgive(absl::StrCat("OpenInstance ", step.code), instance.status()));
      continue;
    }
    REPRISE_ASSIGN_OR_RETURN(const questionnaire::RawAnswers answers,
                             form->second.answerer->Draw(*dice_, step.date));
    qu::SubmitResponseRequest submit;
    submit.set_instance_id(instance->instance_id());
    for (const auto& [item, answer] : answers) {
      qu::Answer& sent = (*submit.mutable_answers())[item];
      sent.set_value(answer.value);
      if (answer.missing == instrument::MissingKind::kRefused) sent.set_missing(qu::MISSING_REFUSED);
    }
    *submit.mutable_answered_date() = ToProto(step.date);
    REPRISE_RETURN_IF_ERROR(Forgive(absl::StrCat("SubmitResponse ", step.code),
                                    Do<qu::Response>(coordinator_, "questionnaire/SubmitResponse", submit).status()));
  }
  return absl::OkStatus();
}

}  // namespace reprise::cli::demo
