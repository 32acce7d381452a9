// SPDX-License-Identifier: Apache-2.0
// Argon2id through libsodium. Each hash takes tens of megabytes, so only a few run at once, and who has
// waited for her turn until her call's deadline is sent away: UNAVAILABLE SERVER_BUSY.
#ifndef REPRISE_ACCESS_HANDLER_PASSWORD_H_
#define REPRISE_ACCESS_HANDLER_PASSWORD_H_

#include <semaphore>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace reprise::access {

// Thread-safe.
class PasswordHasher {
 public:
  static constexpr int kAtOnce = 4;
  // `at_once` is at most kAtOnce; with 0 everybody is sent away.
  explicit PasswordHasher(int at_once = kAtOnce) : slots_(at_once) {}

  absl::StatusOr<std::string> Hash(const std::string& password, absl::Time deadline);
  absl::StatusOr<bool> Verify(const std::string& hash, const std::string& password, absl::Time deadline);
  // As slow as Verify, for names that nobody has.
  absl::Status Pretend(const std::string& password, absl::Time deadline);

 private:
  std::counting_semaphore<kAtOnce> slots_;
};

}  // namespace reprise::access

#endif  // REPRISE_ACCESS_HANDLER_PASSWORD_H_
