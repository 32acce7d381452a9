// SPDX-License-Identifier: Apache-2.0
// The lines and fields of the oracles' CSV dialect: one delimiter, no quotes, LF or CR LF. Written
// for files of a hundred megabytes; views point into the bytes.
#ifndef REPRISE_EXTRACT_DOMAIN_ANONYMISATION_FIELDS_H_
#define REPRISE_EXTRACT_DOMAIN_ANONYMISATION_FIELDS_H_

#include <cstddef>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace reprise::extract::anonymisation {

// INVALID_ARGUMENT TEXT_NOT_UTF8, CSV_EMPTY; the bytes without a byte order mark otherwise.
absl::StatusOr<absl::string_view> CheckedText(absl::string_view bytes, absl::string_view file);

class LineReader {
 public:
  LineReader(absl::string_view bytes, char delimiter) : rest_(bytes), delimiter_(delimiter) {}

  // Next line that is not blank, split; false at the end.
  bool Next(std::vector<absl::string_view>& fields);
  // 1-based number of the line last read, blank lines included.
  size_t row() const { return row_; }
  // Line last read, without its end.
  absl::string_view line() const { return line_; }

 private:
  bool NextLine();

  absl::string_view rest_;
  absl::string_view line_;
  char delimiter_;
  size_t row_ = 0;
};

// 1-based column of a field that begins with a quote, or 0.
size_t QuotedColumn(const std::vector<absl::string_view>& fields);

}  // namespace reprise::extract::anonymisation

#endif  // REPRISE_EXTRACT_DOMAIN_ANONYMISATION_FIELDS_H_
