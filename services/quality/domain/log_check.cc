// SPDX-License-Identifier: Apache-2.0
#include "services/quality/domain/log_check.h"

#include <utility>

#include "absl/strings/str_cat.h"

namespace reprise::quality {
namespace {

constexpr size_t kMaxFindings = 100;

}  // namespace

LogCheck::LogCheck(absl::string_view audit_key, const SealKey& seal_key, std::vector<Seal> seals)
    : audit_key_(audit_key), seal_key_(seal_key), seals_(std::move(seals)) {
  for (const Seal& seal : seals_) {
    if (!seal_key_.Verifies(seal)) {
      Add(Finding::Kind::kSealForged, 0, seal.tree_size,
          absl::StrCat("The seal of size ", seal.tree_size, " has no valid signature."));
    }
  }
}

void LogCheck::Add(Finding::Kind kind, int64_t event_seq, int64_t leaf_index, std::string message) {
  if (findings_.size() < kMaxFindings) {
    findings_.push_back({kind, event_seq, leaf_index, std::move(message)});
  }
}

void LogCheck::Leaf(int64_t leaf_index, int64_t event_seq, const std::string& leaf_hash,
                    const std::optional<RecordedEvent>& event) {
  if (leaf_index != frontier_.size()) {
    Add(Finding::Kind::kTreeBroken, event_seq, frontier_.size(),
        absl::StrCat("The leaf ", frontier_.size(), " is missing."));
  }
  frontier_.Append(leaf_hash);
  if (!event.has_value()) {
    Add(Finding::Kind::kEventRemoved, event_seq, leaf_index,
        absl::StrCat("The event ", event_seq, " was removed."));
  } else {
    ++events_;
    if (!event_ids_.insert(event->event.event_id).second) {
      // The code is right, for it was copied with the event, and so the sealer took it.
      Add(Finding::Kind::kEventInserted, event_seq, leaf_index,
          absl::StrCat("The event ", event_seq, " was inserted: it repeats an earlier event."));
    }
    if (audit::LeafHash(event->event) != leaf_hash ||
        audit::EventCode(audit_key_, event->event) != event->code) {
      Add(Finding::Kind::kEventEdited, event_seq, leaf_index,
          absl::StrCat("The event ", event_seq, " was edited."));
    }
  }
  CompareSeals();
}

void LogCheck::CompareSeals() {
  if (next_seal_ >= seals_.size() || seals_[next_seal_].tree_size != frontier_.size()) return;
  if (frontier_.Root() != seals_[next_seal_].root_hash) {
    Add(Finding::Kind::kTreeBroken, 0, frontier_.size(),
        absl::StrCat("The leaves do not add up to the root of size ", frontier_.size(), "."));
  }
  ++next_seal_;
}

void LogCheck::Unsealed(const RecordedEvent& event) {
  ++events_;
  const int64_t settled = seals_.empty() ? 0 : seals_.back().settled_seq;
  const char* why = nullptr;
  if (audit::EventCode(audit_key_, event.event) != event.code) {
    why = "carries no code of the daemon";
  } else if (!event_ids_.insert(event.event.event_id).second) {
    why = "repeats an earlier event";
  } else if (event.event_seq <= settled) {
    why = "stands among sealed events without being sealed";
  }
  if (why != nullptr) {
    Add(Finding::Kind::kEventInserted, event.event_seq, -1,
        absl::StrCat("The event ", event.event_seq, " was inserted: it ", why, "."));
  }
}

void LogCheck::Finish() {
  if (next_seal_ < seals_.size()) {
    Add(Finding::Kind::kTreeBroken, 0, frontier_.size(),
        absl::StrCat("The log was sealed at ", seals_.back().tree_size, " events and holds ",
                     frontier_.size(), " leaves."));
  } else if (frontier_.size() > (seals_.empty() ? 0 : seals_.back().tree_size)) {
    Add(Finding::Kind::kTreeBroken, 0, frontier_.size(), "The last leaves are under no seal.");
  }
}

}  // namespace reprise::quality
