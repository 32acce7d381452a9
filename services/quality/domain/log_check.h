// SPDX-License-Identifier: Apache-2.0
// Reads the audit log leaf by leaf and says what somebody did to it behind the daemon's back. Every
// sealed event must match its code and leaf, the leaves must add up to every signed root, and what is
// not sealed must carry a code of the daemon. Pure; fed in order.
#ifndef REPRISE_QUALITY_DOMAIN_LOG_CHECK_H_
#define REPRISE_QUALITY_DOMAIN_LOG_CHECK_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/string_view.h"

#include "services/platform/audit/event.h"
#include "services/platform/audit/merkle.h"
#include "services/quality/domain/seal.h"

namespace reprise::quality {

// An event as the table has it.
struct RecordedEvent {
  int64_t event_seq = 0;
  audit::Event event;
  std::string code;
};

struct Finding {
  enum class Kind { kEventEdited, kEventRemoved, kEventInserted, kTreeBroken, kSealForged };
  Kind kind;
  int64_t event_seq;   // 0: about no single event
  int64_t leaf_index;  // -1: none
  std::string message;
};

class LogCheck {
 public:
  // `audit_key` and `seal_key` outlive this; `seals` by size.
  LogCheck(absl::string_view audit_key, const SealKey& seal_key, std::vector<Seal> seals);

  // The leaves in order; `event` absent where the row is gone.
  void Leaf(int64_t leaf_index, int64_t event_seq, const std::string& leaf_hash,
            const std::optional<RecordedEvent>& event);
  // After the leaves: the events that no leaf names.
  void Unsealed(const RecordedEvent& event);
  // After everything.
  void Finish();

  const std::vector<Finding>& findings() const { return findings_; }
  int64_t events() const { return events_; }
  int64_t sealed() const { return frontier_.size(); }

 private:
  void Add(Finding::Kind kind, int64_t event_seq, int64_t leaf_index, std::string message);
  void CompareSeals();

  const absl::string_view audit_key_;
  const SealKey& seal_key_;
  const std::vector<Seal> seals_;
  size_t next_seal_ = 0;
  audit::MerkleFrontier frontier_;
  absl::flat_hash_set<std::string> event_ids_;
  std::vector<Finding> findings_;
  int64_t events_ = 0;
};

}  // namespace reprise::quality

#endif  // REPRISE_QUALITY_DOMAIN_LOG_CHECK_H_
