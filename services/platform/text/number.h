// SPDX-License-Identifier: Apache-2.0
// Decimal numbers as text: strict in, 15 significant digits out, whatever the locale.
#ifndef REPRISE_PLATFORM_TEXT_NUMBER_H_
#define REPRISE_PLATFORM_TEXT_NUMBER_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace reprise::text {

// The whole text as a finite decimal number, no blanks, no hexadecimal, no NaN or infinity;
// otherwise INVALID_ARGUMENT NUMBER_MALFORMED naming `path`.
absl::StatusOr<double> ParseDouble(absl::string_view text, absl::string_view path);
// Same for a 64-bit integer.
absl::StatusOr<int64_t> ParseInt(absl::string_view text, absl::string_view path);

// 15 significant digits, without trailing zeros; empty for NaN and infinities, which never leave.
std::string FormatDouble(double value);

}  // namespace reprise::text

#endif  // REPRISE_PLATFORM_TEXT_NUMBER_H_
