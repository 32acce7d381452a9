// SPDX-License-Identifier: Apache-2.0
#include "services/questionnaire/handler/zones.h"

#include "services/platform/status.h"
#include "services/questionnaire/store/schedule_store.h"

namespace reprise::questionnaire {

absl::StatusOr<absl::TimeZone> Zones::Get(db::Tx& tx, const std::string& site_id) {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (const auto at = zones_.find(site_id); at != zones_.end()) return at->second;
  }
  REPRISE_ASSIGN_OR_RETURN(const std::optional<std::string> name, LoadTimeZone(tx, site_id));
  absl::TimeZone zone;
  // Sites are made with a zone that exists, and participants with a site.
  REPRISE_CHECK(name.has_value() && absl::LoadTimeZone(*name, &zone));
  const std::lock_guard<std::mutex> lock(mutex_);
  return zones_.emplace(site_id, zone).first->second;
}

}  // namespace reprise::questionnaire
