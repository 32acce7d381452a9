// SPDX-License-Identifier: Apache-2.0
#include "services/cohort/domain/randomisation/seed.h"

#include <sodium.h>

#include "services/cohort/domain/randomisation/errors.h"

namespace reprise::randomisation {

Seed::~Seed() { sodium_memzero(bytes_.data(), bytes_.size()); }

absl::StatusOr<Seed> Seed::FromHex(absl::string_view hex, absl::string_view path) {
  std::array<uint8_t, kBytes> bytes{};
  size_t size = 0;
  const char* end = nullptr;
  if (hex.size() != 2 * kBytes ||
      sodium_hex2bin(bytes.data(), bytes.size(), hex.data(), hex.size(), nullptr, &size, &end) !=
          0 ||
      size != kBytes || end != hex.data() + hex.size()) {
    return SeedMalformed(path);
  }
  Seed seed(bytes);
  sodium_memzero(bytes.data(), bytes.size());
  return seed;
}

std::string Seed::Commitment() const {
  return Sha256Hex(absl::string_view(reinterpret_cast<const char*>(bytes_.data()), bytes_.size()));
}

std::string Sha256Hex(absl::string_view bytes) {
  std::array<uint8_t, crypto_hash_sha256_BYTES> digest{};
  crypto_hash_sha256(digest.data(), reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size());
  std::array<char, 2 * crypto_hash_sha256_BYTES + 1> hex{};
  sodium_bin2hex(hex.data(), hex.size(), digest.data(), digest.size());
  return hex.data();
}

}  // namespace reprise::randomisation
