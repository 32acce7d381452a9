// SPDX-License-Identifier: Apache-2.0
#include "services/extract/domain/anonymisation/errors.h"

#include <string>

#include "absl/strings/str_cat.h"

#include "services/platform/error/error.h"

namespace reprise::extract::anonymisation {
namespace {

absl::Status At(const Place& place, absl::string_view reason, absl::string_view message) {
  error::Metadata metadata{{"file", std::string(place.file)}};
  if (place.row > 0) metadata["row"] = absl::StrCat(place.row);
  if (place.column > 0) metadata["column"] = absl::StrCat(place.column);
  return error::Make(absl::StatusCode::kInvalidArgument, reason, message, std::move(metadata));
}

std::string Where(const Place& place) {
  std::string text(place.file);
  if (place.row > 0) absl::StrAppend(&text, ", row ", place.row);
  if (place.column > 0) absl::StrAppend(&text, ", column ", place.column);
  return text;
}

}  // namespace

absl::Status FileEmptyError(absl::string_view file) {
  return At({file}, "CSV_EMPTY", absl::StrCat(file, " is empty."));
}

absl::Status QuoteError(const Place& place) {
  return At(place, "CSV_QUOTED",
            absl::StrCat(Where(place), ": quoted fields are not part of this format."));
}

absl::Status RowWidthError(const Place& place, size_t found, size_t expected) {
  return At(place, "CSV_ROW_WIDTH",
            absl::StrCat(Where(place), " has ", found, " fields instead of ", expected, "."));
}

absl::Status ColumnDuplicateError(const Place& place, absl::string_view name) {
  return At(
      place, "CSV_COLUMN_DUPLICATE",
      absl::StrCat(Where(place), ": the column name \"", name, "\" stands there a second time."));
}

absl::Status ColumnUnnamedError(const Place& place) {
  return At(place, "CSV_COLUMN_UNNAMED", absl::StrCat(Where(place), " has no name."));
}

absl::Status NoRowsError(absl::string_view file) {
  return At({file}, "DATA_WITHOUT_ROWS", absl::StrCat(file, " has a header but no records."));
}

absl::Status ValueNotInHierarchyError(const Place& place, absl::string_view attribute) {
  return At(place, "VALUE_NOT_IN_HIERARCHY",
            absl::StrCat(Where(place), ": the value is missing from the hierarchy of \"", attribute,
                         "\"."));
}

absl::Status ColumnMissingError(absl::string_view file, absl::string_view name) {
  return error::Make(
      absl::StatusCode::kInvalidArgument, "COLUMN_MISSING",
      absl::StrCat("The case names the column \"", name, "\", which ", file, " does not have."),
      {{"file", std::string(file)}, {"row", "1"}, {"column", std::string(name)}});
}

absl::Status PersonRowsDifferError(const Place& place, absl::string_view attribute) {
  return At(place, "PERSON_ROWS_DIFFER",
            absl::StrCat(
                Where(place), ": \"", attribute,
                "\" differs from the person's earlier row; persons are counted, so it must not."));
}

absl::Status HierarchyValueTwiceError(const Place& place, absl::string_view value) {
  return At(place, "HIERARCHY_VALUE_TWICE",
            absl::StrCat(Where(place), ": the value \"", value, "\" has a row already."));
}

absl::Status HierarchySplitError(const Place& place, absl::string_view label) {
  return At(place, "HIERARCHY_NOT_MONOTONE",
            absl::StrCat(Where(place), ": the group \"", label, "\" splits again further up."));
}

absl::Status HierarchyNoTopError(const Place& place) {
  return At(place, "HIERARCHY_NOT_TOTAL",
            absl::StrCat(Where(place), ": the last label of every value must be \"*\"."));
}

absl::Status HierarchyTooLargeError(const Place& place) {
  return At(place, "HIERARCHY_TOO_LARGE",
            absl::StrCat(Where(place),
                         ": a hierarchy has at most 4194304 values; coarsen the column first."));
}

absl::Status HierarchyMissingError(absl::string_view attribute) {
  return error::Make(absl::StatusCode::kInvalidArgument, "HIERARCHY_MISSING",
                     absl::StrCat("There is no hierarchy for \"", attribute, "\"."),
                     {{"attribute", std::string(attribute)}});
}

absl::Status HierarchyStepsError(absl::string_view attribute, absl::string_view message) {
  return error::InvalidField(absl::StrCat("hierarchies[", attribute, "]"),
                             "HIERARCHY_STEPS_INVALID", message);
}

absl::Status CaseError(absl::string_view path, absl::string_view message) {
  return error::InvalidField(path, "CASE_INVALID", message);
}

absl::Status SubsetError(const Place& place, absl::string_view message) {
  return At(place, "SUBSET_INVALID", absl::StrCat(Where(place), ": ", message));
}

absl::Status NothingReleasableError(absl::string_view why) {
  return error::Make(absl::StatusCode::kFailedPrecondition, "NOTHING_RELEASABLE",
                     absl::StrCat("Nothing can be released: ", why));
}

absl::Status MethodUnsuitedError(absl::string_view method, absl::string_view why) {
  return error::Make(absl::StatusCode::kFailedPrecondition, "METHOD_UNSUITED",
                     absl::StrCat("The method \"", method, "\" does not suit this case: ", why));
}

}  // namespace reprise::extract::anonymisation
