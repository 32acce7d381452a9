// SPDX-License-Identifier: Apache-2.0
#include "services/platform/text/utf8.h"

#include <unistr.h>

#include <algorithm>

#include "absl/strings/str_cat.h"

#include "services/platform/error/error.h"

namespace reprise::text {

size_t Utf8Prefix(absl::string_view bytes) {
  const auto* const begin = reinterpret_cast<const uint8_t*>(bytes.data());
  const uint8_t* const bad = u8_check(begin, bytes.size());
  return bad == nullptr ? bytes.size() : static_cast<size_t>(bad - begin);
}

absl::Status CheckUtf8(absl::string_view bytes, absl::string_view name) {
  const absl::string_view before = bytes.substr(0, Utf8Prefix(bytes));
  if (before.size() == bytes.size()) return absl::OkStatus();
  const size_t line = static_cast<size_t>(std::count(before.begin(), before.end(), '\n')) + 1;
  const size_t newline = before.rfind('\n');
  const size_t column =
      newline == absl::string_view::npos ? before.size() + 1 : before.size() - newline;
  return error::InvalidField(absl::StrCat(name, ":", line), "TEXT_NOT_UTF8",
                             absl::StrCat("The byte at line ", line, ", byte ", column,
                                          " is not UTF-8."));
}

}  // namespace reprise::text
