// SPDX-License-Identifier: Apache-2.0
#include "services/questionnaire/convert/instance.h"

#include "services/platform/convert/wire_time.h"

namespace reprise::questionnaire {
namespace {

v1::Instance::State ToProto(State state) {
  switch (state) {
    case State::kScheduled: return v1::Instance::STATE_SCHEDULED;
    case State::kOpen: return v1::Instance::STATE_OPEN;
    case State::kInProgress: return v1::Instance::STATE_IN_PROGRESS;
    case State::kSubmitted: return v1::Instance::STATE_SUBMITTED;
    case State::kMissed: return v1::Instance::STATE_MISSED;
    case State::kCancelled: return v1::Instance::STATE_CANCELLED;
  }
  return v1::Instance::STATE_UNSPECIFIED;
}

}  // namespace

v1::Instance::Respondent ToProto(Respondent respondent) {
  return respondent == Respondent::kTeam ? v1::Instance::RESPONDENT_TEAM : v1::Instance::RESPONDENT_PARTICIPANT;
}

v1::InstrumentVersion ToProto(const InstrumentVersion& version) {
  v1::InstrumentVersion wire;
  wire.set_instrument_version_id(version.instrument_version_id);
  wire.set_instrument_id(version.instrument_id);
  wire.set_version(version.version);
  for (const std::string& code : version.item_codes) wire.add_item_codes(code);
  wire.set_document_sha256(version.document_sha256);
  *wire.mutable_publish_time() = convert::ToProto(version.publish_time);
  return wire;
}

v1::Instance ToProto(const Occasion& occasion, absl::CivilDay today, const absl::TimeZone& zone,
                     const instrument::Text& title) {
  v1::Instance wire;
  wire.set_instance_id(occasion.instance_id);
  wire.set_participant_id(occasion.participant_id);
  wire.set_instrument_version_id(occasion.instrument_version_id);
  wire.set_timepoint(occasion.timepoint);
  wire.set_state(ToProto(StateOf(occasion, today)));
  if (occasion.open_time.has_value()) *wire.mutable_open_time() = convert::ToProto(*occasion.open_time);
  wire.set_instrument_id(occasion.instrument_id);
  wire.set_instrument_version(occasion.instrument_version);
  if (occasion.window.has_value()) {
    *wire.mutable_window_open_date() = convert::ToProto(occasion.window->open_date);
    *wire.mutable_target_date() = convert::ToProto(occasion.window->target_date);
    *wire.mutable_window_close_date() = convert::ToProto(occasion.window->close_date);
  }
  if (const auto answered = AnsweredOn(occasion, zone); answered.has_value()) {
    *wire.mutable_answered_date() = convert::ToProto(*answered);
  }
  wire.set_out_of_window(IsOutOfWindow(occasion, zone));
  wire.set_required(occasion.required);
  wire.set_respondent(ToProto(occasion.respondent));
  wire.set_takes_answers(TakesAnswers(occasion, today));
  for (const auto& [language, words] : title) (*wire.mutable_title())[language] = words;
  return wire;
}

}  // namespace reprise::questionnaire
