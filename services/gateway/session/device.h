// SPDX-License-Identifier: Apache-2.0
// What kind of device asks, so that a person recognises her sessions: the family of browser and system
// and nothing more of what a browser tells.
#ifndef REPRISE_GATEWAY_SESSION_DEVICE_H_
#define REPRISE_GATEWAY_SESSION_DEVICE_H_

#include <string>

#include "absl/strings/string_view.h"

namespace reprise::gateway {

// Of a User-Agent header: "Firefox, Windows", "Safari, iPhone"; one word where only that is known,
// empty where nothing is.
std::string DeviceOf(absl::string_view user_agent);

}  // namespace reprise::gateway

#endif  // REPRISE_GATEWAY_SESSION_DEVICE_H_
