// SPDX-License-Identifier: Apache-2.0
#include "services/extract/domain/guard/errors.h"

#include "absl/strings/str_cat.h"

#include "services/platform/error/error.h"

namespace reprise::extract::guard {

absl::Status EntryInvalid(absl::string_view file, absl::string_view path,
                          const std::string& sentence) {
  return error::InvalidField(absl::StrCat(file, ": ", path), "RELEASE_ENTRY_INVALID", sentence);
}

absl::Status ClassesInvalid(absl::string_view file, size_t row, const std::string& sentence) {
  return error::InvalidField(absl::StrCat(file, ":", row), "CLASSES_INVALID", sentence);
}

absl::Status RegisterTampered(absl::string_view file) {
  return error::Make(absl::StatusCode::kFailedPrecondition, "REGISTER_TAMPERED",
                     "The file does not match the digest in its entry.",
                     {{"file", std::string(file)}});
}

absl::Status ReleaseExists(absl::string_view id) {
  return error::Make(absl::StatusCode::kAlreadyExists, "RELEASE_EXISTS",
                     "A release with this id is in the register already.",
                     {{"id", std::string(id)}});
}

}  // namespace reprise::extract::guard
