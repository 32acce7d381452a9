// SPDX-License-Identifier: Apache-2.0
// Short words for timelines in tests.
#ifndef REPRISE_PHASE_DOMAIN_ENDPOINT_TIMELINES_FOR_TEST_H_
#define REPRISE_PHASE_DOMAIN_ENDPOINT_TIMELINES_FOR_TEST_H_

#include <algorithm>
#include <string>
#include <vector>

#include "services/phase/domain/endpoint/definition.h"
#include "services/phase/domain/endpoint/timeline.h"

namespace reprise::endpoint {

inline const std::vector<Definition>& Shipped() {
  static const auto& all = *new std::vector<Definition>(
      ParseDefinitions(ShippedDefinitions(), "definitions.yaml").value());
  return all;
}

inline const Definition& ById(const std::string& id) {
  return *std::find_if(Shipped().begin(), Shipped().end(),
                       [&](const Definition& d) { return d.id == id; });
}

inline Episode Of(int start, int end, WorkStatus status, double fraction = 0) {
  Episode episode;
  episode.start_day = start;
  episode.end_day = end;
  episode.status = status;
  episode.fraction[0] = fraction;
  return episode;
}
inline Episode Sick(int a, int b) { return Of(a, b, WorkStatus::kSick); }
inline Episode Work(int a, int b, double f = 1) { return Of(a, b, WorkStatus::kWork, f); }
inline Episode Part(int a, int b, double f) { return Of(a, b, WorkStatus::kPartial, f); }
inline Episode Leave(int a, int b) { return Of(a, b, WorkStatus::kLeave); }

inline Participant Until(int end, EndReason reason = EndReason::kAdministrative) {
  Participant participant;
  participant.index_day = 0;
  participant.obs_end_day = end;
  participant.end_reason = reason;
  if (reason == EndReason::kCompeting) participant.competing_day = end;
  return participant;
}

}  // namespace reprise::endpoint

#endif  // REPRISE_PHASE_DOMAIN_ENDPOINT_TIMELINES_FOR_TEST_H_
