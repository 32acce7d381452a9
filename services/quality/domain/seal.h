// SPDX-License-Identifier: Apache-2.0
// Signed tree heads of the audit log, and the check of the whole log against them. Pure.
#ifndef REPRISE_QUALITY_DOMAIN_SEAL_H_
#define REPRISE_QUALITY_DOMAIN_SEAL_H_

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace reprise::quality {

struct Seal {
  int64_t tree_size = 0;
  std::string root_hash;  // 32 bytes
  absl::Time seal_time;
  std::string signature;  // 64 bytes
  int64_t settled_seq = 0;
  int format = kSignsSettled;  // 1: the signature leaves settled_seq out, so nobody may rely on it

  static constexpr int kSignsSettled = 2;
};

// Signs as services/platform/audit/tree_head.h says.
class SealKey {
 public:
  explicit SealKey(absl::string_view seed);  // 32 bytes
  void Sign(Seal& seal) const;
  bool Verifies(const Seal& seal) const;
  const std::string& public_key() const { return public_key_; }

 private:
  std::string public_key_;  // 32 bytes
  std::string secret_key_;  // 64 bytes
};

}  // namespace reprise::quality

#endif  // REPRISE_QUALITY_DOMAIN_SEAL_H_
