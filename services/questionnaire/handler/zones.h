// SPDX-License-Identifier: Apache-2.0
// Time zones of sites, kept in memory because a site never changes its own.
#ifndef REPRISE_QUESTIONNAIRE_HANDLER_ZONES_H_
#define REPRISE_QUESTIONNAIRE_HANDLER_ZONES_H_

#include <mutex>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"

#include "services/platform/db/database.h"

namespace reprise::questionnaire {

// Thread-safe.
class Zones {
 public:
  // Of a site of whose participants the caller sees one.
  absl::StatusOr<absl::TimeZone> Get(db::Tx& tx, const std::string& site_id);

 private:
  std::mutex mutex_;
  absl::flat_hash_map<std::string, absl::TimeZone> zones_;
};

}  // namespace reprise::questionnaire

#endif  // REPRISE_QUESTIONNAIRE_HANDLER_ZONES_H_
