// SPDX-License-Identifier: Apache-2.0
// Hierarchies from files: no header, one row per domain value, column 0 the value, then its label
// at each level, the last one "*". Valid when total (every row equally wide, ending in "*"),
// monotone (a group never splits further up) and unambiguous (see `renamed` in model.h).
#ifndef REPRISE_EXTRACT_DOMAIN_ANONYMISATION_HIERARCHY_H_
#define REPRISE_EXTRACT_DOMAIN_ANONYMISATION_HIERARCHY_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

#include "services/extract/domain/anonymisation/model.h"

namespace reprise::extract::anonymisation {

// More would not fit the search's keys.
inline constexpr size_t kMostHierarchyValues = size_t{1} << 22;

// INVALID_ARGUMENT: TEXT_NOT_UTF8, CSV_EMPTY, CSV_QUOTED, CSV_ROW_WIDTH, HIERARCHY_VALUE_TWICE,
// HIERARCHY_NOT_MONOTONE, HIERARCHY_NOT_TOTAL (a last label other than "*", or a value "*"),
// HIERARCHY_TOO_LARGE.
absl::StatusOr<Hierarchy> ReadHierarchy(absl::string_view bytes, absl::string_view file,
                                        absl::string_view attribute, char delimiter = ';');

// The same from columns[level][value]; `file` names the source in errors.
absl::StatusOr<Hierarchy> MakeHierarchy(absl::string_view attribute, absl::string_view file,
                                        const std::vector<std::vector<std::string>>& columns);

// The file of a hierarchy, as ReadHierarchy reads it.
std::string FormatHierarchy(const Hierarchy& hierarchy, char delimiter = ';');

}  // namespace reprise::extract::anonymisation

#endif  // REPRISE_EXTRACT_DOMAIN_ANONYMISATION_HIERARCHY_H_
