// SPDX-License-Identifier: Apache-2.0
#include "services/gateway/http/client_address.h"

#include <arpa/inet.h>

#include <algorithm>
#include <cstring>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace reprise::gateway {

std::string ClientAddress(absl::string_view peer) {
  // Brackets, and the zone of a link-local address, are no part of it.
  if (peer.size() > 2 && peer.front() == '[' && peer.back() == ']') {
    peer = peer.substr(1, peer.size() - 2);
  }
  const std::string text(peer.substr(0, peer.find('%')));
  in_addr four;
  if (::inet_pton(AF_INET, text.c_str(), &four) == 1) return text;
  in6_addr six;
  if (::inet_pton(AF_INET6, text.c_str(), &six) != 1) return "unknown";
  char printed[INET6_ADDRSTRLEN];
  if (IN6_IS_ADDR_V4MAPPED(&six)) {
    return ::inet_ntop(AF_INET, six.s6_addr + 12, printed, sizeof printed);
  }
  if (IN6_IS_ADDR_LOOPBACK(&six)) return "::1";
  std::memset(six.s6_addr + 8, 0, 8);
  return absl::StrCat(::inet_ntop(AF_INET6, &six, printed, sizeof printed), "/64");
}

std::string ClientBehind(const std::string& peer, absl::string_view forwarded_for,
                         const std::vector<std::string>& trusted_proxies) {
  const auto trusted = [&](const std::string& address) {
    return std::count(trusted_proxies.begin(), trusted_proxies.end(), address) > 0;
  };
  std::string client = ClientAddress(peer);
  if (!trusted(client)) return client;
  const std::vector<absl::string_view> hops = absl::StrSplit(forwarded_for, ',');
  for (auto hop = hops.rbegin(); hop != hops.rend(); ++hop) {
    const absl::string_view text = absl::StripAsciiWhitespace(*hop);
    if (text.empty()) continue;
    client = ClientAddress(text);
    if (!trusted(client)) return client;
  }
  return client;
}

}  // namespace reprise::gateway
