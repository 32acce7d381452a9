// SPDX-License-Identifier: Apache-2.0
// Reading the Cookie header.
#ifndef REPRISE_GATEWAY_HTTP_COOKIE_H_
#define REPRISE_GATEWAY_HTTP_COOKIE_H_

#include <string>

#include "absl/strings/string_view.h"

#include "services/gateway/http/request.h"

namespace reprise::gateway {

// The value of the cookie `name`; empty where it is missing, and where it is there with two values,
// one of which somebody else may have planted.
std::string CookieOf(const Request& request, absl::string_view name);

}  // namespace reprise::gateway

#endif  // REPRISE_GATEWAY_HTTP_COOKIE_H_
