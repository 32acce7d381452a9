// SPDX-License-Identifier: Apache-2.0
#include "services/phase/domain/course/derived.h"

#include "services/phase/domain/course/law.h"
#include "services/phase/domain/course/questions.h"
#include "services/platform/status.h"

namespace reprise::phase {

Books ShippedBooks() {
  auto law = legal::ParseRules(legal::ShippedRules());
  auto definitions = endpoint::ParseDefinitions(endpoint::ShippedDefinitions(), "definitions.yaml");
  REPRISE_CHECK(law.ok());
  REPRISE_CHECK(definitions.ok());
  return {.law = *std::move(law), .definitions = *std::move(definitions)};
}

Derived Derive(const Books& books, const Protocol& protocol, const Participation& participation,
               const Facts& facts, absl::CivilDay today) {
  Derived derived;
  derived.leaves = LegalMilestonesOf(books.law, facts, today);
  derived.answers = AnswersOf(books.definitions, protocol, participation, facts, today);
  derived.questions =
      QuestionsOf(facts, derived.leaves, books.law.gap_query_days, protocol.relapse_days, today);
  derived.anchors = AnchorsOf(participation, facts);
  return derived;
}

std::vector<Window> LeaveWindows(const Derived& derived) {
  std::vector<Window> windows;
  for (const legal::EpisodeMilestones& leave : derived.leaves) {
    if (leave.episode.full) windows.push_back({leave.episode.start, leave.episode.end});
  }
  return windows;
}

}  // namespace reprise::phase
