// SPDX-License-Identifier: Apache-2.0
#include "services/access/handler/keys.h"

#include <sodium.h>

#include <array>

#include "absl/strings/escaping.h"

#include "services/access/domain/secret_code.h"
#include "services/platform/id/seal.h"
#include "services/platform/status.h"

namespace reprise::access {

Keys::Keys(absl::string_view secret)
    : factor(KeyedHash(secret, "access.second_factor")),
      recovery(KeyedHash(secret, "access.recovery_code")),
      link(KeyedHash(secret, "access.participant_link")),
      answer(KeyedHash(secret, "access.answer")) {}

std::string SealText(const Keys& keys, const std::string& request_id, absl::string_view text) {
  return absl::Base64Escape(Seal(keys.answer, request_id, text));
}

absl::StatusOr<std::string> UnsealText(const Keys& keys, const std::string& request_id,
                                       const std::string& sealed) {
  std::string bytes;
  (void)absl::Base64Unescape(sealed, &bytes);  // what is no base64 fails below
  return Unseal(keys.answer, request_id, bytes);
}

std::string NewToken() {
  std::array<unsigned char, 32> bytes;
  randombytes_buf(bytes.data(), bytes.size());
  std::array<char, sodium_base64_ENCODED_LEN(32, sodium_base64_VARIANT_URLSAFE_NO_PADDING)> text;
  sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(),
                    sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  return text.data();
}

std::string NewCode() {
  std::string code(kCodeSymbols, ' ');
  for (char& symbol : code) symbol = kCodeAlphabet[randombytes_uniform(kCodeAlphabet.size())];
  return code;
}

}  // namespace reprise::access
