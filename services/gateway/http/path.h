// SPDX-License-Identifier: Apache-2.0
// The path of a request as a name of a file: decoded, and refused where it could mean anything but a
// plain path below the root.
#ifndef REPRISE_GATEWAY_HTTP_PATH_H_
#define REPRISE_GATEWAY_HTTP_PATH_H_

#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace reprise::gateway {

// "/assets/a%20b.js" becomes "/assets/a b.js". Nothing for what does not begin with a slash, bad
// percent signs, control characters, backslashes, bytes that are not UTF-8, and segments that are
// empty, "." or ".." (a slash at the end is allowed).
std::optional<std::string> CleanPath(absl::string_view path);

}  // namespace reprise::gateway

#endif  // REPRISE_GATEWAY_HTTP_PATH_H_
