// SPDX-License-Identifier: Apache-2.0
// The course as the endpoint engine reads it, and what it answers (docs/endpoints.md). Derived, never
// stored.
#ifndef REPRISE_PHASE_DOMAIN_COURSE_ANSWERS_H_
#define REPRISE_PHASE_DOMAIN_COURSE_ANSWERS_H_

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "services/phase/domain/course/facts.h"
#include "services/phase/domain/endpoint/definition.h"
#include "services/phase/domain/endpoint/timeline.h"
#include "services/phase/domain/legal/rule.h"

namespace reprise::phase {

// Day 0 is T0, or 1 January 1970 while T0 is not known.
struct Observed {
  endpoint::Participant participant;
  std::vector<endpoint::Episode> episodes;  // normalised
  absl::CivilDay origin;
};

// Observation ends with the last known day: that of the last episode, today where it is open, and
// never after the end of the participation. UNKNOWN and death are not episodes of work; a death, or a
// retirement that nothing follows, is the competing event.
Observed ObservedOf(const Participation& participation, const Facts& facts, absl::CivilDay today);

struct Answer {
  std::string definition;
  int version = 1;
  std::string state;  // as EndpointResult.state
  std::optional<absl::CivilDay> reached;
  std::optional<int> days;
  std::map<std::string, std::string> landmarks;  // `T0+4m`: reached, not_reached, not_ascertainable
  legal::Text needed;                            // empty where settled
  std::optional<int> sick_days;                  // from T0 until the last known day
  std::string inputs_hash;
};

// One answer for each endpoint of the protocol, in its order. A definition that the program does not
// ship is not_ascertainable. For a count of days (`absence`) reached means that its window has passed.
std::vector<Answer> AnswersOf(const std::vector<endpoint::Definition>& definitions, const Protocol& protocol,
                              const Participation& participation, const Facts& facts, absl::CivilDay today);

}  // namespace reprise::phase

#endif  // REPRISE_PHASE_DOMAIN_COURSE_ANSWERS_H_
