// SPDX-License-Identifier: Apache-2.0
#include "services/platform/text/number.h"

#include <charconv>
#include <cmath>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

#include "services/platform/error/error.h"

namespace reprise::text {
namespace {

template <typename Number>
absl::StatusOr<Number> Parse(absl::string_view text, absl::string_view path, const char* what) {
  Number value{};
  const char* begin = text.data();
  const char* const end = begin + text.size();
  if (text.size() > 1 && *begin == '+' && absl::ascii_isdigit(begin[1])) ++begin;
  const auto [stop, failure] = std::from_chars(begin, end, value);
  bool fine = failure == std::errc() && stop == end;
  if constexpr (std::is_floating_point_v<Number>) fine = fine && std::isfinite(value);
  if (fine) return value;
  return error::InvalidField(path, "NUMBER_MALFORMED", absl::StrCat(what, " is required."));
}

}  // namespace

absl::StatusOr<double> ParseDouble(absl::string_view text, absl::string_view path) {
  return Parse<double>(text, path, "A finite decimal number");
}

absl::StatusOr<int64_t> ParseInt(absl::string_view text, absl::string_view path) {
  return Parse<int64_t>(text, path, "A whole number");
}

std::string FormatDouble(double value) {
  if (!std::isfinite(value)) return "";
  if (value == 0) return "0";  // never "-0"
  char buffer[32];
  const auto [end, failure] =
      std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::general, 15);
  return failure == std::errc() ? std::string(buffer, end) : "";
}

}  // namespace reprise::text
