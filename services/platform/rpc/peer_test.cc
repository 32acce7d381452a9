// SPDX-License-Identifier: Apache-2.0
#include "services/platform/rpc/peer.h"

#include <gtest/gtest.h>

namespace reprise::rpc {
namespace {

struct Case {
  const char* name;
  const char* peer;
  const char* told;
  const char* client;
};

constexpr Case kCases[] = {
    {"IsThePeerAlone", "ipv4:203.0.113.7:4242", "", "203.0.113.7"},
    {"DoesNotBelieveAStranger", "ipv4:203.0.113.7:4242", "198.51.100.1", "203.0.113.7"},
    {"DoesNotBelieveAnIpv6Stranger", "ipv6:%5B2001:db8::1%5D:4242", "198.51.100.1", "2001:db8::1"},
    {"ReadsBracketsAsTheyAre", "ipv6:[2001:db8::1]:4242", "", "2001:db8::1"},
    {"BelievesThisProcess", "unknown", "198.51.100.1", "198.51.100.1"},
    {"BelievesAUnixSocket", "unix:/run/reprise", "198.51.100.1", "198.51.100.1"},
    {"BelievesLoopback", "ipv4:127.0.0.1:1", "198.51.100.1", "198.51.100.1"},
    {"BelievesIpv6Loopback", "ipv6:%5B::1%5D:1", "198.51.100.1", "198.51.100.1"},
    {"BelievesATrustedGateway", "ipv4:10.0.0.7:1", "198.51.100.1", "198.51.100.1"},
    {"DoesNotTakeAPrefixForIt", "ipv4:10.0.0.70:1", "198.51.100.1", "10.0.0.70"},
    {"HasAnAnswerForAnEmptyPeer", "", "198.51.100.1", ""},
};

TEST(ClientOfTest, Cases) {
  for (const Case& c : kCases) {
    EXPECT_EQ(ClientOf(c.peer, c.told, {"10.0.0.7"}), c.client) << c.name;
  }
}

TEST(DeviceOfTest, IsBelievedFromOurGatewaysAloneAndOnlyAsAPlainText) {
  const auto device = [](const char* peer, const std::string& told) {
    return DeviceOf(peer, told, {"10.0.0.7"});
  };
  EXPECT_EQ(device("unknown", "Firefox, Windows"), "Firefox, Windows");
  EXPECT_EQ(device("ipv4:10.0.0.7:1", "Safari, iPhone"), "Safari, iPhone");
  EXPECT_EQ(device("ipv4:203.0.113.7:4242", "Firefox, Windows"), "");
  EXPECT_EQ(device("unknown", "Mozilla/5.0 (X11)"), "");
  EXPECT_EQ(device("unknown", std::string(61, 'a')), "");
  EXPECT_EQ(device("unknown", ""), "");
}

}  // namespace
}  // namespace reprise::rpc
