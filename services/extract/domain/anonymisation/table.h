// SPDX-License-Identifier: Apache-2.0
// The data file, read once into codes. Only the columns asked for are coded (4 bytes a cell); the
// others stay in the bytes and are copied from there when the release is written.
#ifndef REPRISE_EXTRACT_DOMAIN_ANONYMISATION_TABLE_H_
#define REPRISE_EXTRACT_DOMAIN_ANONYMISATION_TABLE_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

#include "services/extract/domain/anonymisation/model.h"

namespace reprise::extract::anonymisation {

// A column to code. With a hierarchy the codes are its value ids and no other value may occur;
// without one, codes are given in order of first appearance.
struct WantedColumn {
  std::string name;
  const Hierarchy* hierarchy = nullptr;
};

// INVALID_ARGUMENT, with file, row and column: TEXT_NOT_UTF8, CSV_EMPTY, CSV_QUOTED,
// CSV_COLUMN_DUPLICATE, CSV_COLUMN_UNNAMED, CSV_ROW_WIDTH, COLUMN_MISSING, VALUE_NOT_IN_HIERARCHY,
// DATA_WITHOUT_ROWS. The result's `columns` follow `wanted`.
absl::StatusOr<Table> ReadTable(absl::string_view bytes, absl::string_view file,
                                const std::vector<WantedColumn>& wanted, char delimiter = ';');

}  // namespace reprise::extract::anonymisation

#endif  // REPRISE_EXTRACT_DOMAIN_ANONYMISATION_TABLE_H_
