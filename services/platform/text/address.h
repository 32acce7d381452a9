// SPDX-License-Identifier: Apache-2.0
// Whether an address stays on this computer, and may so be used without encryption: one definition for
// whoever listens and whoever calls.
#ifndef REPRISE_PLATFORM_TEXT_ADDRESS_H_
#define REPRISE_PLATFORM_TEXT_ADDRESS_H_

#include <string>

namespace reprise::text {

// True for a unix socket, localhost or a loopback number, with its port: "unix:/run/a", "127.0.0.1:7443",
// "[::1]:7443". False for a name that only looks like one, such as "127.example.org:1".
bool StaysHere(const std::string& address);

}  // namespace reprise::text

#endif  // REPRISE_PLATFORM_TEXT_ADDRESS_H_
