// SPDX-License-Identifier: Apache-2.0
// Who asks, for limits: the network address at the other end of the connection, or the one that a
// trusted gateway there tells of.
#ifndef REPRISE_PLATFORM_RPC_PEER_H_
#define REPRISE_PLATFORM_RPC_PEER_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace reprise::rpc {

// Of gRPC's "ipv4:10.0.0.7:4242" or "ipv6:%5B2001:db8::1%5D:4242": "10.0.0.7", "2001:db8::1".
// Callers in this process have no address, which gRPC calls "unknown"; those on a unix socket are "unix".
std::string PeerAddress(absl::string_view peer);

// "Firefox, Windows": `told` (x-reprise-device) where the peer is trusted as below, and where it is a short
// plain text; else nothing.
std::string DeviceOf(absl::string_view peer, absl::string_view told,
                     const std::vector<std::string>& trusted_gateways);

// `told` (x-reprise-client) where the peer is this process, this machine or one of
// `trusted_gateways`; else the peer's own address, whatever it tells.
std::string ClientOf(absl::string_view peer, absl::string_view told,
                     const std::vector<std::string>& trusted_gateways);

}  // namespace reprise::rpc

#endif  // REPRISE_PLATFORM_RPC_PEER_H_
