// SPDX-License-Identifier: Apache-2.0
// Whole files in and out for the offline verbs. A result is written beside its place and renamed,
// so that nobody ever finds half of one.
#ifndef REPRISE_CLI_FILES_H_
#define REPRISE_CLI_FILES_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace reprise::cli {

// NOT_FOUND FILE_NOT_FOUND, PERMISSION_DENIED FILE_UNREADABLE. "-" reads standard input.
absl::StatusOr<std::string> ReadFile(const std::string& path);
// PERMISSION_DENIED FILE_UNWRITABLE. "-" writes standard output.
absl::Status WriteFile(const std::string& path, absl::string_view bytes);

}  // namespace reprise::cli

#endif  // REPRISE_CLI_FILES_H_
