// SPDX-License-Identifier: Apache-2.0
// The rules of protocols, read once a process: a version that was applied never changes.
#ifndef REPRISE_PHASE_HANDLER_PROTOCOLS_H_
#define REPRISE_PHASE_HANDLER_PROTOCOLS_H_

#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <tuple>

#include "absl/status/statusor.h"

#include "services/phase/domain/course/facts.h"
#include "services/phase/store/course_store.h"
#include "services/platform/db/database.h"

namespace reprise::phase {

// Thread-safe.
class Protocols {
 public:
  // As LoadProtocol. Lives as long as this; kept by study, version and stage, of which there are few.
  absl::StatusOr<const Protocol*> Of(db::Tx& tx, const Place& place);

 private:
  using Key = std::tuple<std::string, int64_t, std::string>;
  std::mutex mutex_;
  std::map<Key, const Protocol> known_;  // guarded by mutex_
};

}  // namespace reprise::phase

#endif  // REPRISE_PHASE_HANDLER_PROTOCOLS_H_
