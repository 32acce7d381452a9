// SPDX-License-Identifier: Apache-2.0
// Exact evaluation of one lattice node: classes are rolled up from the smallest finer snapshot,
// those that violate a model are suppressed whole, the metric is counted. Snapshots are kept while
// they are much smaller than what they came from and memory allows.
#ifndef REPRISE_EXTRACT_DOMAIN_ANONYMISATION_NODE_CHECK_H_
#define REPRISE_EXTRACT_DOMAIN_ANONYMISATION_NODE_CHECK_H_

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <memory>
#include <utility>
#include <vector>

#include "services/extract/domain/anonymisation/grouping.h"
#include "services/extract/domain/anonymisation/judge.h"
#include "services/extract/domain/anonymisation/keys.h"
#include "services/extract/domain/anonymisation/objective.h"
#include "services/extract/domain/anonymisation/overall.h"
#include "services/extract/domain/anonymisation/recoding.h"

namespace reprise::extract::anonymisation {

// A rung for each attribute, order of Records.
using Node = std::array<uint8_t, kMostAttributes>;

struct NodeResult {
  bool feasible = false;  // suppressed <= limit
  bool hopeless = false;  // infeasible by class sizes, and so is every finer node
  double score = std::numeric_limits<double>::infinity();  // only when feasible
  uint64_t suppressed = 0;                                 // a lower bound where infeasible
};

template <int W>
class NodeChecker {
 public:
  NodeChecker(const Case& request, const Records& records, const KeySpace& space,
              const Objective& objective, const std::vector<uint32_t>& joint, uint64_t limit)
      : request_(request),
        records_(records),
        space_(space),
        objective_(objective),
        judge_(request, records),
        limit_(limit),
        parts_(records.attributes()) {
    auto base = std::make_unique<Snapshot>();
    base->mask = MaskOf(Node{});
    base->groups.key = PackKeys<W>(space, records, joint);
    base->groups.count = records.count;
    base->groups.population = records.population;
    for (size_t t = 0; t < joint.size(); ++t) {
      if (joint[t] >= tuple_of_joint_.size()) tuple_of_joint_.resize(joint[t] + 1);
      tuple_of_joint_[joint[t]] = static_cast<uint32_t>(t);
    }
    snapshots_.push_back(std::move(base));
  }

  Key<W> MaskOf(const Node& node) const {
    Key<W> mask;
    for (size_t a = 0; a < space_.fields.size(); ++a)
      mask.word[space_.fields[a].word] |= space_.fields[a].mask[node[a]];
    return mask;
  }

  // The node's exact result; may stop with infinity once the score cannot be below `best`.
  NodeResult Check(const Node& node, double best) {
    ++checks_;
    const Key<W> mask = MaskOf(node);
    const Groups<W>& entries = Roll(mask);
    const Groups<W>& classes = Classes(entries, mask);
    NodeResult result;
    keep_.assign(classes.size(), 1);
    for (size_t g = 0; g < classes.size(); ++g) {
      if (TooSmall(classes, g)) Suppress(classes, g, result);
    }
    if (result.suppressed > limit_ || (judge_.needs_everybody() && LacksSomebody(classes))) {
      result.hopeless = true;
      return result;
    }
    if (objective_.is_loss() && !(Score(node, classes, result) < best)) return result;
    if (!judge_.sizes_only()) JudgeClasses(entries, classes, result);
    if (judge_.has_overall() && result.suppressed <= limit_) JudgeOverall(node, classes, result);
    result.feasible = result.suppressed <= limit_;
    if (result.feasible) result.score = Score(node, classes, result);
    return result;
  }

