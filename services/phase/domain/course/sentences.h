// SPDX-License-Identifier: Apache-2.0
// Words and dates of the course for people, in French and English.
#ifndef REPRISE_PHASE_DOMAIN_COURSE_SENTENCES_H_
#define REPRISE_PHASE_DOMAIN_COURSE_SENTENCES_H_

#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"

#include "services/phase/domain/course/kinds.h"
#include "services/phase/domain/legal/rule.h"

namespace reprise::phase {

using legal::Text;

Text operator+(Text a, const Text& b);
Text Same(absl::string_view text);  // alike in both languages

// "30/08/2026" and "30 August 2026".
Text Day(absl::CivilDay day);
// "du 01/07/2026 au 30/08/2026" and "from 1 July 2026 to 30 August 2026".
Text Days(absl::CivilDay first, absl::CivilDay last);

Text WordFor(PhaseKind kind);               // "après la reprise"
Text WordFor(legal::MilestoneKind kind);    // "visite de reprise"
// Of a milestone's or an endpoint's state: "due" is "à faire".
Text WordForState(absl::string_view state);

}  // namespace reprise::phase

#endif  // REPRISE_PHASE_DOMAIN_COURSE_SENTENCES_H_
