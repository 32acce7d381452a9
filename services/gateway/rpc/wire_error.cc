// SPDX-License-Identifier: Apache-2.0
#include "services/gateway/rpc/wire_error.h"

#include <nlohmann/json.hpp>

#include "absl/strings/cord.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"

#include "services/gateway/rpc/codec.h"
#include "services/gateway/rpc/framing.h"
#include "services/platform/rpc/wire_status.h"

namespace reprise::gateway {
namespace {

using Json = nlohmann::ordered_json;

struct Code {
  const char* name;
  int http;
};

// By number of the code; https://connectrpc.com/docs/protocol#error-codes.
constexpr Code kCodes[] = {
    {"ok", 200},                {"canceled", 499},          {"unknown", 500},
    {"invalid_argument", 400},  {"deadline_exceeded", 504}, {"not_found", 404},
    {"already_exists", 409},    {"permission_denied", 403}, {"resource_exhausted", 429},
    {"failed_precondition", 400}, {"aborted", 409},         {"out_of_range", 400},
    {"unimplemented", 501},     {"internal", 500},          {"unavailable", 503},
    {"data_loss", 500},         {"unauthenticated", 401},
};

const Code& CodeOf(absl::StatusCode code) {
  const int number = static_cast<int>(code);
  return kCodes[number >= 0 && number <= 16 ? number : 2];
}

std::string Base64(absl::string_view bytes) {
  std::string text = absl::Base64Escape(bytes);
  while (!text.empty() && text.back() == '=') text.pop_back();
  return text;
}

Json ErrorOf(const absl::Status& status) {
  Json error{{"code", CodeOf(status.code()).name}, {"message", std::string(status.message())}};
  status.ForEachPayload([&](absl::string_view url, const absl::Cord& payload) {
    const std::string type(url.substr(url.rfind('/') + 1));
    const std::string bytes(payload);
    Json detail{{"type", type}, {"value", Base64(bytes)}};
    const auto* const descriptor =
        google::protobuf::DescriptorPool::generated_pool()->FindMessageTypeByName(type);
    if (descriptor != nullptr) {
      const auto text = JsonOf(*descriptor, bytes);
      if (text.ok()) detail["debug"] = Json::parse(*text, nullptr, false);
    }
    error["details"].push_back(std::move(detail));
  });
  return error;
}

std::string Dump(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace

absl::string_view ConnectCode(absl::StatusCode code) { return CodeOf(code).name; }
int HttpStatus(absl::StatusCode code) { return CodeOf(code).http; }

std::string ConnectError(const absl::Status& status) { return Dump(ErrorOf(status)); }

std::string ConnectEnd(const absl::Status& status) {
  if (status.ok()) return "{}";
  return Dump(Json{{"error", ErrorOf(status)}});
}

std::string GrpcWebTrailers(const absl::Status& status) {
  std::string text = absl::StrCat("grpc-status: ", static_cast<int>(status.code()), "\r\n");
  if (status.ok()) return text;
  const grpc::Status wire = rpc::ToGrpc(status);
  absl::StrAppend(&text, "grpc-message: ", PercentEncode(wire.error_message()), "\r\n");
  if (!wire.error_details().empty()) {
    absl::StrAppend(&text, "grpc-status-details-bin: ", Base64(wire.error_details()), "\r\n");
  }
  return text;
}

}  // namespace reprise::gateway
