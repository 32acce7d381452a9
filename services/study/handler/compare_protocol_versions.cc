// SPDX-License-Identifier: Apache-2.0
#include "services/platform/error/error.h"
#include "services/platform/id/id.h"
#include "services/platform/status.h"
#include "services/study/convert.h"
#include "services/study/handler/handlers.h"
#include "services/study/store/protocol_store.h"

namespace reprise::study {
namespace {

absl::Status CheckVersions(const v1::CompareProtocolVersionsRequest& request) {
  std::vector<error::Violation> faults;
  const auto require = [&](int version, const char* path) {
    if (version < 1) faults.push_back({path, "FIELD_REQUIRED", "A version from 1 is required."});
  };
  require(request.from_version(), "from_version");
  require(request.to_version(), "to_version");
  if (faults.empty()) return absl::OkStatus();
  return error::Invalid("FIELD_REQUIRED", "Two versions are required.", faults);
}

}  // namespace

absl::StatusOr<v1::CompareProtocolVersionsResponse> Handlers::CompareProtocolVersions(
    const Call& call, const v1::CompareProtocolVersionsRequest& request) {
  REPRISE_ASSIGN_OR_RETURN(const std::string study_id, ParseUuid(request.study_id(), "study_id"));
  REPRISE_RETURN_IF_ERROR(CheckVersions(request));
  return db_.Read(call, [&](db::Tx& tx) -> absl::StatusOr<v1::CompareProtocolVersionsResponse> {
    REPRISE_ASSIGN_OR_RETURN(const StoredProtocol from, LoadProtocol(tx, study_id, request.from_version()));
    REPRISE_ASSIGN_OR_RETURN(const StoredProtocol to, LoadProtocol(tx, study_id, request.to_version()));
    v1::CompareProtocolVersionsResponse response;
    for (const Difference& difference : CompareDocuments(from.content, to.content)) {
      *response.add_differences() = ToProto(difference);
    }
    *response.mutable_from() = ToProto(from.version);
    *response.mutable_to() = ToProto(to.version);
    return response;
  });
}

}  // namespace reprise::study
