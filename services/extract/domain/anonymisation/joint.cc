// SPDX-License-Identifier: Apache-2.0
#include "services/extract/domain/anonymisation/joint.h"

#include "absl/container/flat_hash_map.h"

namespace reprise::extract::anonymisation {

std::vector<uint32_t> JointSensitives(const Records& records, uint32_t& values) {
  std::vector<uint32_t> joint;
  values = 0;
  if (records.sensitives.empty()) return joint;
  joint = records.sensitive[0];
  values = records.sensitives[0].values;
  for (size_t s = 1; s < records.sensitives.size(); ++s) {
    absl::flat_hash_map<uint64_t, uint32_t> ids;
    for (size_t t = 0; t < joint.size(); ++t) {
      const uint64_t pair = uint64_t{joint[t]} << 32 | records.sensitive[s][t];
      joint[t] = ids.emplace(pair, static_cast<uint32_t>(ids.size())).first->second;
    }
    values = static_cast<uint32_t>(ids.size());
  }
  return joint;
}

}  // namespace reprise::extract::anonymisation
