// SPDX-License-Identifier: Apache-2.0
// Files one after the other into a stream of pieces of at most 64 KiB, each file counted and hashed as
// it goes, so that the manifest can say what was sent. Memory: one piece.
//   writer.Begin("visits.csv"); writer.Header({"pseudonym", "day"}); writer.Row(fields); writer.End();
#ifndef REPRISE_EXTRACT_DOMAIN_DELIVERY_FILE_WRITER_H_
#define REPRISE_EXTRACT_DOMAIN_DELIVERY_FILE_WRITER_H_

#include <sodium.h>

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace reprise::extract {

struct FileRecord {
  std::string name;
  int64_t rows = 0;  // without the header; 0 for what is no table
  int64_t bytes = 0;
  std::string sha256;  // hexadecimal
};

// Not thread-safe.
class FileWriter {
 public:
  // Takes the next piece of `file`; a failure ends the delivery.
  using Sink = std::function<absl::Status(const std::string& file, std::string bytes, bool last)>;
  explicit FileWriter(Sink sink) : sink_(std::move(sink)) {}

  void Begin(const std::string& file);
  // A header line is no row.
  absl::Status Header(absl::Span<const std::string> fields);
  absl::Status Row(absl::Span<const std::string> fields);
  absl::Status Text(absl::string_view text);
  absl::Status End();

  const std::vector<FileRecord>& records() const { return records_; }

 private:
  absl::Status Send(bool last);

  Sink sink_;
  FileRecord now_;
  std::string pending_;
  crypto_hash_sha256_state hash_;
  std::vector<FileRecord> records_;
};

}  // namespace reprise::extract

#endif  // REPRISE_EXTRACT_DOMAIN_DELIVERY_FILE_WRITER_H_