  // Class of every tuple at the node, kNoClass where suppressed, and the number of classes.
  uint32_t Classify(const Node& node, std::vector<uint32_t>& class_of_tuple) {
    const Groups<W>& tuples = snapshots_[0]->groups;
    class_table_.Group(tuples, MaskOf(node), classes_, &class_of_);
    NodeResult result;
    keep_.assign(classes_.size(), 1);
    for (size_t g = 0; g < classes_.size(); ++g) {
      if (TooSmall(classes_, g)) Suppress(classes_, g, result);
    }
    if (!judge_.sizes_only()) JudgeClasses(tuples, classes_, result);
    if (judge_.has_overall()) JudgeOverall(node, classes_, result);
    uint32_t kept = 0;
    std::vector<uint32_t> number(classes_.size(), kNoClass);
    for (size_t g = 0; g < classes_.size(); ++g) {
      if (keep_[g] && classes_.count[g] > 0) number[g] = kept++;
    }
    class_of_tuple.resize(tuples.size());
    for (size_t t = 0; t < tuples.size(); ++t) class_of_tuple[t] = number[class_of_[t]];
    return kept;
  }

  // Entries (groups and, where histograms are needed, their sensitive values) of the node, from the
  // smallest source; valid until the next call.
  const Groups<W>& Roll(const Key<W>& mask) {
    const Key<W> full = WithSensitive(mask);
    const Snapshot* source = Finest(mask);
    if (source->mask == mask) return source->groups;
    table_.Group(source->groups, full, scratch_);
    if (scratch_.size() * 10 < source->groups.size() * 8 && held_ + scratch_.Bytes() < kMostBytes) {
      held_ += scratch_.Bytes();
      auto kept = std::make_unique<Snapshot>(Snapshot{mask, scratch_});
      snapshots_.push_back(std::move(kept));
    }
    return scratch_;
  }

  bool TooSmall(const Groups<W>& classes, size_t g) const {
    if (classes.count[g] < judge_.least_size()) return true;
    return !classes.population.empty() && classes.population[g] < judge_.least_population();
  }

  const Judge& judge() const { return judge_; }
  uint64_t checks() const { return checks_; }
  uint64_t limit() const { return limit_; }

 private:
  struct Snapshot {
    Key<W> mask;
    Groups<W> groups;
  };
  static constexpr size_t kMostBytes = size_t{192} << 20;

  Key<W> WithSensitive(Key<W> mask) const {
    mask.word[space_.sensitive_word] |= space_.sensitive_mask;
    return mask;
  }

  const Snapshot* Finest(const Key<W>& mask) const {
    const Snapshot* best = snapshots_[0].get();
    for (const auto& snapshot : snapshots_) {
      if (snapshot->groups.size() < best->groups.size() && (snapshot->mask & mask) == mask)
        best = snapshot.get();
    }
    return best;
  }

  // A class of the population without a released person; its parts lack them too.
  static bool LacksSomebody(const Groups<W>& classes) {
    return std::find(classes.count.begin(), classes.count.end(), 0u) != classes.count.end();
  }

  // Entries without their sensitive values.
  const Groups<W>& Classes(const Groups<W>& entries, const Key<W>& mask) {
    if (space_.sensitive_mask == 0) return entries;
    class_table_.Group(entries, mask, classes_, &class_of_);
    return classes_;
  }

  void Suppress(const Groups<W>& classes, size_t g, NodeResult& result) {
    keep_[g] = 0;
    result.suppressed += classes.count[g];
  }

  // Judges every class still kept, entries sorted by class.
  void JudgeClasses(const Groups<W>& entries, const Groups<W>& classes, NodeResult& result) {
    start_.assign(classes.size() + 1, 0);
    order_.resize(entries.size());
    if (space_.sensitive_mask != 0) {
      for (const uint32_t g : class_of_) ++start_[g + 1];
      for (size_t g = 0; g < classes.size(); ++g) start_[g + 1] += start_[g];
      cursor_.assign(start_.begin(), start_.end());
      for (size_t i = 0; i < entries.size(); ++i)
        order_[cursor_[class_of_[i]]++] = static_cast<uint32_t>(i);
    }
    for (size_t g = 0; g < classes.size() && result.suppressed <= limit_; ++g) {
      if (!keep_[g]) continue;
      judge_.Clear();
      for (size_t i = start_[g]; i < start_[g + 1]; ++i) {
        const uint64_t word =
            entries.key[order_[i]].word[space_.sensitive_word] & space_.sensitive_mask;
        judge_.Add(tuple_of_joint_[word >> space_.sensitive_shift], entries.count[order_[i]]);
      }
      if (!judge_.Holds(classes.count[g], classes.population.empty() ? 0 : classes.population[g])) {
        Suppress(classes, g, result);
      }
    }
  }

