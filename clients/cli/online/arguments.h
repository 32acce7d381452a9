// SPDX-License-Identifier: Apache-2.0
// What a person types, as the server wants it: passwords (never on the command line), instants,
// roles.
#ifndef REPRISE_CLI_ONLINE_ARGUMENTS_H_
#define REPRISE_CLI_ONLINE_ARGUMENTS_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

#include "reprise/access/v1/delegation.pb.h"

namespace reprise::cli {

// The first line of `file`; where that is empty, typed without an echo after `prompt`, or the next
// line of standard input where that is no terminal. INVALID_ARGUMENT PASSWORD_MISSING.
absl::StatusOr<std::string> ReadPassword(const std::string& file, const std::string& prompt);
// The same for a new one, typed twice at a terminal. INVALID_ARGUMENT also PASSWORDS_DIFFER.
absl::StatusOr<std::string> ReadNewPassword(const std::string& file, const std::string& prompt);

// `2026-02-01T08:30:00+01:00`, or `2026-02-01`: the first instant of that day in `zone`.
// INVALID_ARGUMENT INSTANT_MALFORMED naming `path`.
absl::StatusOr<absl::Time> ParseInstant(const std::string& text, const std::string& path,
                                        absl::TimeZone zone);

// Role names as flags: `coordinator`, `occupational_physician`.
std::vector<std::string> RoleNames();
// `name` is one of them; otherwise ROLE_UNSPECIFIED.
access::v1::Role RoleOf(const std::string& name);

// Absolute paths of files in the folder of the session file, such as `audit-heads.json`.
std::string BesideSession(const std::string& name);

}  // namespace reprise::cli

#endif  // REPRISE_CLI_ONLINE_ARGUMENTS_H_
