// SPDX-License-Identifier: Apache-2.0
// SHA-256 as text, for the hash of inputs that every derived result carries.
#ifndef REPRISE_PLATFORM_ID_DIGEST_H_
#define REPRISE_PLATFORM_ID_DIGEST_H_

#include <string>

#include "absl/strings/string_view.h"

namespace reprise {

// 64 lower-case hexadecimal digits. Thread-safe.
std::string Sha256Hex(absl::string_view bytes);

}  // namespace reprise

#endif  // REPRISE_PLATFORM_ID_DIGEST_H_
