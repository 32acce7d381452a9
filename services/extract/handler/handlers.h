// SPDX-License-Identifier: Apache-2.0
// One method a RPC, one file a method: load, decide, store, record.
#ifndef REPRISE_EXTRACT_HANDLER_HANDLERS_H_
#define REPRISE_EXTRACT_HANDLER_HANDLERS_H_

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "reprise/extract/v1/extract_service.pb.h"

#include "services/platform/call.h"
#include "services/platform/db/database.h"
#include "services/platform/rpc/stream.h"

namespace reprise::extract {

// Thread-safe.
class Handlers {
 public:
  // `key` seals the keys of the extracts; 32 bytes, outlives this.
  Handlers(db::Database& db, absl::string_view key) : db_(db), key_(key) {}

  absl::StatusOr<v1::Extract> RequestExtract(const Call&, const v1::RequestExtractRequest&);
  absl::StatusOr<v1::Extract> DecideExtract(const Call&, const v1::DecideExtractRequest&);
  absl::StatusOr<v1::ListExtractsResponse> ListExtracts(const Call&, const v1::ListExtractsRequest&);
  absl::Status DownloadExtract(const Call&, const v1::DownloadExtractRequest&,
                               rpc::Stream<v1::ExtractChunk>&);

 private:
  db::Database& db_;
  absl::string_view key_;
};

}  // namespace reprise::extract

#endif  // REPRISE_EXTRACT_HANDLER_HANDLERS_H_
