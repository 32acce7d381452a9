// SPDX-License-Identifier: Apache-2.0
// Every failure to read the register of releases or a request. Messages never name a person.
#ifndef REPRISE_EXTRACT_DOMAIN_GUARD_ERRORS_H_
#define REPRISE_EXTRACT_DOMAIN_GUARD_ERRORS_H_

#include <cstddef>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace reprise::extract::guard {

// INVALID_ARGUMENT RELEASE_ENTRY_INVALID at `path` of the entry `file`.
absl::Status EntryInvalid(absl::string_view file, absl::string_view path,
                          const std::string& sentence);

// INVALID_ARGUMENT CLASSES_INVALID at a row (1-based, header 1) of a person-to-class file.
absl::Status ClassesInvalid(absl::string_view file, size_t row, const std::string& sentence);

// FAILED_PRECONDITION REGISTER_TAMPERED: the file does not match the digest in its entry.
absl::Status RegisterTampered(absl::string_view file);

// ALREADY_EXISTS RELEASE_EXISTS: two entries, or an entry and the request, have the same id.
absl::Status ReleaseExists(absl::string_view id);

}  // namespace reprise::extract::guard

#endif  // REPRISE_EXTRACT_DOMAIN_GUARD_ERRORS_H_
