// SPDX-License-Identifier: Apache-2.0
#include "services/platform/rpc/page.h"

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"

#include "services/platform/error/error.h"
#include "services/platform/text/utf8.h"

namespace reprise::rpc {

absl::StatusOr<int> PageSize(int asked, int standard, int maximum) {
  if (asked < 0 || asked > maximum) {
    return error::InvalidField("page_size", "PAGE_SIZE_INVALID",
                               absl::StrCat("0 to ", maximum, " is required."));
  }
  return asked == 0 ? standard : asked;
}

std::string PageToken(const std::string& key) {
  return key.empty() ? "" : absl::WebSafeBase64Escape(absl::StrCat("p1:", key));
}

absl::StatusOr<std::string> PageKey(const std::string& token) {
  if (token.empty()) return std::string();
  std::string key;
  if (!absl::WebSafeBase64Unescape(token, &key) || key.substr(0, 3) != "p1:" ||
      text::Utf8Prefix(key) != key.size() || key.find('\0') != std::string::npos) {
    return error::InvalidField("page_token", "PAGE_TOKEN_INVALID",
                               "The next_page_token of an earlier answer, or none, is required.");
  }
  return key.substr(3);
}

}  // namespace reprise::rpc
