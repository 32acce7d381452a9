// SPDX-License-Identifier: Apache-2.0
// Pages of lists: the size within its limit, and opaque tokens around the last key of a page.
#ifndef REPRISE_PLATFORM_RPC_PAGE_H_
#define REPRISE_PLATFORM_RPC_PAGE_H_

#include <string>

#include "absl/status/statusor.h"

namespace reprise::rpc {

// `asked` or, for 0, `standard`. INVALID_ARGUMENT PAGE_SIZE_INVALID below 0 or above `maximum`.
absl::StatusOr<int> PageSize(int asked, int standard, int maximum);

// Opaque text around `key`; empty for an empty key.
std::string PageToken(const std::string& key);
// The key, empty for an empty token. INVALID_ARGUMENT PAGE_TOKEN_INVALID.
absl::StatusOr<std::string> PageKey(const std::string& token);

}  // namespace reprise::rpc

#endif  // REPRISE_PLATFORM_RPC_PAGE_H_
