// SPDX-License-Identifier: Apache-2.0
#include "services/access/handler/password.h"

#include <sodium.h>

#include <array>

#include "services/access/domain/errors.h"
#include "services/platform/status.h"

namespace reprise::access {
namespace {

class Slot {
 public:
  Slot(std::counting_semaphore<PasswordHasher::kAtOnce>& slots, absl::Time deadline)
      : slots_(slots), taken_(slots.try_acquire_until(absl::ToChronoTime(deadline))) {}
  ~Slot() {
    if (taken_) slots_.release();
  }
  Slot(const Slot&) = delete;
  bool taken() const { return taken_; }

 private:
  std::counting_semaphore<PasswordHasher::kAtOnce>& slots_;
  const bool taken_;
};

}  // namespace

absl::StatusOr<std::string> PasswordHasher::Hash(const std::string& password, absl::Time deadline) {
  const Slot slot(slots_, deadline);
  if (!slot.taken()) return ServerBusy();
  std::array<char, crypto_pwhash_STRBYTES> hash;
  REPRISE_CHECK(crypto_pwhash_str(hash.data(), password.data(), password.size(),
                                  crypto_pwhash_OPSLIMIT_INTERACTIVE,
                                  crypto_pwhash_MEMLIMIT_INTERACTIVE) == 0);
  return std::string(hash.data());
}

absl::StatusOr<bool> PasswordHasher::Verify(const std::string& hash, const std::string& password,
                                            absl::Time deadline) {
  const Slot slot(slots_, deadline);
  if (!slot.taken()) return ServerBusy();
  return crypto_pwhash_str_verify(hash.c_str(), password.data(), password.size()) == 0;
}

absl::Status PasswordHasher::Pretend(const std::string& password, absl::Time deadline) {
  return Hash(password, deadline).status();
}

}  // namespace reprise::access
