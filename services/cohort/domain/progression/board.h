// SPDX-License-Identifier: Apache-2.0
// Progression rules on counts: what each metric counts (docs/cohort.md has the definitions), its
// interval, and its light. A denominator of 0 gives no estimate and no light.
#ifndef REPRISE_COHORT_DOMAIN_PROGRESSION_BOARD_H_
#define REPRISE_COHORT_DOMAIN_PROGRESSION_BOARD_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/types/span.h"

#include "services/cohort/domain/flow/flow.h"
#include "services/cohort/domain/progression/ascertainable.h"

namespace reprise::cohort {

struct ProgressionRule {
  std::string code = {};
  std::map<std::string, std::string> title = {};
  std::string metric = {};  // as in StudyDocument.ProgressionRule
  std::string of = {};      // a timepoint, a component, or empty
  double green = 0;
  double red = 0;
  bool lower_is_better = false;
  bool on_interval = false;  // judged on the unfavourable end of the interval
  bool post_hoc = false;
};

// A required questionnaire that has its days.
struct Due {
  std::string timepoint = {};
  absl::CivilDay closes = {};
  bool submitted = false;  // whenever it was
};

// A component of the intervention that has its window.
struct Offer {
  std::string component = {};
  absl::CivilDay closes = {};
  bool applicable = true;
  bool in_window = false;  // delivered in it at least once
};

// A participant with what the metrics ask about her, as recorded until the instant.
struct Course {
  Person person = {};
  bool intervention_arm = false;
  std::optional<absl::CivilDay> t0 = {};
  absl::CivilDay t0_and_a_year = {};
  std::vector<Due> questionnaires = {};
  std::vector<Offer> components = {};
  bool contaminated = false;  // a delivery to the control arm
  std::vector<WorkEpisode> work = {};  // by start
};

struct Evidence {
  FlowCounts flow = {};
  bool has_arms = false;     // without arms, whoever is enrolled stands for whoever is randomised
  int64_t open_days = 0;     // of sites, added up
  std::vector<Course> courses = {};
};

struct Count {
  int64_t numerator = 0;
  int64_t denominator = 0;  // thousandths of a site-month for RECRUITMENT_RATE
};

// What a metric counts. Empty for a metric that is not known.
std::optional<Count> CountOf(absl::string_view metric, absl::string_view of, const Evidence& evidence);

enum class Colour { kNone, kGreen, kAmber, kRed };

struct Judgement {
  ProgressionRule rule = {};
  Count count = {};
  std::optional<double> estimate = {}, lower = {}, upper = {};  // 95 %: Wilson, Garwood for the rate
  Colour colour = Colour::kNone;
  bool withheld = false;  // not shown to callers who see some sites only
};

// The light of a value (a proportion or a rate): green from `green`, red beyond `red`.
Colour ColourOf(const ProgressionRule& rule, double value);

// Any metric; one that is not known gives no light.
absl::StatusOr<Judgement> Judge(const ProgressionRule& rule, const Evidence& evidence);
// What callers who see some sites only get of a metric by arm.
bool IsByArm(absl::string_view metric);

// The worst light; none where there is none.
Colour Worst(absl::Span<const Judgement> judgements);

}  // namespace reprise::cohort

#endif  // REPRISE_COHORT_DOMAIN_PROGRESSION_BOARD_H_
