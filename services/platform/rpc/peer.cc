// SPDX-License-Identifier: Apache-2.0
#include "services/platform/rpc/peer.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_replace.h"

namespace reprise::rpc {
namespace {

constexpr size_t kMaxDevice = 60;

bool IsTrusted(const std::string& address, const std::vector<std::string>& trusted_gateways) {
  return address == "unknown" || address == "unix" || address == "::1" ||
         absl::StartsWith(address, "127.") ||
         std::count(trusted_gateways.begin(), trusted_gateways.end(), address) > 0;
}

}  // namespace

std::string PeerAddress(absl::string_view peer) {
  const size_t colon = peer.find(':');
  const absl::string_view scheme = peer.substr(0, colon);
  if (scheme != "ipv4" && scheme != "ipv6") return std::string(scheme);
  const absl::string_view rest = peer.substr(colon + 1);
  const std::string host =
      absl::StrReplaceAll(rest.substr(0, rest.rfind(':')), {{"%5B", "["}, {"%5D", "]"}});
  if (host.size() < 2 || host.front() != '[') return host;
  return host.substr(1, host.find_first_of("]%") - 1);
}

std::string ClientOf(absl::string_view peer, absl::string_view told,
                     const std::vector<std::string>& trusted_gateways) {
  const std::string address = PeerAddress(peer);
  return IsTrusted(address, trusted_gateways) && !told.empty() ? std::string(told) : address;
}

std::string DeviceOf(absl::string_view peer, absl::string_view told,
                     const std::vector<std::string>& trusted_gateways) {
  const bool plain = std::all_of(told.begin(), told.end(), [](char c) {
    return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == ' ' || c == ',';
  });
  if (!plain || told.size() > kMaxDevice) return "";
  return IsTrusted(PeerAddress(peer), trusted_gateways) ? std::string(told) : "";
}

}  // namespace reprise::rpc
