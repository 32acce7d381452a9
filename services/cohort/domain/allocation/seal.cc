// SPDX-License-Identifier: Apache-2.0
#include "services/cohort/domain/allocation/seal.h"

#include <sodium.h>

#include <algorithm>

#include "services/cohort/domain/errors.h"
#include "services/platform/status.h"

namespace reprise::cohort {
namespace {

using randomisation::Seed;

static_assert(sizeof(Nonce) == crypto_aead_xchacha20poly1305_ietf_NPUBBYTES);

const uint8_t* Raw(absl::string_view bytes) { return reinterpret_cast<const uint8_t*>(bytes.data()); }

}  // namespace

std::string SealSeed(const Seed& seed, absl::string_view key, absl::string_view list_id,
                     const Nonce& nonce) {
  REPRISE_CHECK(key.size() == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);
  std::string sealed(nonce.size() + Seed::kBytes + crypto_aead_xchacha20poly1305_ietf_ABYTES, '\0');
  std::copy(nonce.begin(), nonce.end(), sealed.begin());
  crypto_aead_xchacha20poly1305_ietf_encrypt(
      reinterpret_cast<uint8_t*>(sealed.data()) + nonce.size(), nullptr, seed.bytes().data(),
      seed.bytes().size(), Raw(list_id), list_id.size(), nullptr, nonce.data(), Raw(key));
  return sealed;
}

absl::StatusOr<Seed> OpenSeed(absl::string_view sealed, absl::string_view key,
                              absl::string_view list_id) {
  REPRISE_CHECK(key.size() == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);
  constexpr size_t kSize = sizeof(Nonce) + Seed::kBytes + crypto_aead_xchacha20poly1305_ietf_ABYTES;
  if (sealed.size() != kSize) return KeyMismatch();
  std::array<uint8_t, Seed::kBytes> bytes;
  const absl::string_view box = sealed.substr(sizeof(Nonce));
  if (crypto_aead_xchacha20poly1305_ietf_decrypt(bytes.data(), nullptr, nullptr, Raw(box), box.size(),
                                                 Raw(list_id), list_id.size(), Raw(sealed),
                                                 Raw(key)) != 0) {
    return KeyMismatch();
  }
  const Seed seed(bytes);
  sodium_memzero(bytes.data(), bytes.size());
  return seed;
}

}  // namespace reprise::cohort
