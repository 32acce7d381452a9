// SPDX-License-Identifier: Apache-2.0
#include "services/platform/id/digest.h"

#include <sodium.h>

#include <array>

namespace reprise {

std::string Sha256Hex(absl::string_view bytes) {
  std::array<unsigned char, crypto_hash_sha256_BYTES> digest;
  crypto_hash_sha256(digest.data(), reinterpret_cast<const unsigned char*>(bytes.data()),
                     bytes.size());
  std::array<char, 2 * crypto_hash_sha256_BYTES + 1> hex;
  sodium_bin2hex(hex.data(), hex.size(), digest.data(), digest.size());
  return std::string(hex.data());
}

}  // namespace reprise
