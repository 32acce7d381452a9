// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <set>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

#include "services/study/domain/document/faults.h"
#include "services/study/domain/document/names.h"

namespace reprise::study {
namespace {

void CheckPilotKind(const Spot& stage, Faults& faults) {
  const bool pilot = TextOf(*stage.node, "kind") == "PILOT";
  const bool written = !TextOf(*stage.node, "pilot_kind").empty();
  if (pilot && !written) {
    faults.AddField(stage, "pilot_kind", "PILOT_KIND_REQUIRED",
                    "EXTERNAL or INTERNAL is required: it says whether the pilot's data join the main analysis.");
  }
  if (!pilot && written) {
    faults.AddField(stage, "pilot_kind", "PILOT_KIND_MISPLACED", "Only a pilot has a pilot kind.");
  }
}

void CheckTargets(const Spot& stage, Faults& faults) {
  std::optional<absl::CivilDay> before;
  for (const Spot& target : Spots(stage, "targets")) {
    const auto from = DayOf(*target.node, "from");
    if (from.has_value() && before.has_value() && *from <= *before) {
      faults.AddField(target, "from", "TARGETS_UNORDERED", "Each target counts from a later day than the one before.");
    }
    before = from.has_value() ? from : before;
  }
}

void CheckLevelTitles(const Spot& factor, const std::vector<std::string>& levels, Faults& faults) {
  for (const Spot& title : Spots(factor, "level_titles")) {
    const std::string level = TextOf(*title.node, "level");
    if (level.empty() || std::find(levels.begin(), levels.end(), level) != levels.end()) continue;
    const std::string meant = Nearest(level, levels);
    faults.AddField(title, "level", "REFERENCE_UNKNOWN",
                    absl::StrCat("There is no such level of the factor",
                                 meant.empty() ? "." : absl::StrCat("; perhaps ", meant, " is meant.")));
  }
}

void CheckFactors(const Spot& allocation, Faults& faults) {
  for (const Spot& factor : Spots(allocation, "factors")) {
    const std::vector<std::string> levels = TextsOf(*factor.node, "levels");
    CheckLevelTitles(factor, levels, faults);
    if (TextOf(*factor.node, "code") == "site") {
      if (!levels.empty()) {
        faults.AddField(factor, "levels", "FACTOR_LEVELS", "The levels of `site` are the sites; write none.");
      }
      continue;
    }
    const std::set<std::string> different(levels.begin(), levels.end());
    if (levels.size() < 2 || levels.size() > 50 || different.size() != levels.size()) {
      faults.AddField(factor, "levels", "FACTOR_LEVELS", "2 to 50 different levels are required.");
    }
    for (const std::string& level : levels) {
      if (!level.empty() && level.size() <= 64 && level.find_first_of("|=") == std::string::npos) continue;
      faults.AddField(factor, "levels", "FACTOR_LEVELS", "A level has 1 to 64 bytes, without | and =.");
    }
    const YamlNode* const title = Find(*factor.node, "title");
    for (const char* const language : {"fr", "en"}) {
      if (title != nullptr && !TextOf(*title, language).empty()) continue;
      faults.Add(PlaceOf(*factor.node, "title"), absl::StrCat(factor.path, ".title.", language), "LANGUAGE_MISSING",
                 "A text in both languages, fr and en, is required.");
    }
  }
}

// The sum of the ratios of the stage's arms, or 0 where it has a fault of its own.
int64_t RatioSum(const Spot& root, const Spot& stage) {
  const std::vector<std::string> listed = TextsOf(*stage.node, "arms");
  const std::set<std::string> different(listed.begin(), listed.end());
  if (different.size() < 2) return 0;
  int64_t sum = 0;
  for (const std::string& arm : different) {
    const auto arms = Elements(*root.node, "arms");
    const auto at = std::find_if(arms.begin(), arms.end(), [&](const YamlNode* a) { return TextOf(*a, "code") == arm; });
    const std::optional<int64_t> ratio = at == arms.end() ? std::nullopt : WholeOf(**at, "ratio");
    if (!ratio.has_value() || *ratio < 1 || *ratio > 100) return 0;
    sum += *ratio;
  }
  return sum;
}

void CheckBlocks(const Spot& root, const Spot& stage, const Spot& allocation, Faults& faults) {
  const int64_t sum = RatioSum(root, stage);
  std::set<std::string> seen;
  const auto sizes = Elements(*allocation.node, "block_sizes");
  for (size_t i = 0; i < sizes.size(); ++i) {
    const std::string path = absl::StrCat(allocation.path, ".block_sizes[", i, "]");
    if (!seen.insert(sizes[i]->scalar).second) {
      faults.Add(*sizes[i], path, "BLOCK_SIZE_TWICE", "The size stands twice.");
    }
    int64_t size = 0;
    if (!absl::SimpleAtoi(sizes[i]->scalar, &size)) continue;
    if (size < 1 || size > 1000) {
      faults.Add(*sizes[i], path, "NUMBER_OUT_OF_RANGE", "A number from 1 to 1000 is required.");
    } else if (sum > 0 && size % sum != 0) {
      faults.Add(*sizes[i], path, "BLOCK_SIZE_UNEVEN",
                 absl::StrCat("A multiple of ", sum, ", the sum of the arms' ratios, is required."));
    }
  }
}

// Questionnaires that are awaited before the allocation must be required ones of this stage.
void CheckAwaited(const Spot& root, const Spot& stage, const Spot& allocation, Faults& faults) {
  const std::string timepoint = TextOf(*allocation.node, "after_timepoint");
  if (timepoint.empty()) return;
  bool known = false;
  for (const Spot& questionnaire : Spots(root, "questionnaires")) {
    if (TextOf(*questionnaire.node, "timepoint") != timepoint) continue;
    known = true;
    const std::vector<std::string> stages = TextsOf(*questionnaire.node, "stages");
    const bool here = stages.empty() || std::find(stages.begin(), stages.end(), TextOf(*stage.node, "code")) != stages.end();
    if (here && FlagOf(*questionnaire.node, "required")) return;
  }
  if (!known) return;  // REFERENCE_UNKNOWN says it
  faults.AddField(allocation, "after_timepoint", "TIMEPOINT_NOT_REQUIRED",
                  "No questionnaire of this timepoint is required in this stage, so none would be awaited.");
}

void CheckAllocation(const Spot& root, const Spot& stage, Faults& faults) {
  const std::vector<std::string> arms = TextsOf(*stage.node, "arms");
  const YamlNode* const node = Find(*stage.node, "allocation");
  if (arms.size() == 1) faults.AddField(stage, "arms", "ARMS_TOO_FEW", "Two arms or more are required, or none.");
  if (!arms.empty() && node == nullptr) {
    faults.AddField(stage, "allocation", "ALLOCATION_REQUIRED", "A stage with arms needs an allocation.");
  }
  if (node == nullptr || node->kind != YamlNode::Kind::kMap) return;
  if (arms.empty()) {
    faults.AddField(stage, "allocation", "ALLOCATION_WITHOUT_ARMS", "A stage without arms has no allocation.");
  }
  const Spot allocation{node, stage.path + ".allocation"};
  CheckFactors(allocation, faults);
  CheckBlocks(root, stage, allocation, faults);
  CheckAwaited(root, stage, allocation, faults);
}

}  // namespace

void CheckStages(const Spot& root, Faults& faults) {
  for (const Spot& stage : Spots(root, "stages")) {
    CheckPilotKind(stage, faults);
    CheckTargets(stage, faults);
    CheckAllocation(root, stage, faults);
    for (const std::string& other : TextsOf(*stage.node, "excludes")) {
      if (other.empty() || other != TextOf(*stage.node, "code")) continue;
      faults.AddField(stage, "excludes", "STAGE_EXCLUDES_ITSELF", "A stage cannot exclude its own participants.");
    }
  }
}

}  // namespace reprise::study
