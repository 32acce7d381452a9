// SPDX-License-Identifier: Apache-2.0
// Writes the files of an approved extract from one snapshot. Memory: one short entry a participant,
// and the rows of one batch of participants.
#ifndef REPRISE_EXTRACT_HANDLER_DELIVERY_H_
#define REPRISE_EXTRACT_HANDLER_DELIVERY_H_

#include <functional>
#include <vector>

#include "absl/status/status.h"

#include "services/extract/domain/delivery/file_writer.h"
#include "services/extract/domain/delivery/manifest.h"
#include "services/extract/domain/delivery/request.h"
#include "services/extract/domain/delivery/roster.h"
#include "services/extract/domain/delivery/wide_layout.h"
#include "services/extract/store/content_store.h"
#include "services/platform/db/database.h"

namespace reprise::extract {

// Lives inside one read transaction. Not thread-safe.
class Delivery {
 public:
  Delivery(db::Tx& tx, const Request& request, FileWriter::Sink sink)
      : tx_(tx), request_(request), writer_(std::move(sink)) {}

  absl::Status Run(const preparation::ExtractKey& key);

 private:
  // A row of a batch, and whose it is.
  using OnRow = std::function<absl::Status(const db::Row&, const Participant&)>;
  using Load = std::function<absl::StatusOr<db::Rows>(const Batch&)>;

  absl::Status WriteText(const std::string& file, const std::string& text);
  absl::Status WriteParticipants();
  absl::Status WriteCourse(const CourseFile& file);
  absl::Status WriteForm(const FormLayout& form);
  absl::Status WriteWide(const WideLayout& layout);
  absl::Status WriteDictionary(const WideLayout& layout);
  absl::Status ForEachRow(const Load& load, const OnRow& on_row);

  db::Tx& tx_;
  const Request& request_;
  FileWriter writer_;
  Roster roster_;
  Contents contents_;
};

}  // namespace reprise::extract

#endif  // REPRISE_EXTRACT_HANDLER_DELIVERY_H_
