// SPDX-License-Identifier: Apache-2.0
#include "services/cohort/domain/randomisation/trial_runner.h"

#include <algorithm>
#include <numeric>

namespace reprise::randomisation {

TrialRunner::TrialRunner(const SimulationPlan& plan)
    : plan_(plan),
      arms_(static_cast<int>(plan.design.arms.size())),
      ratio_(RatioOf(plan.design)),
      minimiser_(plan.design),
      counts_(plan.design),
      levels_(plan.design.factors.size()),
      blocks_{.ratio = ratio_, .sizes = plan.design.block_sizes} {
  int64_t multiple = 1, sum = 0;
  for (const int ratio : ratio_) {
    multiple = std::lcm(multiple, int64_t{ratio});
    sum += ratio;
  }
  for (size_t k = 0; k < ratio_.size(); ++k) scale_[k] = multiple / ratio_[k];
  unit_ = static_cast<double>(sum) / static_cast<double>(arms_ * multiple);
  for (const std::vector<double>& shares : plan.shares) {
    cumulative_.emplace_back(shares.size());
    std::partial_sum(shares.begin(), shares.end(), cumulative_.back().begin());
  }
  const bool simple = plan.design.method == Method::kSimple;
  chances_.resize(size_t{1} << arms_);
  likeliest_.resize(chances_.size());
  for (ArmSet set = 1; set < chances_.size(); ++set) {
    chances_[set] = simple
                        ? SharedProbabilities(ratio_, static_cast<ArmSet>(chances_.size() - 1), 1)
                        : minimiser_.Probabilities(set);
    likeliest_[set] = Greatest(chances_[set], arms_);
  }
  if (plan.design.method != Method::kBlocks) return;
  size_t strata = 1;
  for (const Factor& factor : plan.design.factors) {
    const auto& names = plan.design.strata;
    const bool used = std::find(names.begin(), names.end(), factor.name) != names.end();
    stride_.push_back(used ? strata : 0);
    if (used) strata *= factor.levels.size();
  }
  const int largest = *std::max_element(blocks_.sizes.begin(), blocks_.sizes.end());
  strata_.resize(strata, {.oracle = BlockOracle(blocks_),
                          .block = std::vector<uint8_t>(static_cast<size_t>(largest))});
}

void TrialRunner::DrawLevels(SimulationSource& source) {
  for (size_t i = 0; i < levels_.size(); ++i) {
    const std::vector<double>& cumulative = cumulative_[i];
    const double u = source.Uniform();
    size_t level = 0;
    while (level + 1 < cumulative.size() && u >= cumulative[level]) ++level;
    levels_[i] = static_cast<int>(level);
  }
}

TrialRunner::Choice TrialRunner::ChooseFromList(SimulationSource& source, int64_t trial) {
  size_t number = 0;
  for (size_t i = 0; i < levels_.size(); ++i)
    number += stride_[i] * static_cast<size_t>(levels_[i]);
  Stratum& stratum = strata_[number];
  if (stratum.trial != trial) {
    stratum.trial = trial;
    stratum.at = stratum.size = 0;
    stratum.oracle.Restart();
  }
  if (stratum.at == stratum.size) {
    stratum.size =
        static_cast<size_t>(blocks_.sizes[DrawBlock(blocks_, source, stratum.block.data())]);
    stratum.at = 0;
  }
  const int arm = stratum.block[stratum.at++];
  const ArmSet guess = Greatest(stratum.oracle.Chances(), arms_);
  stratum.oracle.See(arm);
  return {.arm = arm, .all_seeing = guess, .nontied = false};
}

TrialRunner::Choice TrialRunner::Choose(SimulationSource& source, int64_t trial) {
  if (plan_.design.method == Method::kBlocks) return ChooseFromList(source, trial);
  const auto all = static_cast<ArmSet>(chances_.size() - 1);
  ArmSet preferred = all;
  if (plan_.design.method == Method::kMinimisation) {
    ArmValues scores;  // left unset: Score fills what Preferred reads
    minimiser_.Score(counts_, levels_.data(), scores);
    preferred = minimiser_.Preferred(scores);
  }
  return {.arm = PickArm(chances_[preferred], arms_, source.Uniform()),
          .all_seeing = likeliest_[preferred],
          .nontied = preferred != all};
}

int64_t TrialRunner::Range(const int32_t* counts) const {
  int64_t low = counts[0] * scale_[0], high = low;
  for (int k = 1; k < arms_; ++k) {
    const int64_t value = counts[k] * scale_[k];
    low = std::min(low, value);
    high = std::max(high, value);
  }
  return high - low;
}

// Among arms equally far behind, those of the largest ratio.
ArmSet TrialRunner::FurthestBehind(const int32_t* counts) const {
  int64_t least = counts[0] * scale_[0];
  int64_t scale = scale_[0];
  ArmSet set = 1;
  for (int k = 1; k < arms_; ++k) {
    const int64_t value = counts[k] * scale_[k];
    if (value < least || (value == least && scale_[k] < scale)) {
      least = value;
      scale = scale_[k];
      set = ArmSet{1} << k;
    } else if (value == least && scale_[k] == scale) {
      set |= ArmSet{1} << k;
    }
  }
  return set;
}

void TrialRunner::Finish(int64_t path, TrialOutcome& outcome) const {
  const double participants = plan_.participants;
  int64_t margin = 0;
  for (size_t i = 0; i < plan_.design.factors.size(); ++i) {
    for (size_t level = 0; level < plan_.design.factors[i].levels.size(); ++level) {
      margin = std::max(margin, Range(counts_.Level(i, static_cast<int>(level))));
    }
  }
  for (int k = 0; k < arms_; ++k) outcome.arm_share[k] = counts_.Totals()[k] / participants;
  outcome.overall_imbalance = unit_ * static_cast<double>(Range(counts_.Totals()));
  outcome.max_marginal_imbalance = unit_ * static_cast<double>(margin);
  outcome.path_imbalance = unit_ * static_cast<double>(path);
  outcome.guess_overall /= participants;
  outcome.guess_site /= participants;
  outcome.guess_all_seeing /= participants;
  outcome.share_nontied /= participants;
}

TrialOutcome TrialRunner::Run(int64_t index) {
  // Two streams, so that schemes compared under one seed see the same participants.
  SimulationSource people(plan_.seed, 2 * static_cast<uint64_t>(index));
  SimulationSource coin(plan_.seed, 2 * static_cast<uint64_t>(index) + 1);
  counts_.Clear();
  TrialOutcome outcome;
  int64_t path = 0;
  for (int n = 0; n < plan_.participants; ++n) {
    DrawLevels(people);
    const Choice choice = Choose(coin, index);
    outcome.guess_overall += Credit(FurthestBehind(counts_.Totals()), choice.arm);
    if (plan_.site_factor >= 0) {
      const auto site = static_cast<size_t>(plan_.site_factor);
      outcome.guess_site += Credit(FurthestBehind(counts_.Level(site, levels_[site])), choice.arm);
    }
    outcome.guess_all_seeing += Credit(choice.all_seeing, choice.arm);
    outcome.share_nontied += choice.nontied ? 1 : 0;
    counts_.Add(levels_, choice.arm);
    path = std::max(path, Range(counts_.Totals()));
  }
  Finish(path, outcome);
  return outcome;
}

}  // namespace reprise::randomisation
