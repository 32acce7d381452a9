// SPDX-License-Identifier: Apache-2.0
// The verifier's own reader of delimited text: it walks over the bytes without copying them, one
// record at a time. Quotes as in RFC 4180; blank lines are skipped; LF, CRLF or CR end a record.
//   while (true) { REPRISE_ASSIGN_OR_RETURN(bool more, reader.Next()); if (!more) break; ... }
#ifndef REPRISE_EXTRACT_DOMAIN_RISK_DELIMITED_H_
#define REPRISE_EXTRACT_DOMAIN_RISK_DELIMITED_H_

#include <cstddef>
#include <deque>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace reprise::extract::risk {

class RecordReader {
 public:
  // `bytes` must outlive the reader. `file` is the name that errors carry.
  RecordReader(absl::string_view bytes, std::string file, char delimiter);

  // INVALID_ARGUMENT TEXT_NOT_UTF8 with line and byte; a byte order mark is skipped. Call it first.
  absl::Status CheckEncoding();
  // Reads the first record as the header: names non-empty and unique.
  //   INVALID_ARGUMENT DATA_EMPTY, DATA_COLUMN_UNNAMED, DATA_COLUMN_DUPLICATE, DATA_MALFORMED
  absl::Status ReadHeader();
  // False at the end. After ReadHeader every record must be as wide as the header.
  //   INVALID_ARGUMENT DATA_MALFORMED, DATA_ROW_WIDTH
  absl::StatusOr<bool> Next();

  // Valid until the next call of Next.
  const std::vector<absl::string_view>& fields() const { return fields_; }
  const std::vector<std::string>& header() const { return header_; }
  // Position of a column in the header, or -1.
  int Column(absl::string_view name) const;
  // Number of the current record, 1-based; the header is record 1.
  size_t row() const { return row_; }
  const std::string& file() const { return file_; }

 private:
  absl::Status ReadQuoted();
  void ReadPlain();
  // Consumes what ends a field; true when the record ends with it.
  bool EndOfRecord();

  absl::string_view bytes_;
  std::string file_;
  char delimiter_;
  size_t at_ = 0;
  size_t row_ = 0;
  std::vector<std::string> header_;
  std::vector<absl::string_view> fields_;
  std::deque<std::string> unescaped_;  // fields with doubled quotes, of the current record
};

}  // namespace reprise::extract::risk

#endif  // REPRISE_EXTRACT_DOMAIN_RISK_DELIMITED_H_