  void JudgeOverall(const Node& node, const Groups<W>& classes, NodeResult& result) {
    std::vector<SizedClass> sized;
    for (size_t g = 0; g < classes.size(); ++g) {
      if (!keep_[g] || classes.count[g] == 0) continue;
      double loss = 0;
      for (size_t a = 0; a < space_.fields.size(); ++a) loss += LossOf(node, classes, g, a);
      sized.push_back({classes.count[g], loss, static_cast<uint32_t>(g)});
    }
    for (const SizedClass& gone : OverallSuppression(request_, std::move(sized)))
      Suppress(classes, gone.index, result);
  }

  double LossOf(const Node& node, const Groups<W>& classes, size_t g, size_t a) const {
    const KeyField& field = space_.fields[a];
    return field.loss[(static_cast<size_t>(node[a]) << field.bits) |
                      field.Read(classes.key[g].word[field.word])];
  }

  double Score(const Node& node, const Groups<W>& classes, const NodeResult& result) {
    if (objective_.metric() == Metric::kNonUniformEntropy)
      return EntropyScore(node, classes, result);
    if (!objective_.is_loss()) return SizeScore(classes, result);
    std::fill(parts_.begin(), parts_.end(), 0.0);
    for (size_t g = 0; g < classes.size(); ++g) {
      if (keep_[g] || classes.count[g] == 0) continue;
      for (size_t a = 0; a < parts_.size(); ++a)
        parts_[a] += classes.count[g] * (1.0 - LossOf(node, classes, g, a));
    }
    for (size_t a = 0; a < parts_.size(); ++a) {
      parts_[a] = objective_.Base(a, node[a]) + parts_[a] / static_cast<double>(records_.persons);
    }
    return objective_.Combine(parts_);
  }

  double SizeScore(const Groups<W>& classes, const NodeResult& result) const {
    const double n = static_cast<double>(records_.persons);
    double squares = n * static_cast<double>(result.suppressed);
    double kept = result.suppressed > 0 ? 1 : 0;
    for (size_t g = 0; g < classes.size(); ++g) {
      if (!keep_[g] || classes.count[g] == 0) continue;
      squares += static_cast<double>(classes.count[g]) * classes.count[g];
      ++kept;
    }
    return objective_.metric() == Metric::kDiscernibility ? squares : n / kept;
  }

  double EntropyScore(const Node& node, const Groups<W>& classes, const NodeResult& result) {
    const double all = static_cast<double>(result.suppressed);
    for (size_t a = 0; a < parts_.size(); ++a) {
      const KeyField& field = space_.fields[a];
      parts_[a] = objective_.Base(a, node[a]);
      if (result.suppressed == 0) continue;
      std::vector<double> of_label(size_t{1} << field.bits, 0.0);
      for (size_t g = 0; g < classes.size(); ++g) {
        if (!keep_[g]) of_label[field.Read(classes.key[g].word[field.word])] += classes.count[g];
      }
      for (const double count : of_label) {
        if (count > 0) parts_[a] += count * std::log2(all / count);
      }
    }
    return objective_.Combine(parts_);
  }

  const Case& request_;
  const Records& records_;
  const KeySpace& space_;
  const Objective& objective_;
  Judge judge_;
  uint64_t limit_;
  uint64_t checks_ = 0;
  size_t held_ = 0;
  std::vector<std::unique_ptr<Snapshot>> snapshots_;
  std::vector<uint32_t> tuple_of_joint_;
  GroupTable<W> table_, class_table_;
  Groups<W> scratch_, classes_;
  std::vector<uint32_t> class_of_, order_;
  std::vector<size_t> start_, cursor_;
  std::vector<uint8_t> keep_;
  std::vector<double> parts_;
};

}  // namespace reprise::extract::anonymisation

#endif  // REPRISE_EXTRACT_DOMAIN_ANONYMISATION_NODE_CHECK_H_
