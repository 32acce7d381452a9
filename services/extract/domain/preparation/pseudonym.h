// SPDX-License-Identifier: Apache-2.0
// Names of participants that hold within one extract only: whoever holds two extracts cannot join
// them, and without the key nobody finds the participant. The key is made for one extract and
// destroyed at hand-over; its bytes are wiped from memory.
#ifndef REPRISE_EXTRACT_DOMAIN_PREPARATION_PSEUDONYM_H_
#define REPRISE_EXTRACT_DOMAIN_PREPARATION_PSEUDONYM_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace reprise::extract::preparation {

// Moves only. Not thread-safe.
class ExtractKey {
 public:
  // 32 bytes from the operating system's random source.
  static ExtractKey Fresh();
  // A kept key. INVALID_ARGUMENT KEY_TOO_SHORT below 16 bytes.
  static absl::StatusOr<ExtractKey> FromBytes(absl::string_view bytes);
  ExtractKey(ExtractKey&& other) noexcept = default;
  ExtractKey& operator=(ExtractKey&& other) noexcept;
  ~ExtractKey();

  // First 16 base32 characters (RFC 4648) of HMAC-SHA-256(key, study || participant): 80 bits.
  std::string Pseudonym(absl::string_view study, absl::string_view participant) const;

 private:
  explicit ExtractKey(std::vector<unsigned char> bytes) : bytes_(std::move(bytes)) {}
  void Wipe();

  std::vector<unsigned char> bytes_;
};

}  // namespace reprise::extract::preparation

#endif  // REPRISE_EXTRACT_DOMAIN_PREPARATION_PSEUDONYM_H_
