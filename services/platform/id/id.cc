// SPDX-License-Identifier: Apache-2.0
#include "services/platform/id/id.h"

#include <sodium.h>

#include <array>

#include "absl/strings/ascii.h"

#include "services/platform/error/error.h"
#include "services/platform/status.h"

namespace reprise {

absl::StatusOr<std::string> ParseUuid(absl::string_view text, absl::string_view path) {
  const auto malformed = [&] {
    return error::InvalidField(path, "ID_MALFORMED",
                               "A UUID of 36 characters with hyphens is required.");
  };
  if (text.size() != 36) return malformed();
  std::string lower(text);
  for (size_t i = 0; i < lower.size(); ++i) {
    const bool hyphen_here = i == 8 || i == 13 || i == 18 || i == 23;
    if (hyphen_here ? lower[i] != '-' : !absl::ascii_isxdigit(lower[i])) return malformed();
    lower[i] = absl::ascii_tolower(lower[i]);
  }
  return lower;
}

std::string RandomIdSource::NewUuid() {
  REPRISE_CHECK(sodium_init() >= 0);
  std::array<unsigned char, 16> bytes;
  randombytes_buf(bytes.data(), bytes.size());
  bytes[6] = static_cast<unsigned char>((bytes[6] & 0x0f) | 0x40);
  bytes[8] = static_cast<unsigned char>((bytes[8] & 0x3f) | 0x80);
  std::array<char, 33> hex;
  sodium_bin2hex(hex.data(), hex.size(), bytes.data(), bytes.size());
  const std::string h(hex.data());
  return h.substr(0, 8) + "-" + h.substr(8, 4) + "-" + h.substr(12, 4) + "-" + h.substr(16, 4) +
         "-" + h.substr(20);
}

}  // namespace reprise
