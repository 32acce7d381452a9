// SPDX-License-Identifier: Apache-2.0
// What may be in the database only so that the database alone cannot read it: texts sealed under a key
// (XChaCha20-Poly1305), and keyed hashes (HMAC-SHA-256) by which equal texts are found without the texts.
// Keys are 32 bytes and never in the database. Thread-safe.
#ifndef REPRISE_PLATFORM_ID_SEAL_H_
#define REPRISE_PLATFORM_ID_SEAL_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace reprise {

// A random nonce and the sealed bytes. `bound_to` is not in them, but Unseal needs the same.
std::string Seal(absl::string_view key, absl::string_view bound_to, absl::string_view bytes);
// INTERNAL SEAL_BROKEN where key, `bound_to` or bytes are not those of Seal.
absl::StatusOr<std::string> Unseal(absl::string_view key, absl::string_view bound_to,
                                   absl::string_view sealed);

// 32 bytes.
std::string KeyedHash(absl::string_view key, absl::string_view bytes);
// The same as 64 hexadecimal digits.
std::string KeyedHashHex(absl::string_view key, absl::string_view bytes);

}  // namespace reprise

#endif  // REPRISE_PLATFORM_ID_SEAL_H_
