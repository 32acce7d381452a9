// SPDX-License-Identifier: Apache-2.0
// How every failure of the house is made: a code that says what the caller should do, one
// google.rpc.ErrorInfo (domain "reprise") with a stable reason, and for faulty requests all fields
// at once. Services wrap these in named functions of their domain/errors.h.
//   return error::Make(absl::StatusCode::kFailedPrecondition, "INSTRUMENT_NOT_PUBLISHED",
//                      "The instrument is not published.", {{"state", "DRAFT"}});
#ifndef REPRISE_PLATFORM_ERROR_ERROR_H_
#define REPRISE_PLATFORM_ERROR_ERROR_H_

#include <map>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace reprise::error {

using Metadata = std::map<std::string, std::string>;

// One faulty field: `path` as in the request (`answers[Q3]`), a reason of its own, and a sentence
// that never repeats a personal or clinical value.
struct Violation {
  std::string path;
  std::string reason;
  std::string message;
};

// What a status carries, read back. `reason` is empty where a status was not made here.
struct Detail {
  std::string reason;
  Metadata metadata;
  std::vector<Violation> violations;
};

absl::Status Make(absl::StatusCode code, absl::string_view reason, absl::string_view message,
                  Metadata metadata = {});

// INVALID_ARGUMENT with a BadRequest of all violations. Requires at least one.
absl::Status Invalid(absl::string_view reason, absl::string_view message,
                     const std::vector<Violation>& violations);
// The common case of one faulty field; the violation's reason is also the error's.
absl::Status InvalidField(absl::string_view path, absl::string_view reason,
                          absl::string_view message);

// UNAVAILABLE with RetryInfo.
absl::Status Retry(absl::string_view reason, absl::string_view message, absl::Duration delay);

Detail DetailOf(const absl::Status& status);
// Short for DetailOf(status).reason.
std::string ReasonOf(const absl::Status& status);

// A violation's path below a parent: Under("answers[Q3]", v) turns `value` into `answers[Q3].value`.
Violation Under(absl::string_view parent, Violation violation);

}  // namespace reprise::error

#endif  // REPRISE_PLATFORM_ERROR_ERROR_H_
