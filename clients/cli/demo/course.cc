// SPDX-License-Identifier: Apache-2.0
#include "clients/cli/demo/course.h"

#include <algorithm>

#include "absl/algorithm/container.h"

namespace reprise::cli::demo {
namespace {

using Kind = Step::Kind;
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

class Teller {
 public:
  Teller(const Plan& plan, Dice& dice, Participation& participation)
      : plan_(plan), dice_(dice), told_(participation) {}

  void Tell() {
    Treatment();
    ReturnToWork();
    Leave();
    Phases();
    FirstDays();
    Visits();
    Components();
    Questionnaires();
    Endings();
    Order();
  }

 private:
  Step& Add(Kind kind, Day date, std::string code) {
    Step step;
    step.kind = kind;
    step.date = date;
    step.recorded = std::max(date, told_.enrolled);
    step.code = std::move(code);
    told_.steps.push_back(std::move(step));
    return told_.steps.back();
  }

  void Treatment() {
    chemo_start_ = told_.consent - dice_.Between(7, 60);
    surgery_ = chemo_start_ - dice_.Between(28, 45);
    leave_start_ = surgery_;
    const Day chemo_end = chemo_start_ + dice_.Between(105, 140);
    t0_ = chemo_end;
    Add(Kind::kMilestone, surgery_ - dice_.Between(15, 40), "DIAGNOSIS");
    Add(Kind::kMilestone, surgery_, "SURGERY");
    Add(Kind::kMilestone, chemo_start_, "CHEMOTHERAPY_START");
    Add(Kind::kMilestone, chemo_end, "CHEMOTHERAPY_END");
    if (dice_.Chance(0.8)) {
      t0_ = chemo_end + dice_.Between(40, 65);
      Add(Kind::kMilestone, t0_, "RADIOTHERAPY_END");
    }
    t0_known_ = dice_.Chance(0.97);
    if (!t0_known_) return;
    // Some first note a later day, and correct it from the letter of the hospital.
    const bool corrected = dice_.Chance(plan_.rates.t0_corrected);
    Step& first = Add(Kind::kMilestone, corrected ? t0_ + dice_.Between(5, 20) : t0_, "ACTIVE_TREATMENT_END");
    t0_recorded_ = std::max(t0_ + 25, told_.enrolled);
    first.recorded = t0_recorded_;
    if (corrected) Add(Kind::kCorrectedT0, t0_, "ACTIVE_TREATMENT_END").recorded = t0_ + dice_.Between(40, 100);
  }

  void ReturnToWork() {
    returns_ = !dice_.Chance(plan_.rates.never_returns);
    if (!returns_) return;
    return_ = t0_ + std::clamp(static_cast<int>(dice_.LogNormal(75, 0.8)), 5, 420);
    part_time_ = dice_.Chance(plan_.rates.part_time_return);
    relapse_ = dice_.Chance(plan_.rates.relapse);
    Add(Kind::kWork, leave_start_, "SICK_LEAVE");
    Day full = return_;
    if (part_time_) {
      Add(Kind::kWork, return_, "THERAPEUTIC_PART_TIME").percent = dice_.Chance(0.2) ? 40 : 50;
      full = return_ + dice_.Between(60, 180);
      part_time_end_ = full - 1;
      if (dice_.Chance(0.6)) Add(Kind::kWork, return_ + dice_.Between(35, 55), "THERAPEUTIC_PART_TIME").percent = 80;
    }
    if (relapse_) {
      relapse_start_ = (part_time_ ? return_ : full) + dice_.Between(35, 55);
      // What was to come after the relapse does not.
      told_.steps.erase(std::remove_if(told_.steps.begin(), told_.steps.end(),
                                       [&](const Step& step) {
                                         return step.kind == Kind::kWork && step.date >= relapse_start_;
                                       }),
                        told_.steps.end());
      if (!part_time_) Add(Kind::kWork, full, "FULL_TIME").percent = 100;
      part_time_end_ = std::min(part_time_end_, relapse_start_ - 1);
      relapse_end_ = relapse_start_ + dice_.Between(60, 100);
      Add(Kind::kWork, relapse_start_, "SICK_LEAVE");
      Add(Kind::kWork, relapse_end_ + 1, "FULL_TIME").percent = 100;
    } else if (part_time_ && dice_.Chance(0.15)) {
      Add(Kind::kWork, full, "CONTRACTUAL_PART_TIME").percent = 80;
    } else {
      Add(Kind::kWork, full, "FULL_TIME").percent = 100;
    }
  }

