// SPDX-License-Identifier: Apache-2.0
// Whether bytes are UTF-8, with the place where they stop being so (libunistring underneath).
#ifndef REPRISE_PLATFORM_TEXT_UTF8_H_
#define REPRISE_PLATFORM_TEXT_UTF8_H_

#include <cstddef>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace reprise::text {

// INVALID_ARGUMENT TEXT_NOT_UTF8 with `name` and the line and byte column (1-based) of the first
// byte that is not UTF-8.
absl::Status CheckUtf8(absl::string_view bytes, absl::string_view name);

// How many leading bytes are UTF-8; the whole size where all are.
size_t Utf8Prefix(absl::string_view bytes);

}  // namespace reprise::text

#endif  // REPRISE_PLATFORM_TEXT_UTF8_H_
