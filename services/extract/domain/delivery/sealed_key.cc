// SPDX-License-Identifier: Apache-2.0
#include "services/extract/domain/delivery/sealed_key.h"

#include <sodium.h>

#include <array>

#include "services/extract/domain/delivery/errors.h"
#include "services/platform/status.h"

namespace reprise::extract {
namespace {

constexpr size_t kKeyBytes = 32;
constexpr size_t kNonceBytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr size_t kTagBytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;

const unsigned char* Bytes(absl::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

}  // namespace

std::string SealFreshKey(absl::string_view house_key, absl::string_view extract_id) {
  REPRISE_CHECK(sodium_init() >= 0 && house_key.size() == kKeyBytes);
  std::array<unsigned char, kKeyBytes> key;
  randombytes_buf(key.data(), key.size());
  std::string sealed(kNonceBytes + kKeyBytes + kTagBytes, '\0');
  auto* const out = reinterpret_cast<unsigned char*>(sealed.data());
  randombytes_buf(out, kNonceBytes);
  crypto_aead_xchacha20poly1305_ietf_encrypt(out + kNonceBytes, nullptr, key.data(), key.size(),
                                             Bytes(extract_id), extract_id.size(), nullptr, out,
                                             Bytes(house_key));
  sodium_memzero(key.data(), key.size());
  return sealed;
}

absl::StatusOr<preparation::ExtractKey> OpenKey(absl::string_view house_key, absl::string_view extract_id,
                                                absl::string_view sealed) {
  REPRISE_CHECK(sodium_init() >= 0 && house_key.size() == kKeyBytes);
  if (sealed.size() != kNonceBytes + kKeyBytes + kTagBytes) return KeyUnreadable();
  std::string key(kKeyBytes, '\0');
  const int opened = crypto_aead_xchacha20poly1305_ietf_decrypt(
      reinterpret_cast<unsigned char*>(key.data()), nullptr, nullptr, Bytes(sealed) + kNonceBytes,
      sealed.size() - kNonceBytes, Bytes(extract_id), extract_id.size(), Bytes(sealed), Bytes(house_key));
  if (opened != 0) return KeyUnreadable();
  absl::StatusOr<preparation::ExtractKey> made = preparation::ExtractKey::FromBytes(key);
  sodium_memzero(key.data(), key.size());
  return made;
}

}  // namespace reprise::extract
