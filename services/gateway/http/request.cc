// SPDX-License-Identifier: Apache-2.0
#include "services/gateway/http/request.h"

namespace reprise::gateway {

absl::string_view Request::Header(absl::string_view name) const {
  absl::string_view value;
  bool found = false;
  for (const auto& [key, text] : headers) {
    if (key != name) continue;
    if (found && value != text) return "";
    value = text;
    found = true;
  }
  return value;
}

bool Request::Has(absl::string_view name) const {
  for (const auto& header : headers) {
    if (header.first == name) return true;
  }
  return false;
}

}  // namespace reprise::gateway
