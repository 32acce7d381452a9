// SPDX-License-Identifier: Apache-2.0
// What never changes of the instances that were read last, so that answers need not wait for it to be read
// again when they are submitted. Who may see an instance is not known here: what was remembered for one
// caller says nothing to another unless the database lets her write.
#ifndef REPRISE_QUESTIONNAIRE_HANDLER_INSTANCES_H_
#define REPRISE_QUESTIONNAIRE_HANDLER_INSTANCES_H_

#include <mutex>
#include <optional>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"

#include "services/platform/db/database.h"
#include "services/questionnaire/store/response_store.h"

namespace reprise::questionnaire {

// Thread-safe.
class Instances {
 public:
  // At least the last `generation` that were read are remembered and at most twice as many, about 300 bytes
  // each; a trial of 420 has some 20,000.
  explicit Instances(size_t generation = 25000) : generation_(generation) {}

  // From the database, and remembered. As LoadInstance.
  absl::StatusOr<Instance> Load(db::Tx& tx, const std::string& instance_id);

  // As remembered: its site may have changed. Never an instance that the team answers, which a policy on
  // reading hides from the participant herself.
  std::optional<Instance> Remembered(const std::string& instance_id);

 private:
  using Generation = absl::flat_hash_map<std::string, Instance>;
  const size_t generation_;
  std::mutex mutex_;
  Generation young_;
  Generation old_;  // forgotten when the young are enough to take its place
};

}  // namespace reprise::questionnaire

#endif  // REPRISE_QUESTIONNAIRE_HANDLER_INSTANCES_H_
