// SPDX-License-Identifier: Apache-2.0
#include "services/phase/domain/course/windows.h"

#include <algorithm>

#include "services/phase/domain/endpoint/landmark.h"

namespace reprise::phase {
namespace {

template <typename Rule>
std::optional<Window> Around(const Rule& rule, const Anchors& anchors) {
  const std::optional<absl::CivilDay> anchor = anchors.Of(rule.anchor);
  if (!anchor.has_value()) return std::nullopt;
  const absl::CivilDay aim = Shifted(*anchor, rule.aim);
  return Window{.first = aim - rule.before_days, .last = aim + rule.after_days};
}

void Earliest(std::optional<absl::CivilDay>& least, absl::CivilDay day) {
  least = least.has_value() ? std::min(*least, day) : day;
}

}  // namespace

std::optional<absl::CivilDay> DateOf(const std::vector<Milestone>& milestones, MilestoneKind kind) {
  for (const Milestone& milestone : milestones) {
    if (milestone.kind == kind) return milestone.date;
  }
  return std::nullopt;
}

std::optional<absl::CivilDay> Anchors::Of(absl::string_view anchor) const {
  if (anchor == "CONSENT") return consent;
  if (anchor == "T0") return t0;
  if (anchor == "CHEMO_START") return chemo_start;
  if (anchor == "LEAVE_START") return leave_start;
  if (anchor == "RETURN") return first_return;
  return std::nullopt;
}

Anchors AnchorsOf(const Participation& participation, const Facts& facts) {
  Anchors anchors{.consent = participation.consent,
                  .t0 = DateOf(facts.milestones, MilestoneKind::kActiveTreatmentEnd),
                  .chemo_start = DateOf(facts.milestones, MilestoneKind::kChemotherapyStart),
                  .leave_start = {},
                  .first_return = {}};
  for (const Leave& leave : facts.leaves) {
    if (!leave.void_time.has_value() && !leave.part_time) Earliest(anchors.leave_start, leave.start);
  }
  for (const PhaseEpisode& phase : facts.phases) {
    if (phase.kind == PhaseKind::kReturned) Earliest(anchors.first_return, phase.start);
  }
  return anchors;
}

absl::CivilDay Shifted(absl::CivilDay anchor, const Offset& offset) {
  return endpoint::AddMonths(anchor, offset.months) + offset.days;
}

std::optional<Window> WindowOf(const VisitRule& rule, const Anchors& anchors) { return Around(rule, anchors); }
std::optional<Window> WindowOf(const QuestionnaireRule& rule, const Anchors& anchors) {
  return Around(rule, anchors);
}
std::optional<Window> WindowOf(const ComponentRule& rule, const Anchors& anchors) {
  const std::optional<absl::CivilDay> anchor = anchors.Of(rule.anchor);
  if (!anchor.has_value()) return std::nullopt;
  Window window{.first = Shifted(*anchor, rule.from), .last = Shifted(*anchor, rule.until)};
  if (*window.last < window.first) window.last.reset();
  return window;
}

}  // namespace reprise::phase
