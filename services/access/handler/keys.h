// SPDX-License-Identifier: Apache-2.0
// The keys of the access service, each for one use, all from one secret file; and how an answer's
// secrets are kept for a repetition of its request: sealed, because the answer is stored.
#ifndef REPRISE_ACCESS_HANDLER_KEYS_H_
#define REPRISE_ACCESS_HANDLER_KEYS_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace reprise::access {

// 32 bytes each.
struct Keys {
  // `secret` is the content of the file totp-key, 32 bytes.
  explicit Keys(absl::string_view secret);
  std::string factor;    // seals the secrets of authenticators
  std::string recovery;  // hashes recovery codes
  std::string link;      // hashes links and short codes
  std::string answer;    // seals what an answer shows once
};

// Text of base64 around the sealed `text`; `request_id` is that of the call.
std::string SealText(const Keys& keys, const std::string& request_id, absl::string_view text);
// INTERNAL SEAL_BROKEN.
absl::StatusOr<std::string> UnsealText(const Keys& keys, const std::string& request_id,
                                       const std::string& sealed);

// 256 random bits in base64url without padding.
std::string NewToken();
// kCodeSymbols random symbols of kCodeAlphabet.
std::string NewCode();

}  // namespace reprise::access

#endif  // REPRISE_ACCESS_HANDLER_KEYS_H_
