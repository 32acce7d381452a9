// SPDX-License-Identifier: Apache-2.0
#include "services/access/handler/password.h"

#include <sodium.h>

#include <array>

#include "services/platform/status.h"

namespace reprise::access {
namespace {

class Slot {
 public:
  explicit Slot(std::counting_semaphore<4>& slots) : slots_(slots) { slots_.acquire(); }
  ~Slot() { slots_.release(); }

 private:
  std::counting_semaphore<4>& slots_;
};

}  // namespace

std::string PasswordHasher::Hash(const std::string& password) {
  const Slot slot(slots_);
  std::array<char, crypto_pwhash_STRBYTES> hash;
  REPRISE_CHECK(crypto_pwhash_str(hash.data(), password.data(), password.size(),
                                  crypto_pwhash_OPSLIMIT_INTERACTIVE,
                                  crypto_pwhash_MEMLIMIT_INTERACTIVE) == 0);
  return hash.data();
}

bool PasswordHasher::Verify(const std::string& hash, const std::string& password) {
  const Slot slot(slots_);
  return crypto_pwhash_str_verify(hash.c_str(), password.data(), password.size()) == 0;
}

void PasswordHasher::Pretend(const std::string& password) { (void)Hash(password); }

}  // namespace reprise::access
