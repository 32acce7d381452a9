// SPDX-License-Identifier: Apache-2.0
#include "clients/cli/demo/teller.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "absl/algorithm/container.h"

namespace reprise::cli::demo {
namespace {

using study::v1::StudyDocument;

// `day` and whole months, clamped to the month's end.
Day AddMonths(Day day, int months) {
  const absl::CivilMonth month = absl::CivilMonth(day) + months;
  const Day last = Day(month + 1) - 1;
  return std::min(Day(month) + (day.day() - 1), last);
}

bool InStage(const google::protobuf::RepeatedPtrField<std::string>& stages, const std::string& stage) {
  return stages.empty() || absl::c_linear_search(stages, stage);
}

}  // namespace

void Teller::FirstDays() {
  Add(Kind::kAssign, told_.enrolled, "");
  const StudyDocument::Stage* stage = nullptr;
  for (const auto& each : plan_.document->stages()) {
    if (each.code() == plan_.stage) stage = &each;
  }
  if (stage == nullptr || stage->arms().empty()) return;
  for (const auto& factor : stage->allocation().factors()) {
    if (factor.code() == "site") continue;
    told_.factors[factor.code()] = factor.levels(dice_.Between(0, factor.levels_size() - 1));
  }
  has_baseline_ = dice_.Chance(plan_.rates.baseline);
  if (has_baseline_) {
    allocated_ = true;
    Add(Kind::kAllocate, told_.enrolled + dice_.Between(0, 5), "");
  }
}

std::optional<Day> Teller::Anchor(const std::string& anchor) const {
  if (anchor == "CONSENT") return told_.consent;
  if (anchor == "T0") return t0_known_ ? std::optional<Day>(t0_) : std::nullopt;
  if (anchor == "CHEMO_START") return chemo_start_;
  if (anchor == "LEAVE_START") return leave_start_;
  if (anchor == "RETURN") return back_in_study_ ? std::optional<Day>(return_) : std::nullopt;
  return std::nullopt;
}

void Teller::Visits() {
  for (const auto& visit : plan_.document->visits()) {
    const std::optional<Day> anchor = Anchor(visit.anchor());
    if (!anchor.has_value() || !InStage(visit.stages(), plan_.stage) || !dice_.Chance(0.85)) continue;
    const Day target = AddMonths(*anchor, visit.offset_months()) + visit.offset_days();
    const bool in_window = dice_.Chance(plan_.rates.on_time);
    // What is to come before the return is not made up for after it.
    if (!in_window && visit.anchor() == "RETURN" && target < *anchor) continue;
    const Day day = in_window ? target + dice_.Between(-std::min(visit.before_days(), 20),
                                                       std::min(visit.after_days(), 20))
                              : target + visit.after_days() + dice_.Between(1, 12);
    Step& step = Add(Kind::kVisit, std::max(day, told_.enrolled), visit.code());
    if (visit.recorded_by() == "OCCUPATIONAL_PHYSICIAN") step.detail = part_time_ ? "WORK_TIME" : "NONE";
  }
}

void Teller::Components() {
  for (const auto& component : plan_.document->components()) {
    const std::optional<Day> anchor = Anchor(component.anchor());
    const double leave_months = static_cast<double>((returns_ ? return_ : plan_.today) - leave_start_) / 30.44;
    const bool applies = leave_months > component.leave_longer_than_months() + 0.5;
    if (!anchor.has_value() || !applies) continue;
    const bool intervention = dice_.Chance(plan_.rates.delivered);
    const bool control = dice_.Chance(plan_.rates.contamination);
    const Day from = AddMonths(*anchor, component.from_months()) + component.from_days();
    const Day until = AddMonths(*anchor, component.until_months()) + component.until_days();
    const bool in_window = dice_.Chance(plan_.rates.on_time);
    if (!in_window && component.anchor() == "RETURN" && until < *anchor) continue;
    const Day day = in_window
                        ? from + dice_.Between(0, std::max(0, static_cast<int>(until - from)))
                        : until + dice_.Between(3, 30);
    // Before the months of leave have passed the step does not apply yet.
    Day earliest = std::max(told_.enrolled + 6, day);
    if (component.leave_longer_than_months() > 0) {
      earliest = std::max(earliest, AddMonths(leave_start_, component.leave_longer_than_months()) + 5);
      if (returns_ && earliest >= return_) continue;
    }
    if (!intervention && !control) continue;
    Step& step = Add(Kind::kDelivery, earliest, component.code());
    step.detail = "PARTICIPANT";
    step.arm = intervention && control ? Step::Arm::kAny
               : intervention          ? Step::Arm::kIntervention
                                       : Step::Arm::kControl;
  }
}

void Teller::Questionnaires() {
  std::map<std::string, Day> days;
  for (const auto& due : plan_.document->questionnaires()) {
    const std::optional<Day> anchor = Anchor(due.anchor());
    if (!anchor.has_value() || !InStage(due.stages(), plan_.stage)) continue;
    if (days.count(due.timepoint()) != 0) continue;
    const Day target = AddMonths(*anchor, due.offset_months()) + due.offset_days();
    const bool baseline = due.anchor() == "CONSENT" && due.offset_months() == 0;
    if (baseline) {
      days[due.timepoint()] = told_.enrolled;
      if (has_baseline_) Add(Kind::kQuestionnaires, told_.enrolled, due.timepoint());
      continue;
    }
    const auto rate = plan_.rates.returned.find(due.offset_months());
    const double returned = rate == plan_.rates.returned.end() ? 0.8 : rate->second;
    const Day day = target + dice_.Between(-std::min(due.before_days(), 6), std::min(due.after_days(), 20));
    days[due.timepoint()] = day;
    if (!dice_.Chance(returned)) continue;
    Step& step = Add(Kind::kQuestionnaires, std::max(day, told_.enrolled), due.timepoint());
    step.recorded = step.date + dice_.Between(0, 4);
    // Nothing is due before the day that it counts from is known.
    if (due.anchor() == "T0") step.recorded = std::max(step.recorded, t0_recorded_);
  }
}

void Teller::EndAt(Day day, Kind kind, const std::string& code) {
  told_.steps.erase(std::remove_if(told_.steps.begin(), told_.steps.end(),
                                   [&](const Step& step) { return step.recorded >= day || step.date >= day; }),
                    told_.steps.end());
  Add(kind, day, code);
}

void Teller::Endings() {
  const Day some_day = told_.enrolled + dice_.Between(30, 360);
  if (dice_.Chance(plan_.rates.withdrawal)) {
    const int kind = dice_.Between(0, 3);
    if (kind == 0) {
      Add(Kind::kWithdraw, some_day, "INTERVENTION");
    } else {
      EndAt(some_day, Kind::kWithdraw, kind == 1 ? "CONTACT" : kind == 2 ? "ALL" : "ALL_WITH_ERASURE");
    }
  } else if (allocated_ && dice_.Chance(plan_.rates.lost)) {
    const bool found = dice_.Chance(0.3);
    if (found) {
      Add(Kind::kLifecycle, some_day, "LOST");
      Add(Kind::kLifecycle, some_day + 60, "FOUND");
    } else {
      EndAt(some_day, Kind::kLifecycle, "LOST");
    }
  } else if (dice_.Chance(plan_.rates.death)) {
    EndAt(some_day, Kind::kLifecycle, "DECEASED");
  }
}

void Teller::Order() {
  told_.steps.erase(std::remove_if(told_.steps.begin(), told_.steps.end(),
                                   [&](const Step& step) { return step.date > plan_.today; }),
                    told_.steps.end());
  absl::c_stable_sort(told_.steps, [](const Step& a, const Step& b) {
    return std::tuple(a.recorded, Rank(a.kind), a.date) < std::tuple(b.recorded, Rank(b.kind), b.date);
  });
}

int Teller::Rank(Kind kind) {
  switch (kind) {
    case Kind::kAssign: return 0;
    case Kind::kMilestone: return 1;
    case Kind::kCorrectedT0: return 2;
    case Kind::kLeave: return 3;
    case Kind::kWork: return 4;
    case Kind::kPhase: return 5;
    case Kind::kQuestionnaires: return 6;
    case Kind::kAllocate: return 7;
    default: return 8;
  }
}

}  // namespace reprise::cli::demo
