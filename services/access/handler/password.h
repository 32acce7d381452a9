// SPDX-License-Identifier: Apache-2.0
// Argon2id through libsodium. Each hash takes tens of megabytes, so only a few run at once.
#ifndef REPRISE_ACCESS_HANDLER_PASSWORD_H_
#define REPRISE_ACCESS_HANDLER_PASSWORD_H_

#include <semaphore>
#include <string>

namespace reprise::access {

// Thread-safe.
class PasswordHasher {
 public:
  std::string Hash(const std::string& password);
  bool Verify(const std::string& hash, const std::string& password);
  // As slow as Verify, for names that nobody has.
  void Pretend(const std::string& password);

 private:
  std::counting_semaphore<4> slots_{4};
};

}  // namespace reprise::access

#endif  // REPRISE_ACCESS_HANDLER_PASSWORD_H_
