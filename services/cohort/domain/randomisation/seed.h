// SPDX-License-Identifier: Apache-2.0
// The escrowed seed of a trial: 256 bits from which every allocation can be derived again. Its
// commitment is published before the first participant, the seed itself at the end.
// Wiped from memory when destroyed; never logged, never in a message.
#ifndef REPRISE_COHORT_DOMAIN_RANDOMISATION_SEED_H_
#define REPRISE_COHORT_DOMAIN_RANDOMISATION_SEED_H_

#include <array>
#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace reprise::randomisation {

class Seed {
 public:
  static constexpr size_t kBytes = 32;

  explicit Seed(const std::array<uint8_t, kBytes>& bytes) : bytes_(bytes) {}
  Seed(const Seed&) = default;
  Seed& operator=(const Seed&) = default;
  ~Seed();

  // 64 hexadecimal digits in either case; otherwise INVALID_ARGUMENT SEED_MALFORMED naming `path`.
  static absl::StatusOr<Seed> FromHex(absl::string_view hex, absl::string_view path);

  // SHA-256 of the raw bytes, lower-case hexadecimal.
  std::string Commitment() const;
  const std::array<uint8_t, kBytes>& bytes() const { return bytes_; }

 private:
  std::array<uint8_t, kBytes> bytes_;
};

// SHA-256 as lower-case hexadecimal.
std::string Sha256Hex(absl::string_view bytes);

}  // namespace reprise::randomisation

#endif  // REPRISE_COHORT_DOMAIN_RANDOMISATION_SEED_H_
