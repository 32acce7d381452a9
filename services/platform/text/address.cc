// SPDX-License-Identifier: Apache-2.0
#include "services/platform/text/address.h"

#include "absl/strings/match.h"

namespace reprise::text {

bool StaysHere(const std::string& address) {
  const std::string host = address.substr(0, address.rfind(':'));
  const bool four_numbers = host.find_first_not_of("0123456789.") == std::string::npos;
  return absl::StartsWith(address, "unix:") || host == "localhost" || host == "[::1]" ||
         (absl::StartsWith(host, "127.") && four_numbers);
}

}  // namespace reprise::text
