// SPDX-License-Identifier: Apache-2.0
#include "services/phase/handler/protocols.h"

#include <utility>

#include "services/platform/status.h"

namespace reprise::phase {

absl::StatusOr<const Protocol*> Protocols::Of(db::Tx& tx, const Place& place) {
  const Key key(place.participation.study_id, place.protocol_version, place.stage);
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    const auto at = known_.find(key);
    if (at != known_.end()) return &at->second;
  }
  // Not under the lock, so two may ask at once; the first to answer is kept.
  REPRISE_ASSIGN_OR_RETURN(Protocol protocol, LoadProtocol(tx, place));
  const std::lock_guard<std::mutex> lock(mutex_);
  return &known_.emplace(key, std::move(protocol)).first->second;
}

}  // namespace reprise::phase
