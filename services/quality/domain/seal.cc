// SPDX-License-Identifier: Apache-2.0
#include "services/quality/domain/seal.h"

#include <sodium.h>

#include "services/platform/audit/tree_head.h"
#include "services/platform/status.h"

namespace reprise::quality {
namespace {

std::string SignedBytes(const Seal& seal) {
  audit::TreeHeadParts head{.tree_size = seal.tree_size,
                            .seal_time = seal.seal_time,
                            .settled_seq = {},
                            .root_hash = seal.root_hash};
  if (seal.format == Seal::kSignsSettled) head.settled_seq = seal.settled_seq;
  return audit::SignedBytes(head);
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
  if (seal.format != 1 && seal.format != Seal::kSignsSettled) return false;
  const std::string bytes = SignedBytes(seal);
  return seal.signature.size() == crypto_sign_BYTES &&
         crypto_sign_verify_detached(Data(seal.signature), Data(bytes), bytes.size(),
                                     Data(public_key_)) == 0;
}

}  // namespace reprise::quality
