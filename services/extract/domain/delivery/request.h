// SPDX-License-Identifier: Apache-2.0
// A request for the data of one stage and the decision about it. Pure.
#ifndef REPRISE_EXTRACT_DOMAIN_DELIVERY_REQUEST_H_
#define REPRISE_EXTRACT_DOMAIN_DELIVERY_REQUEST_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"

namespace reprise::extract {

struct Decision {
  bool approved = false;
  std::string reason = {};
  std::string decided_by = {};
  absl::Time decide_time = {};
};

struct Request {
  std::string extract_id = {};
  std::string study_id = {};
  std::string stage = {};
  absl::Time cut_time = {};
  std::string purpose = {};
  std::string sealed_key = {};
  std::string requested_by = {};
  std::optional<Decision> decision = {};
  int64_t withdrawn_since = 0;
};

// INVALID_ARGUMENT FIELD_REQUIRED, FIELD_TOO_LONG, TEXT_HOLDS_IDENTITY naming `purpose`.
absl::Status CheckPurpose(const std::string& purpose);

// FAILED_PRECONDITION EXTRACT_DECIDED; PERMISSION_DENIED SELF_APPROVAL; INVALID_ARGUMENT FIELD_REQUIRED (a
// refusal without reason), FIELD_TOO_LONG, TEXT_HOLDS_IDENTITY naming `reason`.
absl::Status CheckDecision(const Request& request, const Decision& decision);

// FAILED_PRECONDITION EXTRACT_NOT_APPROVED.
absl::Status CheckDownload(const Request& request);

// PERMISSION_DENIED OUT_OF_SCOPE for a caller who holds the permission at some sites only, so that no
// part of a stage passes for the whole. `places` as Scope has them.
absl::Status CheckWholeStudy(bool everywhere, const std::vector<std::string>& places,
                             const std::string& study_id);

}  // namespace reprise::extract

#endif  // REPRISE_EXTRACT_DOMAIN_DELIVERY_REQUEST_H_
