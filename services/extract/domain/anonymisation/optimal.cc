// SPDX-License-Identifier: Apache-2.0
#include "services/extract/domain/anonymisation/optimal.h"

#include <algorithm>
#include <limits>
#include <queue>
#include <utility>

#include "services/extract/domain/anonymisation/errors.h"
#include "services/extract/domain/anonymisation/joint.h"
#include "services/extract/domain/anonymisation/node_check.h"
#include "services/extract/domain/anonymisation/projections.h"
#include "services/platform/status.h"

namespace reprise::extract::anonymisation {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

// Maximal nodes known to be infeasible by class sizes; everything finer is infeasible too.
class Conflicts {
 public:
  explicit Conflicts(size_t attributes) : attributes_(attributes) {}
  void Add(const Node& node) { nodes_.push_back(node); }
  bool Covers(const Node& node) const {
    return std::any_of(nodes_.rbegin(), nodes_.rend(), [&](const Node& known) {
      for (size_t a = 0; a < attributes_; ++a) {
        if (node[a] > known[a]) return false;
      }
      return true;
    });
  }

 private:
  size_t attributes_;
  std::vector<Node> nodes_;
};

// How far a queued node's bound has been worked out.
enum Stage : uint8_t { kFresh, kPairs, kThree, kFour, kFive, kBounded };

struct Queued {
  double bound;
  uint64_t sequence;  // earlier first among equals, so that runs repeat
  uint32_t node;      // place in Search::nodes_
  Stage stage;
  bool operator<(const Queued& other) const {
    return bound != other.bound ? bound > other.bound : sequence > other.sequence;
  }
};

template <int W>
class Search {
 public:
  Search(const Case& request, const Records& records, const KeySpace& space,
         const std::vector<uint32_t>& joint)
      : request_(request),
        records_(records),
        space_(space),
        objective_(request.metric, records, space),
        checker_(request, records, space, objective_, joint, SuppressionLimit(request, records)),
        projections_(records, space, objective_, checker_),
        conflicts_(records.attributes()) {}

  absl::StatusOr<Recoding> Run(uint64_t most_nodes) {
    Descend();
    PushNew(Node{});
    uint64_t taken = 0;
    while (!queue_.empty() && queue_.top().bound < best_ - kMargin) {
      if (most_nodes > 0 && taken++ >= most_nodes) break;
      const Queued next = queue_.top();
      queue_.pop();
      Expand(next);
    }
    const bool proven = queue_.empty() || queue_.top().bound >= best_ - kMargin;
    const double bound = proven ? best_ : queue_.top().bound;
    Refine();
    return Finish(proven, bound);
  }

 private:
  // Scores closer than this are the same optimum.
  static constexpr double kMargin = 1e-13;

  size_t attributes() const { return records_.attributes(); }
  bool AtTop(size_t a, const Node& node) const { return node[a] + 1 >= space_.fields[a].rungs(); }

  double Bound(const Node& node) {
    Parts(node);
    return objective_.Combine(parts_);
  }
  void Parts(const Node& node) {
    parts_.resize(attributes());
    for (size_t a = 0; a < attributes(); ++a) parts_[a] = objective_.Base(a, node[a]);
  }

  void PushNew(const Node& node) {
    const double bound = Bound(node);
    if (!(bound < best_ - kMargin)) return;
    nodes_.push_back(node);
    Push(static_cast<uint32_t>(nodes_.size() - 1), kFresh, bound);
  }
  void Push(uint32_t node, Stage stage, double bound) {
    if (bound < best_ - kMargin) queue_.push({bound, sequence_++, node, stage});
  }

  // First incumbent: from the top always to the best feasible finer neighbour.
  void Descend() {
    Node node{};
    for (size_t a = 0; a < attributes(); ++a)
      node[a] = static_cast<uint8_t>(space_.fields[a].rungs() - 1);
    Consider(node);
    for (bool better = true; better;) {
      better = false;
      const Node from = node;
      for (size_t a = 0; a < attributes(); ++a) {
        if (from[a] == 0) continue;
        Node finer = from;
        --finer[a];
        if (Consider(finer)) {
          node = finer;
          better = true;
        }
      }
    }
  }

  // Checks a node; true when it is the new incumbent.
  bool Consider(const Node& node) {
    const NodeResult result = checker_.Check(node, best_);
    if (result.hopeless) Generalise(node);
    if (!(result.score < best_)) return false;
    best_ = result.score;
    best_suppressed_ = result.suppressed;
    best_node_ = node;
    return true;
  }

