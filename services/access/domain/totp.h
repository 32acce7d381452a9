// SPDX-License-Identifier: Apache-2.0
// One-time codes of an authenticator (RFC 6238: HMAC-SHA-1, 30 seconds; 6 digits), computed by liboath.
//   MatchTotp(secret, "123456", now, last_step)
#ifndef REPRISE_ACCESS_DOMAIN_TOTP_H_
#define REPRISE_ACCESS_DOMAIN_TOTP_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace reprise::access {

// 160 bits, as RFC 4226 section 4 recommends.
inline constexpr size_t kTotpSecretBytes = 20;

// Periods of 30 seconds since 1970.
int64_t TotpStep(absl::Time time);

// The code of a step, `digits` (6 to 8) long.
std::string TotpCode(absl::string_view secret, int64_t step, int digits = 6);

// The step whose code `typed` is: that of `now`, the one before or the one after, and later than
// `last_step`, so that a code is taken once. Spaces in `typed` do not matter. Compares in constant
// time.
std::optional<int64_t> MatchTotp(absl::string_view secret, absl::string_view typed, absl::Time now,
                                 int64_t last_step);

// 6 digits, with or without spaces, and so not a recovery code.
bool LooksLikeTotp(absl::string_view typed);

// RFC 4648, without padding.
std::string Base32(absl::string_view bytes);

// What a QR code for an authenticator holds.
std::string OtpauthUri(absl::string_view login_name, absl::string_view secret);

}  // namespace reprise::access

#endif  // REPRISE_ACCESS_DOMAIN_TOTP_H_
