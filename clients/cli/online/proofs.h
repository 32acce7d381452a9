// SPDX-License-Identifier: Apache-2.0
// What the audit log's server says, checked here: signatures of tree heads, inclusion and
// consistency (RFC 6962), and the last head seen, which a shortened or rewritten log cannot match.
#ifndef REPRISE_CLI_ONLINE_PROOFS_H_
#define REPRISE_CLI_ONLINE_PROOFS_H_

#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

#include "reprise/quality/v1/quality_service.pb.h"

namespace reprise::cli {

// All of these fail with FAILED_PRECONDITION PROOF_BROKEN and a sentence that says what does not
// hold.

// The head's signature is by the key that it names.
absl::Status CheckHead(const quality::v1::TreeHead& head);
// `event`, as it reads now, is the leaf, and the leaf is in the tree of the (signed) head. Without
// an event only the leaf is proved.
absl::Status CheckInclusion(const std::optional<quality::v1::AuditEvent>& event,
                            const quality::v1::ProveInclusionResponse& proof);
// The head names the key that signed `kept`.
absl::Status CheckSameKey(const quality::v1::TreeHead& kept, const quality::v1::TreeHead& head);
// The tree of the later head begins with all of the tree of `kept`, and the same key signed both.
absl::Status CheckGrowth(const quality::v1::TreeHead& kept,
                         const quality::v1::ProveConsistencyResponse& proof);

// The last head seen of each server, in a file beside the session file.
class KeptHeads {
 public:
  explicit KeptHeads(std::string file) : file_(std::move(file)) {}
  // None where there is no file or no head of `server`. FAILED_PRECONDITION KEPT_HEADS_MALFORMED.
  absl::StatusOr<std::optional<quality::v1::TreeHead>> Find(const std::string& server) const;
  // None forgets.
  absl::Status Keep(const std::string& server,
                    const std::optional<quality::v1::TreeHead>& head) const;

 private:
  std::string file_;
};

}  // namespace reprise::cli

#endif  // REPRISE_CLI_ONLINE_PROOFS_H_
