// SPDX-License-Identifier: Apache-2.0
#include "services/gateway/http/path.h"

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_split.h"

#include "services/platform/text/utf8.h"

namespace reprise::gateway {
namespace {

std::optional<std::string> Decode(absl::string_view text) {
  std::string decoded;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      decoded += text[i];
      continue;
    }
    if (i + 2 >= text.size() || !absl::ascii_isxdigit(text[i + 1]) ||
        !absl::ascii_isxdigit(text[i + 2])) {
      return std::nullopt;
    }
    decoded += absl::HexStringToBytes(text.substr(i + 1, 2));
    i += 2;
  }
  return decoded;
}

}  // namespace

std::optional<std::string> CleanPath(absl::string_view path) {
  const std::optional<std::string> decoded = Decode(path);
  if (!decoded || decoded->empty() || decoded->front() != '/') return std::nullopt;
  if (text::Utf8Prefix(*decoded) != decoded->size()) return std::nullopt;
  for (const char c : *decoded) {
    if (absl::ascii_iscntrl(static_cast<unsigned char>(c)) || c == '\\') return std::nullopt;
  }
  const std::vector<absl::string_view> segments = absl::StrSplit(*decoded, '/');
  for (size_t i = 1; i < segments.size(); ++i) {
    if (segments[i] == "." || segments[i] == "..") return std::nullopt;
    if (segments[i].empty() && i + 1 < segments.size()) return std::nullopt;
  }
  return decoded;
}

}  // namespace reprise::gateway
