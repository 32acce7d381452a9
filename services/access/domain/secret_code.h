// SPDX-License-Identifier: Apache-2.0
// Codes that people type: ten symbols of Crockford's base32 without its vowels, so that no word comes
// up and nothing looks like something else (about 49 bits). Written `7KQ4D-9XMT2`.
#ifndef REPRISE_ACCESS_DOMAIN_SECRET_CODE_H_
#define REPRISE_ACCESS_DOMAIN_SECRET_CODE_H_

#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace reprise::access {

inline constexpr absl::string_view kCodeAlphabet = "0123456789BCDFGHJKMNPQRSTVWXYZ";
inline constexpr size_t kCodeSymbols = 10;

// `code` has kCodeSymbols symbols: with a hyphen in the middle.
std::string Grouped(absl::string_view code);

// The ten symbols that somebody typed: in either case, with hyphens and spaces anywhere, O for 0, I and
// L for 1. Nothing where it cannot be a code.
std::optional<std::string> ReadCode(absl::string_view typed);

}  // namespace reprise::access

#endif  // REPRISE_ACCESS_DOMAIN_SECRET_CODE_H_
