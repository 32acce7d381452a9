// SPDX-License-Identifier: Apache-2.0
#include "services/platform/rpc/wire_status.h"

#include <string>

#include "absl/strings/cord.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"

#include "services/platform/text/utf8.h"

namespace reprise::rpc {
namespace {

// gRPC carries a status in the trailing metadata, of which a client takes 8 KiB and no more; base64
// and percent encoding make a third of it and more.
constexpr size_t kMaxText = 300;
constexpr size_t kMaxViolations = 4000;

std::string Clip(const std::string& text) {
  if (text.size() <= kMaxText) return text;
  const std::string head = text.substr(0, kMaxText);
  return head.substr(0, text::Utf8Prefix(head)) + "...";
}

// The same details with long texts cut, and as many violations as there is room for.
std::string Fit(absl::string_view url, const std::string& payload) {
  google::rpc::ErrorInfo info;
  google::rpc::BadRequest bad;
  if (absl::StrContains(url, "ErrorInfo") && info.ParseFromString(payload)) {
    for (auto& [key, value] : *info.mutable_metadata()) value = Clip(value);
    return info.SerializeAsString();
  }
  if (!absl::StrContains(url, "BadRequest") || !bad.ParseFromString(payload)) return payload;
  google::rpc::BadRequest fitting;
  for (const auto& violation : bad.field_violations()) {
    if (fitting.ByteSizeLong() > kMaxViolations) {
      fitting.add_field_violations()->set_description(
          absl::StrCat("MORE_FAULTS: ", bad.field_violations_size() - fitting.field_violations_size(),
                       " more are not listed."));
      break;
    }
    auto* const kept = fitting.add_field_violations();
    kept->set_field(Clip(violation.field()));
    kept->set_description(Clip(violation.description()));
  }
  return fitting.SerializeAsString();
}

}  // namespace

grpc::Status ToGrpc(const absl::Status& status) {
  if (status.ok()) return grpc::Status::OK;
  google::rpc::Status wire;
  wire.set_code(static_cast<int>(status.code()));
  wire.set_message(Clip(std::string(status.message())));
  status.ForEachPayload([&](absl::string_view url, const absl::Cord& payload) {
    auto* const detail = wire.add_details();
    detail->set_type_url(std::string(url));
    detail->set_value(Fit(url, std::string(payload)));
  });
  return grpc::Status(static_cast<grpc::StatusCode>(status.code()), wire.message(),
                      wire.SerializeAsString());
}

absl::Status FromGrpc(const grpc::Status& status) {
  if (status.ok()) return absl::OkStatus();
  absl::Status made(static_cast<absl::StatusCode>(status.error_code()), status.error_message());
  google::rpc::Status wire;
  if (wire.ParseFromString(status.error_details())) {
    for (const auto& detail : wire.details()) {
      made.SetPayload(detail.type_url(), absl::Cord(detail.value()));
    }
  }
  return made;
}

}  // namespace reprise::rpc
