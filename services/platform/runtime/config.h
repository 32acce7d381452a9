// SPDX-License-Identifier: Apache-2.0
// The configuration proto, read from a text-format file and the environment, defaults filled in.
#ifndef REPRISE_PLATFORM_RUNTIME_CONFIG_H_
#define REPRISE_PLATFORM_RUNTIME_CONFIG_H_

#include <functional>
#include <string>

#include "absl/status/statusor.h"
#include "reprise/platform/v1/config.pb.h"

namespace reprise::runtime {

// `text` as the file has it (empty: none), `environment` as getenv answers. Errors name the file's
// line or the variable:
//   INVALID_ARGUMENT CONFIG_MALFORMED, CONFIG_VALUE_INVALID
absl::StatusOr<platform::v1::Config> ReadConfig(
    const std::string& text, const std::string& file_name,
    const std::function<const char*(const char*)>& environment);

// What every process with services needs, and a gateway alone does not: the database and the secrets.
//   INVALID_ARGUMENT CONFIG_MALFORMED
absl::Status RequireStores(const platform::v1::Config& config);

}  // namespace reprise::runtime

#endif  // REPRISE_PLATFORM_RUNTIME_CONFIG_H_
