// SPDX-License-Identifier: Apache-2.0
#include "services/access/domain/totp.h"

#include <liboath/oath.h>
#include <sodium.h>

#include <algorithm>
#include <array>
#include <cstdlib>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"

#include "services/platform/status.h"

namespace reprise::access {
namespace {

constexpr int64_t kPeriodSeconds = 30;
constexpr int64_t kDriftSteps = 1;
constexpr size_t kDigits = 6;

std::string WithoutSpaces(absl::string_view typed) {
  std::string digits(typed);
  digits.erase(std::remove(digits.begin(), digits.end(), ' '), digits.end());
  return digits;
}

}  // namespace

int64_t TotpStep(absl::Time time) { return absl::ToUnixSeconds(time) / kPeriodSeconds; }

std::string TotpCode(absl::string_view secret, int64_t step, int digits) {
  static const bool ready = oath_init() == OATH_OK;
  REPRISE_CHECK(ready);
  std::array<char, 9> code{};
  REPRISE_CHECK(digits >= 6 && digits <= 8);
  REPRISE_CHECK(oath_totp_generate(secret.data(), secret.size(), step * kPeriodSeconds, kPeriodSeconds,
                                   OATH_TOTP_DEFAULT_START_TIME, digits, code.data()) == OATH_OK);
  return code.data();
}

bool LooksLikeTotp(absl::string_view typed) {
  const std::string digits = WithoutSpaces(typed);
  return digits.size() == kDigits && std::all_of(digits.begin(), digits.end(), [](char c) {
           return absl::ascii_isdigit(static_cast<unsigned char>(c));
         });
}

std::optional<int64_t> MatchTotp(absl::string_view secret, absl::string_view typed, absl::Time now,
                                 int64_t last_step) {
  if (!LooksLikeTotp(typed)) return std::nullopt;
  const std::string digits = WithoutSpaces(typed);
  std::optional<int64_t> matched;
  const int64_t current = TotpStep(now);
  for (int64_t step = current - kDriftSteps; step <= current + kDriftSteps; ++step) {
    // Each step is computed and compared whole, whatever the ones before said.
    const bool equal = sodium_memcmp(TotpCode(secret, step).data(), digits.data(), kDigits) == 0;
    if (equal && step > last_step && !matched.has_value()) matched = step;
  }
  return matched;
}

std::string Base32(absl::string_view bytes) {
  char* text = nullptr;
  size_t size = 0;
  REPRISE_CHECK(oath_base32_encode(bytes.data(), bytes.size(), &text, &size) == OATH_OK);
  std::string encoded(text, size);
  sodium_memzero(text, size);
  std::free(text);
  encoded.erase(encoded.find_last_not_of('=') + 1);
  return encoded;
}

std::string OtpauthUri(absl::string_view login_name, absl::string_view secret) {
  // Of what a login name may hold only `@` needs escaping in a path.
  return absl::StrCat("otpauth://totp/Reprise:", absl::StrReplaceAll(login_name, {{"@", "%40"}}),
                      "?secret=", Base32(secret), "&issuer=Reprise&algorithm=SHA1&digits=6&period=30");
}

}  // namespace reprise::access
