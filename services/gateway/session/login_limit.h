// SPDX-License-Identifier: Apache-2.0
// How often one client may try to log in, whatever the names: a bucket of tries for each network
// address, refilled with time, so that nobody but who tries is slowed down. The access service counts
// failures for name and address together besides.
#ifndef REPRISE_GATEWAY_SESSION_LOGIN_LIMIT_H_
#define REPRISE_GATEWAY_SESSION_LOGIN_LIMIT_H_

#include <mutex>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/time/time.h"

namespace reprise::gateway {

// Thread-safe.
class LoginLimit {
 public:
  // `burst` tries at once, one more each `refill`.
  LoginLimit(int burst, absl::Duration refill) : burst_(burst), refill_(refill) {}
  // Takes a try. UNAVAILABLE LOGIN_SLOWED with RetryInfo where there is none left.
  absl::Status Take(const std::string& client, absl::Time now);

 private:
  const int burst_;
  const absl::Duration refill_;
  std::mutex mutex_;
  // When the bucket of a client will be full again; a client that is not here has a full one.
  absl::flat_hash_map<std::string, absl::Time> full_at_;
};

}  // namespace reprise::gateway

#endif  // REPRISE_GATEWAY_SESSION_LOGIN_LIMIT_H_
