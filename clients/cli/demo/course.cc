// SPDX-License-Identifier: Apache-2.0
#include "clients/cli/demo/course.h"

#include <algorithm>

#include "clients/cli/demo/teller.h"

namespace reprise::cli::demo {

void Teller::Tell() {
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

Step& Teller::Add(Kind kind, Day date, std::string code) {
  Step step;
  step.kind = kind;
  step.date = date;
  step.recorded = std::max(date, told_.enrolled);
  step.code = std::move(code);
  told_.steps.push_back(std::move(step));
  return told_.steps.back();
}

void Teller::Treatment() {
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

void Teller::ReturnToWork() {
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

void Teller::Prescribe(Day from, Day until, bool part_time) {
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

void Teller::Leave() {
  if (!returns_) Add(Kind::kWork, leave_start_, "SICK_LEAVE");
  Prescribe(leave_start_, returns_ ? return_ - 1 : plan_.today, false);
  if (part_time_) Prescribe(return_, part_time_end_, true);
  if (relapse_) Prescribe(relapse_start_, relapse_end_, false);
}

void Teller::Phases() {
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

void TellCourse(const Plan& plan, Dice& dice, Participation& participation) {
  Teller(plan, dice, participation).Tell();
}

}  // namespace reprise::cli::demo
