// SPDX-License-Identifier: Apache-2.0
// One participation on its way to being told: first her treatment, work and leave (course.cc), then what
// the study makes of them (study_course.cc). Private to TellCourse.
#ifndef REPRISE_CLI_DEMO_TELLER_H_
#define REPRISE_CLI_DEMO_TELLER_H_

#include <optional>
#include <string>

#include "clients/cli/demo/dice.h"
#include "clients/cli/demo/story.h"

namespace reprise::cli::demo {

class Teller {
 public:
  Teller(const Plan& plan, Dice& dice, Participation& participation)
      : plan_(plan), dice_(dice), told_(participation) {}

  // Each part reads what the parts before it decided.
  void Tell();

 private:
  using Kind = Step::Kind;

  Step& Add(Kind kind, Day date, std::string code);
  void Treatment();
  void ReturnToWork();
  // Prescriptions of 31 days at first and up to 62 then, until the return; some are entered late.
  void Prescribe(Day from, Day until, bool part_time);
  void Leave();
  void Phases();
  void FirstDays();
  std::optional<Day> Anchor(const std::string& anchor) const;
  void Visits();
  void Components();
  void Questionnaires();
  void EndAt(Day day, Kind kind, const std::string& code);
  void Endings();
  void Order();
  // On one day, what others rest on comes first.
  static int Rank(Kind kind);

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

}  // namespace reprise::cli::demo

#endif  // REPRISE_CLI_DEMO_TELLER_H_
