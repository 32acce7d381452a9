// SPDX-License-Identifier: Apache-2.0
#include "services/quality/domain/seal.h"

#include <sodium.h>

#include "services/platform/status.h"

namespace reprise::quality {
namespace {

void AppendBigEndian(std::string& out, int64_t number) {
  for (int shift = 56; shift >= 0; shift -= 8) {
    out += static_cast<char>(static_cast<uint64_t>(number) >> shift);
  }
}

std::string SignedBytes(const Seal& seal) {
  std::string bytes = "reprise-audit-v1";
  AppendBigEndian(bytes, seal.tree_size);
  AppendBigEndian(bytes, absl::ToUnixMicros(seal.seal_time));
  return bytes + seal.root_hash;
}

const unsigned char* Data(absl::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

}  // namespace

SealKey::SealKey(absl::string_view seed)
    : public_key_(crypto_sign_PUBLICKEYBYTES, '\0'), secret_key_(crypto_sign_SECRETKEYBYTES, '\0') {
  REPRISE_CHECK(seed.size() == crypto_sign_SEEDBYTES);
  crypto_sign_seed_keypair(reinterpret_cast<unsigned char*>(public_key_.data()),
                           reinterpret_cast<unsigned char*>(secret_key_.data()), Data(seed));
}

void SealKey::Sign(Seal& seal) const {
  const std::string bytes = SignedBytes(seal);
  seal.signature.assign(crypto_sign_BYTES, '\0');
  crypto_sign_detached(reinterpret_cast<unsigned char*>(seal.signature.data()), nullptr,
                       Data(bytes), bytes.size(), Data(secret_key_));
}

bool SealKey::Verifies(const Seal& seal) const {
  const std::string bytes = SignedBytes(seal);
  return seal.signature.size() == crypto_sign_BYTES &&
         crypto_sign_verify_detached(Data(seal.signature), Data(bytes), bytes.size(),
                                     Data(public_key_)) == 0;
}

}  // namespace reprise::quality
