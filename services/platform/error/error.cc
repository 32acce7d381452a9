// SPDX-License-Identifier: Apache-2.0
#include "services/platform/error/error.h"

#include <utility>

#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"
#include "google/rpc/error_details.pb.h"

#include "services/platform/status.h"

namespace reprise::error {
namespace {

constexpr char kErrorInfoUrl[] = "type.googleapis.com/google.rpc.ErrorInfo";
constexpr char kBadRequestUrl[] = "type.googleapis.com/google.rpc.BadRequest";
constexpr char kRetryInfoUrl[] = "type.googleapis.com/google.rpc.RetryInfo";

template <typename Message>
void Attach(absl::Status& status, const char* url, const Message& message) {
  status.SetPayload(url, absl::Cord(message.SerializeAsString()));
}

template <typename Message>
bool Extract(const absl::Status& status, const char* url, Message& message) {
  const auto payload = status.GetPayload(url);
  return payload.has_value() && message.ParseFromString(std::string(*payload));
}

}  // namespace

absl::Status Make(absl::StatusCode code, absl::string_view reason, absl::string_view message,
                  Metadata metadata) {
  REPRISE_CHECK(code != absl::StatusCode::kOk);
  absl::Status status(code, message);
  google::rpc::ErrorInfo info;
  info.set_reason(std::string(reason));
  info.set_domain("reprise");
  for (auto& [key, value] : metadata) (*info.mutable_metadata())[key] = std::move(value);
  Attach(status, kErrorInfoUrl, info);
  return status;
}

absl::Status Invalid(absl::string_view reason, absl::string_view message,
                     const std::vector<Violation>& violations) {
  REPRISE_CHECK(!violations.empty());
  absl::Status status = Make(absl::StatusCode::kInvalidArgument, reason, message);
  google::rpc::BadRequest bad;
  for (const Violation& violation : violations) {
    auto* field = bad.add_field_violations();
    field->set_field(violation.path);
    field->set_description(absl::StrCat(violation.reason, ": ", violation.message));
  }
  Attach(status, kBadRequestUrl, bad);
  return status;
}

absl::Status InvalidField(absl::string_view path, absl::string_view reason,
                          absl::string_view message) {
  return Invalid(reason, message,
                 {{.path = std::string(path), .reason = std::string(reason),
                   .message = std::string(message)}});
}

absl::Status Retry(absl::string_view reason, absl::string_view message, absl::Duration delay) {
  absl::Status status = Make(absl::StatusCode::kUnavailable, reason, message);
  google::rpc::RetryInfo retry;
  retry.mutable_retry_delay()->set_seconds(absl::ToInt64Seconds(delay));
  retry.mutable_retry_delay()->set_nanos(
      static_cast<int>(absl::ToInt64Nanoseconds(delay % absl::Seconds(1))));
  Attach(status, kRetryInfoUrl, retry);
  return status;
}

Detail DetailOf(const absl::Status& status) {
  Detail detail;
  google::rpc::ErrorInfo info;
  if (Extract(status, kErrorInfoUrl, info)) {
    detail.reason = info.reason();
    for (const auto& [key, value] : info.metadata()) detail.metadata[key] = value;
  }
  google::rpc::BadRequest bad;
  if (Extract(status, kBadRequestUrl, bad)) {
    for (const auto& field : bad.field_violations()) {
      const std::string& text = field.description();
      const size_t colon = text.find(": ");
      detail.violations.push_back(
          colon == std::string::npos
              ? Violation{.path = field.field(), .reason = "", .message = text}
              : Violation{.path = field.field(), .reason = text.substr(0, colon),
                          .message = text.substr(colon + 2)});
    }
  }
  return detail;
}

std::string ReasonOf(const absl::Status& status) { return DetailOf(status).reason; }

Violation Under(absl::string_view parent, Violation violation) {
  violation.path = violation.path.empty()      ? std::string(parent)
                   : violation.path[0] == '['  ? absl::StrCat(parent, violation.path)
                                               : absl::StrCat(parent, ".", violation.path);
  return violation;
}

}  // namespace reprise::error
