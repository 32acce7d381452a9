// SPDX-License-Identifier: Apache-2.0
#include "services/phase/domain/course/visit_list.h"

#include "services/platform/time/clock.h"

namespace reprise::phase {

VisitKey KeyOf(const ListedVisit& visit) {
  VisitKey key{.participant_code = visit.participant_code, .position = visit.position};
  key.date = visit.date.has_value() ? FormatDate(*visit.date) : "infinity";
  if (!visit.visit_id.empty()) key.visit_id = visit.visit_id;
  return key;
}

}  // namespace reprise::phase
