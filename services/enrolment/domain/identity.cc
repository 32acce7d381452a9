// SPDX-License-Identifier: Apache-2.0
#include "services/enrolment/domain/identity.h"

#include <unictype.h>
#include <unistr.h>

#include <algorithm>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

#include "services/platform/error/error.h"
#include "services/platform/text/identifier.h"

namespace reprise::enrolment {
namespace {

constexpr size_t kMaxBytes = 200;
constexpr int kFirstYear = 1900;

// Letters with their marks, and what stands between names; at least one letter.
bool IsName(const std::string& text) {
  const auto* at = reinterpret_cast<const uint8_t*>(text.data());
  size_t left = text.size();
  bool letter = false;
  while (left > 0) {
    ucs4_t c = 0;
    const int size = u8_mbtouc(&c, at, left);
    const bool between = c == ' ' || c == '-' || c == '\'' || c == '.' || c == 0x2019 || c == 0xA0 ||
                         c == 0x2010 || c == 0x2011;
    if (uc_is_general_category(c, UC_CATEGORY_L)) {
      letter = true;
    } else if (!between && !uc_is_general_category(c, UC_CATEGORY_M)) {
      return false;
    }
    at += size;
    left -= static_cast<size_t>(size);
  }
  return letter;
}

bool IsEmail(absl::string_view text) {
  const size_t at = text.find('@');
  return at != absl::string_view::npos && at > 0 && at == text.rfind('@') && at + 1 < text.size() &&
         std::none_of(text.begin(), text.end(), [](char c) {
           return absl::ascii_isspace(static_cast<unsigned char>(c)) ||
                  absl::ascii_iscntrl(static_cast<unsigned char>(c));
         });
}

bool IsPhone(absl::string_view text) {
  int digits = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    if (absl::ascii_isdigit(static_cast<unsigned char>(text[i]))) {
      ++digits;
    } else if (!absl::StrContains(" .-/()", text[i]) && !(text[i] == '+' && i == 0)) {
      return false;
    }
  }
  return digits >= 6 && digits <= 15;
}

}  // namespace

absl::Status CheckIdentity(const Identity& identity, absl::CivilDay today) {
  std::vector<error::Violation> found;
  const auto add = [&](absl::string_view field, const char* reason, const char* message) {
    found.push_back({absl::StrCat("identity.", field), reason, message});
  };
  const auto check = [&](absl::string_view field, const std::string& text, bool required, auto good,
                         const char* reason, const char* message) {
    if (text.empty()) {
      if (required) add(field, "FIELD_REQUIRED", "A value is required.");
    } else if (text.size() > kMaxBytes) {
      add(field, "FIELD_TOO_LONG", "At most 200 bytes.");
    } else if (text::FindIdentifier(text) == text::Identifier::kNir) {
      add(field, "TEXT_HOLDS_IDENTITY", "A social-security number must not be entered.");
    } else if (!good(text)) {
      add(field, reason, message);
    }
  };
  constexpr char kNames[] = "Letters, spaces, hyphens and apostrophes only.";
  check("birth_name", identity.birth_name, true, IsName, "NAME_MALFORMED", kNames);
  check("used_name", identity.used_name, false, IsName, "NAME_MALFORMED", kNames);
  check("given_name", identity.given_name, true, IsName, "NAME_MALFORMED", kNames);
  if (identity.birth_date.year() < kFirstYear || identity.birth_date > today) {
    add("birth_date", "DATE_INVALID", "A whole date from 1900 to today is required.");
  }
  check("email", identity.email, false, IsEmail, "EMAIL_MALFORMED", "An e-mail address is required.");
  check("phone", identity.phone, false, IsPhone, "PHONE_MALFORMED", "6 to 15 digits are required.");
  check("employer", identity.employer, false, [](const std::string&) { return true; }, "", "");
  if (found.empty()) return absl::OkStatus();
  return error::Invalid("IDENTITY_INVALID", "The identity cannot be kept like this.", found);
}

}  // namespace reprise::enrolment
