// SPDX-License-Identifier: Apache-2.0
// What recorded facts forbid. A list is drawn from arms, ratios, factors and block sizes; from the
// first enrolment on somebody may have been allocated by it.
#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "absl/strings/str_cat.h"

#include "services/platform/status.h"
#include "services/study/domain/document/compare.h"

namespace reprise::study {
namespace {

using nlohmann::json;

StageUse UseOf(const std::vector<StageUse>& uses, const std::string& stage) {
  const auto at = std::find_if(uses.begin(), uses.end(), [&](const StageUse& use) { return use.stage == stage; });
  return at == uses.end() ? StageUse{} : *at;
}

// The stage of each progression rule.
void AddStagesOfRules(const std::string& document, std::multimap<std::string, std::string>& stages) {
  if (document.empty()) return;
  const json parsed = json::parse(document, nullptr, false);
  if (!parsed.contains("progression_rules")) return;
  for (const json& rule : parsed["progression_rules"]) {
    stages.emplace(rule.value("code", ""), rule.value("stage", ""));
  }
}

// Arms of stages with enrolments.
std::set<std::string> FrozenArms(const std::string& live, const std::vector<StageUse>& uses) {
  std::set<std::string> arms;
  if (live.empty()) return arms;
  const json parsed = json::parse(live, nullptr, false);
  for (const json& stage : parsed.value("stages", json::array())) {
    if (UseOf(uses, stage.value("code", "")).enrolments == 0) continue;
    for (const json& arm : stage.value("arms", json::array())) arms.insert(arm.get<std::string>());
  }
  return arms;
}

class Judge {
 public:
  Judge(const std::string& live, const std::string& next, const std::vector<StageUse>& uses)
      : uses_(uses), frozen_arms_(FrozenArms(live, uses)) {
    AddStagesOfRules(live, stages_of_rules_);
    AddStagesOfRules(next, stages_of_rules_);
  }
  Judgement judgement;

  void Consider(const Difference& change) {
    const std::string& list = change.steps[0];
    if (list == "stages" && change.steps.size() > 1) Stage(change);
    if (list == "arms") Arm(change);
    if (list == "sites" && change.steps.size() == 2 && change.kind == Difference::Kind::kRemoved) {
      Forbid(change, "SITE_STAYS", "A site is closed with closes_on, never removed.");
    }
    if (list == "signatures" && change.steps.size() > 1) Rules(change.steps[1]);
    if (list != "progression_rules" || change.steps.size() == 1) return;
    const auto [first, last] = stages_of_rules_.equal_range(change.steps[1]);
    for (auto at = first; at != last; ++at) Rules(at->second);
  }

 private:
  void Stage(const Difference& change) {
    const StageUse use = UseOf(uses_, change.steps[1]);
    if (change.steps.size() == 2) {
      if (change.kind == Difference::Kind::kRemoved && use.screenings > 0) {
        Forbid(change, "STAGE_HAS_SCREENINGS", "Candidates were screened for the stage.");
      }
      return;
    }
    const std::string& field = change.steps[2];
    if ((field == "kind" || field == "pilot_kind") && use.consents > 0) {
      Forbid(change, "STAGE_HAS_CONSENTS", "Participants consented to the stage as it was.");
    }
    if (use.enrolments > 0 && (field == "arms" || (field == "allocation" && DrawsTheList(change)))) {
      Forbid(change, "STAGE_HAS_ENROLMENTS", "Allocation by what it was may have begun.");
    }
  }

  static bool DrawsTheList(const Difference& change) {
    if (change.steps.size() < 4) return true;
    if (change.steps[3] == "after_timepoint") return false;
    return std::none_of(change.steps.begin(), change.steps.end(),
                        [](const std::string& step) { return step == "title" || step == "level_titles"; });
  }

  void Arm(const Difference& change) {
    const bool order = change.steps.size() == 1;
    const bool frozen = order ? !frozen_arms_.empty() : frozen_arms_.count(change.steps[1]) > 0;
    if (!frozen || (change.steps.size() > 2 && change.steps[2] == "title")) return;
    Forbid(change, "STAGE_HAS_ENROLMENTS", "Allocation by what it was may have begun.");
  }

  void Rules(const std::string& stage) {
    judgement.post_hoc = judgement.post_hoc || UseOf(uses_, stage).enrolments > 0;
  }
  void Forbid(const Difference& change, const char* reason, const char* message) {
    judgement.forbidden.push_back({change.path, reason, message});
  }

  const std::vector<StageUse>& uses_;
  const std::set<std::string> frozen_arms_;
  std::multimap<std::string, std::string> stages_of_rules_;
};

}  // namespace

Judgement JudgeChanges(const std::vector<Difference>& differences, const std::string& live,
                       const std::string& next, const std::vector<StageUse>& uses) {
  if (live.empty()) return {};
  Judge judge(live, next, uses);
  for (const Difference& difference : differences) judge.Consider(difference);
  return judge.judgement;
}

}  // namespace reprise::study
