// SPDX-License-Identifier: Apache-2.0
// Versions of a study's protocol: what may follow what is live.
#ifndef REPRISE_STUDY_DOMAIN_PROTOCOL_H_
#define REPRISE_STUDY_DOMAIN_PROTOCOL_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"

#include "services/platform/text/yaml_tree.h"
#include "services/study/domain/document/compare.h"
#include "services/study/domain/study.h"

namespace reprise::study {

struct ProtocolVersion {
  std::string study_id;
  int version = 0;
  std::string label;
  absl::CivilDay in_force_date;
  std::string document_sha256;  // 32 bytes
  bool post_hoc = false;
  absl::Time apply_time;
  std::string applied_by;
  std::string change_reason;
};

// What a new document is held against.
struct ProtocolState {
  std::string study_code;
  std::vector<Site> sites;                // of the study
  std::vector<ProtocolVersion> versions;  // newest first
  std::string live_content;               // JSON; empty: no version yet
  std::vector<StageUse> uses;

  int live_version() const { return versions.empty() ? 0 : versions[0].version; }
};

// A document without faults, in both forms.
struct NewDocument {
  const text::YamlNode& tree;
  std::string content;  // JSON
  std::string name;     // stands before the line in errors
};

struct ProtocolPlan {
  std::vector<Difference> differences;  // none: nothing would change
  bool post_hoc = false;
  std::vector<Site> new_sites;      // by code; without ids and time
  std::vector<Site> renamed_sites;  // by code; with their new names
};

// What applying the document would do:
//   INVALID_ARGUMENT    PROTOCOL_INVALID with STUDY_MISMATCH, LABEL_TAKEN, IN_FORCE_TOO_EARLY,
//                       SITE_TIME_ZONE_FIXED
//   FAILED_PRECONDITION PROTOCOL_CHANGE_FORBIDDEN
absl::StatusOr<ProtocolPlan> PlanProtocol(const ProtocolState& state, const NewDocument& document);

// ABORTED ETAG_MISMATCH where another version is live than was seen.
absl::Status CheckSeenVersion(const ProtocolState& state, int seen_version);
// INVALID_ARGUMENT NOTHING_CHANGED, CHANGE_REASON_REQUIRED (after the first version)
absl::Status CheckApplication(const ProtocolState& state, const ProtocolPlan& plan,
                              const std::string& change_reason);
// INVALID_ARGUMENT FIELD_TOO_LONG, TEXT_HOLDS_IDENTITY
absl::Status CheckChangeReason(const std::string& change_reason);

}  // namespace reprise::study

#endif  // REPRISE_STUDY_DOMAIN_PROTOCOL_H_