  // Prescriptions of 31 days at first and up to 62 then, until the return; some are entered late.
  void Prescribe(Day from, Day until, bool part_time) {
    bool first = !part_time;
    for (Day start = from; start <= until && start <= plan_.today; first = false) {
      const Day end = std::min(start + (first ? 31 : dice_.Between(28, 62)) - 1, until);
      Step& leave = Add(Kind::kLeave, start, first ? "INITIAL" : "EXTENSION");
      leave.until = end;
      leave.part_time = part_time;
      if (dice_.Chance(plan_.rates.late_entry)) leave.recorded = leave.recorded + dice_.Between(10, 60);
      start = end + 1;
    }
  }

  void Leave() {
    if (!returns_) Add(Kind::kWork, leave_start_, "SICK_LEAVE");
    Prescribe(leave_start_, returns_ ? return_ - 1 : plan_.today, false);
    if (part_time_) Prescribe(return_, part_time_end_, true);
    if (relapse_) Prescribe(relapse_start_, relapse_end_, false);
  }

  void Phases() {
    Add(Kind::kPhase, told_.enrolled, "LEAVE").detail = "ENROLMENT";
    if (!returns_) return;
    const Day preparation = std::max(return_ - dice_.Between(15, 60), told_.enrolled + 1);
    if (preparation < return_ && dice_.Chance(0.85)) {
      Add(Kind::kPhase, preparation, "PREPARATION").detail = "PRE_RETURN_VISIT";
    }
    back_in_study_ = return_ > told_.enrolled;
    if (!back_in_study_) return;
    Add(Kind::kPhase, return_, "RETURNED").detail = "EFFECTIVE_RETURN";
    if (!relapse_) return;
    Add(Kind::kPhase, relapse_start_, "LEAVE").detail = "NEW_LEAVE";
    Add(Kind::kPhase, relapse_end_ + 1, "RETURNED").detail = "EFFECTIVE_RETURN";
  }

  void FirstDays() {
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

  std::optional<Day> Anchor(const std::string& anchor) const {
    if (anchor == "CONSENT") return told_.consent;
    if (anchor == "T0") return t0_known_ ? std::optional<Day>(t0_) : std::nullopt;
    if (anchor == "CHEMO_START") return chemo_start_;
    if (anchor == "LEAVE_START") return leave_start_;
    if (anchor == "RETURN") return back_in_study_ ? std::optional<Day>(return_) : std::nullopt;
    return std::nullopt;
  }

  void Visits() {
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

  void Components() {
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

  void Questionnaires() {
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

  void EndAt(Day day, Kind kind, const std::string& code) {
    told_.steps.erase(std::remove_if(told_.steps.begin(), told_.steps.end(),
                                     [&](const Step& step) { return step.recorded >= day || step.date >= day; }),
                      told_.steps.end());
    Add(kind, day, code);
  }

  void Endings() {
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

  void Order() {
    told_.steps.erase(std::remove_if(told_.steps.begin(), told_.steps.end(),
                                     [&](const Step& step) { return step.date > plan_.today; }),
                      told_.steps.end());
    absl::c_stable_sort(told_.steps, [](const Step& a, const Step& b) {
      return std::tuple(a.recorded, Rank(a.kind), a.date) < std::tuple(b.recorded, Rank(b.kind), b.date);
    });
  }
  // On one day, what others rest on comes first.
  static int Rank(Kind kind) {
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

  const Plan& plan_;
  Dice& dice_;
  Participation& told_;
  Day surgery_, chemo_start_, t0_, t0_recorded_, leave_start_, return_, relapse_start_, relapse_end_;
  Day part_time_end_ = {};
  bool t0_known_ = false;
  bool returns_ = false;
  bool back_in_study_ = false;  // the return is a phase of the study: it was after the enrolment
  bool part_time_ = false;
  bool relapse_ = false;
  bool has_baseline_ = true;
  bool allocated_ = false;
};

}  // namespace

void TellCourse(const Plan& plan, Dice& dice, Participation& participation) {
  Teller(plan, dice, participation).Tell();
}

}  // namespace reprise::cli::demo
