// SPDX-License-Identifier: Apache-2.0
#include "services/extract/domain/delivery/errors.h"
#include "services/extract/domain/delivery/sealed_key.h"
#include "services/extract/handler/delivery.h"
#include "services/extract/handler/handlers.h"
#include "services/extract/store/request_store.h"
#include "services/platform/audit/append.h"
#include "services/platform/status.h"

namespace reprise::extract {

absl::Status Handlers::DownloadExtract(const Call& call, const v1::DownloadExtractRequest& request,
                                       rpc::Stream<v1::ExtractChunk>& out) {
  REPRISE_ASSIGN_OR_RETURN(const std::string extract_id, ParseUuid(request.extract_id(), "extract_id"));
  // Recorded before the first byte leaves.
  REPRISE_ASSIGN_OR_RETURN(
      const Request found, db_.Transact(call, [&](db::Tx& tx) -> absl::StatusOr<Request> {
        REPRISE_ASSIGN_OR_RETURN(Request loaded, LoadRequest(tx, extract_id));
        REPRISE_RETURN_IF_ERROR(CheckWholeStudy(call.scope.everywhere, call.scope.places, loaded.study_id));
        REPRISE_RETURN_IF_ERROR(CheckDownload(loaded));
        REPRISE_RETURN_IF_ERROR(audit::Append(tx, {.action = "extract.download",
                                                   .subject_type = "extract",
                                                   .subject_id = extract_id,
                                                   .study_id = loaded.study_id}));
        return loaded;
      }));
  REPRISE_ASSIGN_OR_RETURN(const preparation::ExtractKey key, OpenKey(key_, extract_id, found.sealed_key));
  bool begun = false;
  const auto send = [&](const std::string& file, std::string bytes, bool last) {
    begun = true;
    v1::ExtractChunk chunk;
    chunk.set_file(file);
    chunk.set_content(std::move(bytes));
    chunk.set_last(last);
    return out.Write(std::move(chunk)) ? absl::OkStatus() : ReaderGone();
  };
  return db_.Read(call, [&](db::Tx& tx) -> absl::Status {
    // What was sent cannot be taken back, so a rerun after a break of the database is refused.
    if (begun) return BrokenOff();
    return Delivery(tx, found, send).Run(key);
  });
}

}  // namespace reprise::extract
