// SPDX-License-Identifier: Apache-2.0
#include "services/questionnaire/handler/instances.h"

#include <utility>

#include "services/platform/status.h"

namespace reprise::questionnaire {

absl::StatusOr<Instance> Instances::Load(db::Tx& tx, const std::string& instance_id) {
  REPRISE_ASSIGN_OR_RETURN(Instance instance, LoadInstance(tx, instance_id));
  if (instance.respondent == Respondent::kTeam) return instance;
  const std::lock_guard<std::mutex> lock(mutex_);
  young_.insert_or_assign(instance_id, instance);
  if (young_.size() >= generation_) old_ = std::exchange(young_, {});
  return instance;
}

std::optional<Instance> Instances::Remembered(const std::string& instance_id) {
  const std::lock_guard<std::mutex> lock(mutex_);
  for (const Generation* const generation : {&young_, &old_}) {
    if (const auto at = generation->find(instance_id); at != generation->end()) return at->second;
  }
  return std::nullopt;
}

}  // namespace reprise::questionnaire
