// SPDX-License-Identifier: Apache-2.0
// UUIDs, as text. They are random (version 4) because ordered ones would tell the order of enrolment;
// they come from an injected source so that tests are repeatable.
#ifndef REPRISE_PLATFORM_ID_ID_H_
#define REPRISE_PLATFORM_ID_ID_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace reprise {

// Lower-case canonical text, or INVALID_ARGUMENT ID_MALFORMED naming `path`.
absl::StatusOr<std::string> ParseUuid(absl::string_view text, absl::string_view path);

// Makes version 4 UUIDs. Thread-safe.
class IdSource {
 public:
  virtual ~IdSource() = default;
  virtual std::string NewUuid() = 0;
};

// From the operating system's random source.
class RandomIdSource : public IdSource {
 public:
  std::string NewUuid() override;
};

}  // namespace reprise

#endif  // REPRISE_PLATFORM_ID_ID_H_
