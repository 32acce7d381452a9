// SPDX-License-Identifier: Apache-2.0
#include "services/gateway/http/cookie.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_split.h"

namespace reprise::gateway {

std::string CookieOf(const Request& request, absl::string_view name) {
  std::string found;
  bool any = false;
  for (const auto& [key, header] : request.headers) {
    if (key != "cookie") continue;
    for (const absl::string_view pair : absl::StrSplit(header, ';')) {
      const size_t equals = pair.find('=');
      if (equals == absl::string_view::npos) continue;
      if (absl::StripAsciiWhitespace(pair.substr(0, equals)) != name) continue;
      const absl::string_view value = absl::StripAsciiWhitespace(pair.substr(equals + 1));
      if (any && value != found) return "";
      found = std::string(value);
      any = true;
    }
  }
  return found;
}

}  // namespace reprise::gateway
