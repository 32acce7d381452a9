// SPDX-License-Identifier: Apache-2.0
#include "services/phase/domain/course/visits.h"

#include <algorithm>

#include "absl/strings/ascii.h"

#include "services/phase/domain/course/errors.h"

namespace reprise::phase {
namespace {

constexpr absl::string_view kModes[] = {"IN_PERSON", "VIDEO", "TELEPHONE"};
constexpr absl::string_view kMeasures[] = {"WORK_TIME", "JOB_ADAPTATION", "NONE"};
constexpr absl::string_view kRecipients[] = {"PARTICIPANT", "GENERAL_PRACTITIONER", "OCCUPATIONAL_PHYSICIAN",
                                             "EMPLOYER",    "MANAGER",              "COLLEAGUE"};

template <size_t n>
bool Among(const absl::string_view (&names)[n], const std::string& name) {
  return std::find(std::begin(names), std::end(names), name) != std::end(names);
}

}  // namespace

const VisitRule* FindVisit(const Protocol& protocol, const std::string& visit) {
  for (const VisitRule& rule : protocol.visits) {
    if (rule.visit == visit) return &rule;
  }
  return nullptr;
}

const ComponentRule* FindComponent(const Protocol& protocol, const std::string& component) {
  for (const ComponentRule& rule : protocol.components) {
    if (rule.component == component) return &rule;
  }
  return nullptr;
}

absl::Status CheckMode(const std::string& mode) {
  return Among(kModes, mode) ? absl::OkStatus() : ModeUnknown();
}

absl::Status CheckRecorder(const VisitRule& rule, const std::vector<std::string>& roles) {
  const std::string wanted = absl::AsciiStrToLower(rule.recorded_by);
  if (wanted.empty() || std::find(roles.begin(), roles.end(), wanted) != roles.end()) return absl::OkStatus();
  return VisitNotYours();
}

absl::Status CheckMeasures(const VisitRule& rule, const std::vector<std::string>& measures) {
  for (size_t i = 0; i < measures.size(); ++i) {
    const bool repeated = std::find(measures.begin(), measures.begin() + i, measures[i]) != measures.begin() + i;
    if (rule.recorded_by == "COORDINATOR" || !Among(kMeasures, measures[i]) || repeated ||
        (measures[i] == "NONE" && measures.size() > 1)) {
      return MeasureUnknown(static_cast<int>(i));
    }
  }
  return absl::OkStatus();
}

bool InWindow(const Visit& visit, const std::optional<Window>& window) {
  return visit.state == VisitState::kDone && window.has_value() && window->Has(visit.date);
}

bool HadLeaveLongerThan(const Facts& facts, const std::vector<Window>& leave_episodes, int months,
                        absl::CivilDay day) {
  const auto longer = [&](absl::CivilDay start, absl::CivilDay end) {
    return std::min(end, day) >= Shifted(start, {.months = months, .days = 0});
  };
  for (const Window& episode : leave_episodes) {
    if (longer(episode.first, episode.last.value_or(day))) return true;
  }
  for (const WorkEpisode& episode : facts.work) {
    if (episode.kind == WorkKind::kSickLeave && longer(episode.start, episode.end.value_or(day))) return true;
  }
  return false;
}

absl::StatusOr<std::vector<std::string>> CheckDelivery(const ComponentRule& rule,
                                                       const Participation& participation,
                                                       const Facts& facts,
                                                       const std::vector<Window>& leave_episodes,
                                                       const Delivery& delivery, bool out_of_protocol) {
  if (!Among(kRecipients, delivery.recipient)) return RecipientUnknown();
  if (!out_of_protocol && rule.leave_longer_than_months > 0 &&
      !HadLeaveLongerThan(facts, leave_episodes, rule.leave_longer_than_months, delivery.date)) {
    return ComponentNotApplicable();
  }
  std::vector<std::string> flags;
  if (participation.intervention_arm == false) flags.push_back("CONTROL_ARM");
  const std::optional<Window> window = WindowOf(rule, AnchorsOf(participation, facts));
  if (window.has_value() && !window->Has(delivery.date)) flags.push_back("OUT_OF_WINDOW");
  if (out_of_protocol || delivery.date > participation.intervention_stop.value_or(delivery.date)) {
    flags.push_back("OUT_OF_PROTOCOL");
  }
  return flags;
}

}  // namespace reprise::phase