  // Among equal optima the finer one tells more: labels instead of "*" where the groups are the
  // same. Whole rows of "*" tell less.
  void Refine() {
    for (size_t a = 0; a < attributes() && best_ < kInfinity; ++a) {
      while (best_node_[a] > 0) {
        Node finer = best_node_;
        --finer[a];
        const NodeResult result = checker_.Check(finer, best_ + kMargin);
        if (!(result.score < best_ + kMargin) || result.suppressed > best_suppressed_) break;
        best_node_ = finer;
      }
    }
  }

  // Raises an infeasible node as far as it stays so.
  void Generalise(Node node) {
    if (conflicts_.Covers(node)) return;
    for (size_t a = 0; a < attributes(); ++a) {
      while (!AtTop(a, node)) {
        Node coarser = node;
        ++coarser[a];
        if (!checker_.Check(coarser, -kInfinity).hopeless) break;
        node = coarser;
      }
    }
    conflicts_.Add(node);
  }

  // Every node is reached once, by raising attributes in order.
  void PushCoarser(const Node& node) {
    size_t last = 0;
    for (size_t a = 0; a < attributes(); ++a) {
      if (node[a] > 0) last = a;
    }
    for (size_t a = last; a < attributes(); ++a) {
      if (AtTop(a, node)) continue;
      Node coarser = node;
      ++coarser[a];
      PushNew(coarser);
    }
  }

  void Expand(const Queued& next) {
    const Node node = nodes_[next.node];
    if (next.stage == kFresh) PushCoarser(node);
    if (conflicts_.Covers(node)) return;
    if (next.stage == kBounded) {
      Consider(node);
      return;
    }
    Parts(node);
    uint64_t suppressed = projections_.RaiseByPairs(node, parts_);
    Stage stage = kPairs;
    if (next.stage != kFresh) {
      const size_t size = next.stage == kPairs ? 3 : next.stage == kThree ? 4 : 5;
      suppressed = std::max(suppressed, projections_.RaiseByFinest(node, size, parts_));
      stage = size + 1 > std::min(kMostProjected, attributes() - 1)
                  ? kBounded
                  : static_cast<Stage>(next.stage + 1);
    } else if (attributes() <= 3) {
      stage = kBounded;
    }
    if (suppressed > checker_.limit()) {
      Generalise(node);
      return;
    }
    Push(next.node, stage, std::max(next.bound, objective_.Combine(parts_)));
  }

  absl::StatusOr<Recoding> Finish(bool proven, double bound) {
    if (best_ == kInfinity) {
      return NothingReleasableError("no coding meets the models within the suppression limit.");
    }
    Recoding recoding{.method = "optimal", .class_of_person = {}, .labels = {}, .levels = {}};
    std::vector<uint32_t> class_of_tuple;
    const uint32_t classes = checker_.Classify(best_node_, class_of_tuple);
    if (classes == 0) return NothingReleasableError("every record would have to be suppressed.");
    recoding.labels.resize(static_cast<size_t>(classes) * attributes());
    recoding.lattice_size = 1;
    for (size_t a = 0; a < attributes(); ++a) {
      const int level = space_.fields[a].level[best_node_[a]];
      recoding.levels.push_back(level);
      recoding.lattice_size *= space_.fields[a].rungs();
      for (size_t t = 0; t < class_of_tuple.size(); ++t) {
        if (class_of_tuple[t] == kNoClass) continue;
        recoding.labels[class_of_tuple[t] * attributes() + a] =
            records_.qis[a]->label_of[level][records_.value[a][t]];
      }
    }
    recoding.class_of_person.reserve(records_.tuple_of_person.size());
    for (const uint32_t tuple : records_.tuple_of_person)
      recoding.class_of_person.push_back(class_of_tuple[tuple]);
    recoding.proven_optimal = proven;
    recoding.lower_bound = bound;
    recoding.checks = checker_.checks() + projections_.counted();
    Canonicalise(records_, recoding);
    return recoding;
  }

  const Case& request_;
  const Records& records_;
  const KeySpace& space_;
  Objective objective_;
  NodeChecker<W> checker_;
  Projections<W> projections_;
  Conflicts conflicts_;
  std::priority_queue<Queued> queue_;
  std::vector<Node> nodes_;
  uint64_t sequence_ = 0;
  double best_ = kInfinity;
  uint64_t best_suppressed_ = 0;
  Node best_node_{};
  std::vector<double> parts_;
};

}  // namespace

absl::StatusOr<Recoding> SolveOptimal(const Case& request, const Records& records,
                                      uint64_t most_nodes) {
  uint32_t joint_values = 0;
  const std::vector<uint32_t> joint = JointSensitives(records, joint_values);
  REPRISE_ASSIGN_OR_RETURN(const KeySpace space,
                           MakeKeySpace(records, FullLadders(records), joint_values));
  return WithWords(space.words, [&](auto words) {
    return Search<decltype(words)::value>(request, records, space, joint).Run(most_nodes);
  });
}

}  // namespace reprise::extract::anonymisation
