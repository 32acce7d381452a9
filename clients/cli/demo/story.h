// SPDX-License-Identifier: Apache-2.0
// What happens to one candidate of the demo, from screening to the end of follow-up: invented, but
// with the rates of published studies (docs/demo.md names them). Pure: the same seed, site and number
// tell the same story. The study document says which visits, components and questionnaires there are.
#ifndef REPRISE_CLI_DEMO_STORY_H_
#define REPRISE_CLI_DEMO_STORY_H_

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"

#include "reprise/enrolment/v1/screening.pb.h"
#include "reprise/study/v1/document.pb.h"

#include "clients/cli/demo/dice.h"

namespace reprise::cli::demo {

using Day = absl::CivilDay;

// Shares of candidates or participants, 0 to 1.
struct Rates {
  double eligible = 0.146;  // of the screened: 163 of 1,114 (Hubbard 2013)
  double consent = 0.25;    // of the eligible: 23 of 111 approached there; here a little more
  double baseline = 0.97;
  double part_time_return = 0.70;
  double never_returns = 0.08;
  double relapse = 0.12;
  double withdrawal = 0.06;
  double lost = 0.05;
  double death = 0.01;
  double t0_corrected = 0.10;
  double late_entry = 0.15;  // of leave prescriptions
  double contamination = 0.05;
  double on_time = 0.75;     // of deliveries that take place
  double delivered = 0.80;
  std::map<int, double> returned = {{4, 0.90}, {8, 0.84}, {12, 0.80}};  // by months
};

struct Step {
  enum class Kind {
    kMilestone, kCorrectedT0, kLeave, kWork, kPhase, kVisit, kDelivery, kQuestionnaires, kAllocate,
    kAssign, kWithdraw, kLifecycle
  };
  Kind kind = Kind::kMilestone;
  Day date;             // when it happens
  Day recorded;         // when somebody enters it; the order of entering
  std::string code;     // milestone, situation, phase, visit, component, timepoint, withdrawal, event
  Day until = {};       // leave
  int percent = 0;      // work
  bool part_time = false;  // leave
  std::string detail = {};    // trigger, recipient, measure
  // Played only in this arm; empty: in every arm.
  enum class Arm { kAny, kIntervention, kControl } arm = Arm::kAny;
};

struct Participation {
  Day consent;
  Day enrolled;
  std::map<std::string, std::string> factors;  // strata, without the site
  std::vector<Step> steps;                     // by `recorded`
};

struct Story {
  Day screened;
  std::vector<std::string> failed;  // criteria; empty: eligible
  std::string decline;              // reason, where eligible and declined
  std::optional<enrolment::v1::Identity> identity;
  std::optional<Participation> participation;
};

// The stage and period of a demo. `document` outlives it.
struct Plan {
  const study::v1::StudyDocument* document = nullptr;
  std::string stage;
  Day opens;   // first screening
  Day closes;  // last screening
  Day today;   // nothing later is played
  uint64_t seed = 1;
  Rates rates = {};
};

// `consents`: whether this candidate becomes a participant, so that a demo has the number asked for.
Story Tell(const Plan& plan, size_t site, int number, bool consents);

// An invented person born on `birth`; no name of the lists belongs to a real one more than any other.
enrolment::v1::Identity Invent(Dice& dice, Day birth);

}  // namespace reprise::cli::demo

#endif  // REPRISE_CLI_DEMO_STORY_H_
