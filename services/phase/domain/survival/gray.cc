// SPDX-License-Identifier: Apache-2.0
#include "services/phase/domain/survival/gray.h"

#include "services/phase/domain/survival/quadratic.h"
#include "services/platform/status.h"

namespace reprise::survival {
namespace {

using Eigen::MatrixXd;
using Eigen::VectorXd;

// Names follow the paper: h_k = Y_k / S_k(t-), a = d_1 (weight 1), c its integral, G = 1 - F
// pooled. The paper's b_j(t) holds c(end) - c(t); expanding the squares lets one pass do: what
// multiplies c(end) gathers in `linear` and `square`.
class Gray {
 public:
  explicit Gray(int groups)
      : survival_(VectorXd::Ones(groups)),
        incidence_(VectorXd::Zero(groups)),
        score_(VectorXd::Zero(groups)),
        square_(VectorXd::Zero(groups)),
        c_(MatrixXd::Zero(groups, groups)),
        linear_(MatrixXd::Zero(groups, groups)),
        variance_(MatrixXd::Zero(groups, groups)) {}

  void Add(const JointMoment& moment) {
    const auto groups = survival_.size();
    VectorXd at_risk(groups), events(groups), competing(groups), h(groups), r(groups);
    for (Eigen::Index k = 0; k < groups; ++k) {
      const Moment& group = moment.groups[static_cast<size_t>(k)];
      at_risk(k) = static_cast<double>(group.at_risk);
      events(k) = static_cast<double>(group.events);
      competing(k) = static_cast<double>(group.competing);
      h(k) = at_risk(k) > 0 ? at_risk(k) / survival_(k) : 0;
      r(k) = h(k) * (1 - incidence_(k));
    }
    const double all_events = events.sum();
    if (all_events + competing.sum() == 0) return;
    const double all_h = h.sum();
    MatrixXd a = -h * h.transpose() / all_h;
    for (Eigen::Index k = 0; k < groups; ++k) a(k, k) = h(k) * (all_h - h(k)) / all_h;
    // A group that is left alone adds nothing, even where the pooled incidence has come to 1.
    if ((a.array() != 0).any()) c_ += a * (all_events / (all_h * (1 - pooled_)));
    if (all_events > 0) score_ += events - r * (all_events / r.sum());
    pooled_ += all_events / all_h;
    for (Eigen::Index k = 0; k < groups; ++k) {
      if (at_risk(k) > 0) {
        Advance(k, a.col(k), {at_risk(k), events(k), competing(k)}, all_events, all_h);
      }
    }
  }

  TestResult Test(const std::vector<int>& compared) const {
    MatrixXd variance = variance_ + c_ * square_.asDiagonal() * c_.transpose();
    const MatrixXd cross = c_ * linear_.transpose();
    variance += cross + cross.transpose();
    return QuadraticTest(score_, variance, compared);
  }

 private:
  struct Counts {
    double at_risk, events, competing;
  };

  // Takes group k past the moment and adds what both causes give to the variance.
  void Advance(Eigen::Index k, const VectorXd& a, const Counts& counts, double all_events,
               double all_h) {
    const double n = counts.at_risk;
    const double before = survival_(k);
    incidence_(k) += before * counts.events / n;
    survival_(k) *= (n - counts.events - counts.competing) / n;
    const double ratio = survival_(k) > 0 ? (1 - pooled_) / survival_(k) : 0;
    if (all_events > 0) {
      const double ties = all_events > 1 ? 1 - (all_events - 1) / (all_h * before - 1) : 1;
      Spread(k, a, 1 - ratio, ties * before * all_events / (all_h * n));
    }
    if (counts.competing > 0 && survival_(k) > 0) {
      const double ties = counts.competing > 1 ? 1 - (counts.competing - 1) / (n - 1) : 1;
      Spread(k, VectorXd::Zero(a.size()), -ratio,
             ties * before * before * counts.competing / (n * n));
    }
  }

  // Adds weight [a + g (c(end) - c)] [a + g (c(end) - c)]' of group k, c(end) yet unknown.
  void Spread(Eigen::Index k, const VectorXd& a, double g, double weight) {
    const VectorXd known = a - g * c_.col(k);
    variance_ += weight * known * known.transpose();
    linear_.col(k) += weight * g * known;
    square_(k) += weight * g * g;
  }

  VectorXd survival_;   // S_k(t-), all causes
  VectorXd incidence_;  // F_k(t-)
  double pooled_ = 0;   // F under the hypothesis
  VectorXd score_;
  VectorXd square_;
  MatrixXd c_;
  MatrixXd linear_;
  MatrixXd variance_;
};

// Only these can be compared: a group that left before the first event says nothing.
std::vector<int> GroupsSeenAtEvents(const std::vector<JointMoment>& moments, int groups) {
  std::vector<bool> seen(static_cast<size_t>(groups), false);
  for (const JointMoment& moment : moments) {
    int64_t events = 0;
    for (const Moment& group : moment.groups) events += group.events;
    if (events == 0) continue;
    for (size_t k = 0; k < seen.size(); ++k) seen[k] = seen[k] || moment.groups[k].at_risk > 0;
  }
  std::vector<int> result;
  for (int k = 0; k < groups; ++k) {
    if (seen[static_cast<size_t>(k)]) result.push_back(k);
  }
  return result;
}

}  // namespace

absl::StatusOr<TestResult> GrayTest(absl::Span<const Member> members, int groups) {
  REPRISE_ASSIGN_OR_RETURN(const auto moments, JointMomentsOf(members, groups));
  Gray gray(groups);
  for (const JointMoment& moment : moments) gray.Add(moment);
  return gray.Test(GroupsSeenAtEvents(moments, groups));
}

}  // namespace reprise::survival
