// SPDX-License-Identifier: Apache-2.0
#include "services/questionnaire/convert/response.h"

#include "services/platform/convert/wire_time.h"

namespace reprise::questionnaire {
namespace {

using instrument::MissingKind;

MissingKind FromProto(v1::Missing missing) {
  switch (missing) {
    case v1::MISSING_REFUSED: return MissingKind::kRefused;
    case v1::MISSING_NOT_APPLICABLE: return MissingKind::kNotApplicable;
    case v1::MISSING_NOT_ASKED: return MissingKind::kNotAsked;
    case v1::MISSING_NOT_ANSWERED: return MissingKind::kNotAnswered;
    default: return MissingKind::kNone;
  }
}

v1::Missing MissingOf(char letter) {
  switch (letter) {
    case 'R': return v1::MISSING_REFUSED;
    case 'X': return v1::MISSING_NOT_APPLICABLE;
    case 'B': return v1::MISSING_NOT_ASKED;
    case 'N': return v1::MISSING_NOT_ANSWERED;
    default: return v1::MISSING_UNSPECIFIED;
  }
}

}  // namespace

RawAnswers FromProto(const google::protobuf::Map<std::string, v1::Answer>& answers) {
  RawAnswers raw;
  raw.reserve(answers.size());
  for (const auto& [code, answer] : answers) {
    raw.emplace_back(code, RawAnswer{.value = answer.value(), .missing = FromProto(answer.missing())});
  }
  return raw;
}

v1::Response ReceiptToProto(const Response& response) {
  v1::Response wire;
  wire.set_instance_id(response.instance_id);
  wire.set_version(response.version);
  *wire.mutable_submit_time() = convert::ToProto(response.submit_time);
  wire.set_submitted_by(response.submitted_by);
  wire.set_change_reason(response.change_reason);
  wire.set_etag(EtagOf(response.version));
  if (response.answered_date.has_value()) {
    *wire.mutable_answered_date() = convert::ToProto(*response.answered_date);
  }
  return wire;
}

v1::Response ToProto(const Response& response, const std::vector<std::string>& item_codes) {
  v1::Response wire = ReceiptToProto(response);
  for (size_t i = 0; i < item_codes.size() && i < response.stored.answers.size(); ++i) {
    v1::Answer& answer = (*wire.mutable_answers())[item_codes[i]];
    answer.set_value(response.stored.answers[i].value_or(""));
    answer.set_missing(MissingOf(response.stored.missing[i]));
  }
  return wire;
}

v1::Draft ToProto(const std::string& instance_id, const Draft& draft) {
  v1::Draft wire;
  wire.set_instance_id(instance_id);
  for (const DraftAnswer& saved : draft.answers) {
    v1::Answer& answer = (*wire.mutable_answers())[saved.item_code];
    answer.set_value(saved.answer.value_or(""));
    answer.set_missing(MissingOf(saved.missing));
  }
  if (draft.save_time.has_value()) *wire.mutable_save_time() = convert::ToProto(*draft.save_time);
  return wire;
}

}  // namespace reprise::questionnaire
