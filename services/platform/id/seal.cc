// SPDX-License-Identifier: Apache-2.0
#include "services/platform/id/seal.h"

#include <sodium.h>

#include "absl/strings/escaping.h"

#include "services/platform/error/error.h"
#include "services/platform/status.h"

namespace reprise {
namespace {

constexpr size_t kNonce = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr size_t kTag = crypto_aead_xchacha20poly1305_ietf_ABYTES;

const unsigned char* Raw(absl::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}
unsigned char* Raw(std::string& bytes) { return reinterpret_cast<unsigned char*>(bytes.data()); }

}  // namespace

std::string Seal(absl::string_view key, absl::string_view bound_to, absl::string_view bytes) {
  REPRISE_CHECK(sodium_init() >= 0);
  REPRISE_CHECK(key.size() == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);
  std::string sealed(kNonce + bytes.size() + kTag, '\0');
  randombytes_buf(sealed.data(), kNonce);
  crypto_aead_xchacha20poly1305_ietf_encrypt(Raw(sealed) + kNonce, nullptr, Raw(bytes), bytes.size(),
                                             Raw(bound_to), bound_to.size(), nullptr, Raw(sealed),
                                             Raw(key));
  return sealed;
}

absl::StatusOr<std::string> Unseal(absl::string_view key, absl::string_view bound_to,
                                   absl::string_view sealed) {
  REPRISE_CHECK(sodium_init() >= 0);
  REPRISE_CHECK(key.size() == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);
  const absl::Status broken = error::Make(absl::StatusCode::kInternal, "SEAL_BROKEN",
                                          "A sealed record cannot be opened with this key.");
  if (sealed.size() < kNonce + kTag) return broken;
  std::string bytes(sealed.size() - kNonce - kTag, '\0');
  if (crypto_aead_xchacha20poly1305_ietf_decrypt(
          Raw(bytes), nullptr, nullptr, Raw(sealed) + kNonce, sealed.size() - kNonce, Raw(bound_to),
          bound_to.size(), Raw(sealed), Raw(key)) != 0) {
    return broken;
  }
  return bytes;
}

std::string KeyedHash(absl::string_view key, absl::string_view bytes) {
  REPRISE_CHECK(key.size() == crypto_auth_hmacsha256_KEYBYTES);
  std::string hash(crypto_auth_hmacsha256_BYTES, '\0');
  crypto_auth_hmacsha256(Raw(hash), Raw(bytes), bytes.size(), Raw(key));
  return hash;
}

std::string KeyedHashHex(absl::string_view key, absl::string_view bytes) {
  return absl::BytesToHexString(KeyedHash(key, bytes));
}

}  // namespace reprise
