// SPDX-License-Identifier: Apache-2.0
#include "services/gateway/session/login_limit.h"

#include <algorithm>

#include "services/platform/error/error.h"

namespace reprise::gateway {
namespace {

// Beyond this many clients, those with full buckets are forgotten.
constexpr size_t kMaxClients = 10000;

}  // namespace

absl::Status LoginLimit::Take(const std::string& client, absl::Time now) {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (full_at_.size() >= kMaxClients) {
    absl::erase_if(full_at_, [now](const auto& entry) { return entry.second <= now; });
  }
  absl::Time& full_at = full_at_[client];
  const absl::Time next = std::max(full_at, now) + refill_;
  if (next > now + burst_ * refill_) {
    return error::Retry("LOGIN_SLOWED", "Too many attempts to log in from this address.",
                        next - (now + burst_ * refill_));
  }
  full_at = next;
  return absl::OkStatus();
}

}  // namespace reprise::gateway
