// SPDX-License-Identifier: Apache-2.0
// Who asks, as a network address: what limits on logging in are counted by.
#ifndef REPRISE_GATEWAY_HTTP_CLIENT_ADDRESS_H_
#define REPRISE_GATEWAY_HTTP_CLIENT_ADDRESS_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace reprise::gateway {

// `peer` in the form in which it is counted: IPv4 as it is (mapped IPv6 too), IPv6 as its /64, since
// one subscriber has a whole one; what is no address as "unknown".
std::string ClientAddress(absl::string_view peer);

// The client behind trusted proxies: walking X-Forwarded-For from its end, the first address that is
// no trusted proxy. A peer that is not trusted itself is the client, whatever it says.
std::string ClientBehind(const std::string& peer, absl::string_view forwarded_for,
                         const std::vector<std::string>& trusted_proxies);

}  // namespace reprise::gateway

#endif  // REPRISE_GATEWAY_HTTP_CLIENT_ADDRESS_H_
