// SPDX-License-Identifier: Apache-2.0
// What the law expects of one leave, seen on one day: for each milestone the rule version that
// applies, its dates, its state, and the sentence that explains it. Pure; recomputed from the facts
// whenever they change, never edited.
#ifndef REPRISE_PHASE_DOMAIN_LEGAL_MILESTONE_H_
#define REPRISE_PHASE_DOMAIN_LEGAL_MILESTONE_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"

#include "services/phase/domain/legal/episode.h"
#include "services/phase/domain/legal/rule.h"

namespace reprise::legal {

// kPossible: may be held or prescribed, nothing is owed. kDue: must take place, the last day
// allowed has not passed. kNotApplicable includes "not yet" and "no longer"; the sentence says so.
enum class State { kNotApplicable, kPossible, kDue, kDone, kLate, kWaived };
absl::string_view NameOf(State state);  // "not_applicable"

struct Milestone {
  MilestoneKind kind = MilestoneKind::kPreReturnVisit;
  const Rule* rule = nullptr;  // of the rule book; null where no version applies
  std::string situation;       // which sentence explains it
  std::optional<absl::CivilDay> possible_from;
  std::optional<absl::CivilDay> due;
  std::optional<absl::CivilDay> latest;
  State state = State::kNotApplicable;
  std::optional<absl::CivilDay> done_on;
  std::vector<std::string> flags;  // what asks for a look, in the order found
  Text explanation;
};

struct EpisodeMilestones {
  LeaveEpisode episode;
  std::vector<Milestone> milestones;  // by kind; two of a kind where the leave straddles versions
};

// Milestones of every leave episode that had begun by `on` or is prescribed to begin, as known that
// day. The result points into `book`. Requires that CheckHistory found nothing.
std::vector<EpisodeMilestones> DeriveMilestones(const RuleBook& book, const History& history,
                                                absl::CivilDay on);

}  // namespace reprise::legal

#endif  // REPRISE_PHASE_DOMAIN_LEGAL_MILESTONE_H_
