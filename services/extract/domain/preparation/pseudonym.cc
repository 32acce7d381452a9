// SPDX-License-Identifier: Apache-2.0
#include "services/extract/domain/preparation/pseudonym.h"

#include <sodium.h>

#include <utility>

#include "services/extract/domain/preparation/errors.h"
#include "services/platform/status.h"

namespace reprise::extract::preparation {
namespace {

constexpr size_t kKeyBytes = 32, kLeastKeyBytes = 16, kCharacters = 16;

const unsigned char* Bytes(absl::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

}  // namespace

ExtractKey ExtractKey::Fresh() {
  REPRISE_CHECK(sodium_init() >= 0);
  std::vector<unsigned char> bytes(kKeyBytes);
  randombytes_buf(bytes.data(), bytes.size());
  return ExtractKey(std::move(bytes));
}

absl::StatusOr<ExtractKey> ExtractKey::FromBytes(absl::string_view bytes) {
  if (bytes.size() < kLeastKeyBytes) return KeyTooShort();
  return ExtractKey(std::vector<unsigned char>(Bytes(bytes), Bytes(bytes) + bytes.size()));
}

void ExtractKey::Wipe() {
  if (!bytes_.empty()) sodium_memzero(bytes_.data(), bytes_.size());
}

ExtractKey& ExtractKey::operator=(ExtractKey&& other) noexcept {
  Wipe();
  bytes_ = std::move(other.bytes_);
  return *this;
}

ExtractKey::~ExtractKey() { Wipe(); }

std::string ExtractKey::Pseudonym(absl::string_view study, absl::string_view participant) const {
  crypto_auth_hmacsha256_state state;
  unsigned char digest[crypto_auth_hmacsha256_BYTES];
  crypto_auth_hmacsha256_init(&state, bytes_.data(), bytes_.size());
  crypto_auth_hmacsha256_update(&state, Bytes(study), study.size());
  crypto_auth_hmacsha256_update(&state, Bytes(participant), participant.size());
  crypto_auth_hmacsha256_final(&state, digest);
  sodium_memzero(&state, sizeof state);
  constexpr char kAlphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  std::string text;
  for (size_t i = 0; i < kCharacters; ++i) {
    const size_t bit = 5 * i;
    const unsigned pair = (digest[bit / 8] << 8) | digest[bit / 8 + 1];
    text += kAlphabet[(pair >> (11 - bit % 8)) & 31];
  }
  return text;
}

}  // namespace reprise::extract::preparation
